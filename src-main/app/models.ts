/** Wiring of the models: the manifest that ships, the data folder, the inference host. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DataFolder } from '../adapters/files/data-folder.ts';
import { DiskModelFiles } from '../adapters/files/model-files.ts';
import type { ProgramFiles } from '../adapters/files/program-files.ts';
import type { SupervisedHost } from '../adapters/host-process/supervised-host.ts';
import { ModelManifestSchema } from '../contract/documents/model.ts';
import type { Programs } from '../contract/hosts/analysis.ts';
import { HostInference, Models, modelCheck } from '../core/models/index.ts';
import type { BeatModel } from '../core/song/ports.ts';

export interface ModelParts {
  readonly program: Pick<ProgramFiles, 'models'>;
  readonly folder: Pick<DataFolder, 'models' | 'incoming'>;
  readonly host: SupervisedHost;
  readonly programs: () => Promise<Programs>;
}

export function openModels({ program, folder, host, programs }: ModelParts): { models: Models; inference: HostInference } {
  const manifest = ModelManifestSchema.parse(JSON.parse(readFileSync(join(program.models, 'manifest.json'), 'utf8')));
  const models = new Models({ manifest, files: new DiskModelFiles(folder), check: modelCheck(host) });
  return { models, inference: new HostInference(models, host, programs) };
}

/** The song step's model of beats, where one was added. */
export function beatModelOf(inference: HostInference): BeatModel {
  return {
    name: () => inference.beatModel(),
    activations: (source, options) => inference.beats(source, options),
  };
}
