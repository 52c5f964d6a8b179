/** Optional models: what is known and what is here. Added by path where the shell knows paths, else by bytes. */
import { create } from 'zustand';

import type { AddedModels, Model } from '../../src-main/contract/documents/model.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { type CallInput, call } from '../api/client.ts';
import { shellBridge } from '../api/shell-bridge.ts';
import { sayDone, sayError } from './toast-store.ts';

interface ModelsState {
  /** Null until they have been asked for. */
  readonly models: readonly Model[] | null;
  readonly load: () => Promise<void>;
  readonly addPaths: (paths: readonly string[]) => Promise<void>;
  readonly addFiles: (files: readonly File[]) => Promise<void>;
  readonly verify: (id: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

async function upload(file: File): Promise<AddedModels> {
  const octets = new Uint8Array(await file.arrayBuffer());
  const input: CallInput<'uploadModel'> & { readonly octets: Uint8Array<ArrayBuffer> } = { query: { name: file.name.slice(-255) }, octets };
  return call('uploadModel', input);
}

/** Of a folder, only what may be a model’s: nothing else is read into memory. */
function candidates(files: readonly File[], models: readonly Model[]): readonly File[] {
  const known = models.flatMap((model) => model.files);
  const alike = files.filter((file) => known.some(({ name, size_bytes: size }) => size === file.size || name === file.name));
  return alike.length > 0 ? alike : files.slice(0, 1);
}

export const useModels = create<ModelsState>()((set, get) => {
  const settle = async (answers: readonly AddedModels[]): Promise<void> => {
    await get().load();
    const added = [...new Set(answers.flatMap(({ models }) => models.map(({ name }) => name)))];
    if (added.length > 0) sayDone(en.models.added(added));
    for (const { error } of answers.flatMap(({ rejected }) => rejected)) sayError(AppError.fromBody(error));
  };
  return {
    models: null,
    load: async () => set({ models: (await call('listModels', {})).models }),
    addPaths: async (paths) => {
      const answers: AddedModels[] = [];
      for (const path of paths) answers.push(await call('addModels', { body: { path } }));
      await settle(answers);
    },
    addFiles: async (files) => {
      const bridge = shellBridge();
      if (bridge) return get().addPaths(files.map((file) => bridge.pathOf(file)));
      const answers: AddedModels[] = [];
      for (const file of candidates(files, get().models ?? [])) {
        await upload(file).then(
          (answer) => answers.push(answer),
          (error: unknown) => sayError(error),
        );
      }
      await settle(answers);
    },
    verify: async (id) => {
      const { models } = await call('verifyModels', { body: { id } });
      await get().load();
      for (const { model, error } of models) {
        if (error === null) sayDone(en.models.verified(model.name));
        else sayError(AppError.fromBody(error));
      }
    },
    remove: async (id) => {
      const model = await call('removeModel', { params: { id } });
      await get().load();
      sayDone(en.models.removed(model.name));
    },
  };
});
