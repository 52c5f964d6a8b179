/**
 * Imports on their way: uploads of dropped or picked files (two at a time, in order), or paths where the desktop shell
 * knows them. What was refused is kept with its reason until dismissed.
 */
import { create } from 'zustand';

import { AppError, isAbort, toAppError } from '../../src-main/contract/errors.ts';
import type { MediaItem } from '../../src-main/contract/documents/media-item.ts';
import type { ImportResult } from '../../src-main/contract/operations/media.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { call } from '../api/client.ts';
import { shellBridge } from '../api/shell-bridge.ts';
import { uploadFile } from '../api/upload.ts';
import { useMedia } from './media-store.ts';
import { makeMoves, useMoves } from './move-store.ts';
import { attempt, say, sayDone } from './toast-store.ts';
import type { ToastAction } from './toast-store.ts';

export interface ImportEntry {
  readonly id: number;
  readonly name: string;
  /** 0..1; null while it waits. */
  readonly progress: number | null;
  readonly error: AppError | null;
}

interface ImportState {
  readonly entries: readonly ImportEntry[];
  readonly dismiss: (id: number) => void;
}

const AT_ONCE = 2;
const aborts = new Map<number, AbortController>();
let nextId = 1;

export const useImports = create<ImportState>()((set) => ({
  entries: [],
  dismiss: (id) => {
    aborts.get(id)?.abort();
    set((state) => ({ entries: state.entries.filter((entry) => entry.id !== id) }));
  },
}));

function update(id: number, part: Partial<ImportEntry>): void {
  useImports.setState((state) => ({
    entries: state.entries.map((entry) => (entry.id === id ? { ...entry, ...part } : entry)),
  }));
}

function add(name: string, error: AppError | null): number {
  const id = nextId++;
  useImports.setState((state) => ({ entries: [...state.entries, { id, name, progress: null, error }] }));
  return id;
}

function settle(result: ImportResult): MediaItem[] {
  for (const { item } of result.items) useMedia.getState().put(item);
  for (const { name, error } of result.rejected) add(name, AppError.fromBody(error));
  const known = result.items.filter((entry) => !entry.is_new);
  const [first] = known;
  if (first && known.length === 1) say(en.library.upload.already(first.item.name));
  return result.items.map(({ item }) => item);
}

async function upload(id: number, file: File): Promise<MediaItem[]> {
  const abort = new AbortController();
  aborts.set(id, abort);
  try {
    if (!useImports.getState().entries.some((entry) => entry.id === id)) return [];
    update(id, { progress: 0 });
    const result = await uploadFile(file, { signal: abort.signal, onProgress: (progress) => update(id, { progress }) });
    useImports.getState().dismiss(id);
    return settle(result);
  } catch (error) {
    if (!isAbort(error)) update(id, { error: toAppError(error), progress: null });
    return [];
  } finally {
    aborts.delete(id);
  }
}

async function uploadAll(files: readonly File[]): Promise<MediaItem[]> {
  const queue = files.map((file) => ({ file, id: add(file.name, null) }));
  const results: MediaItem[][] = queue.map(() => []);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < queue.length) {
      const index = next;
      next += 1;
      const entry = queue[index];
      if (entry) results[index] = await upload(entry.id, entry.file);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results.flat();
}

/** Several videos at once are often clips of moves. */
function movesOffer(items: readonly MediaItem[]): ToastAction[] {
  const { moves } = useMoves.getState();
  const clips = items.filter((item) => item.kind === 'video' && !moves.has(item.id));
  if (clips.length < 2) return [];
  return [{ label: en.moves.action.makeMoves, run: () => attempt(makeMoves(clips.map((item) => item.id))) }];
}

/** Imports files in their order. @returns the items, also those that were in the library already */
export async function importFiles(files: readonly File[]): Promise<MediaItem[]> {
  const bridge = shellBridge();
  const items = bridge ? await importPaths(files.map((file) => bridge.pathOf(file))) : await uploadAll(files);
  if (items.length > 1) sayDone(en.library.upload.imported(items.length), movesOffer(items));
  return items;
}

/** Imports by paths, in place: the desktop shell only. */
export async function importPaths(paths: readonly string[]): Promise<MediaItem[]> {
  if (paths.length === 0) return [];
  return settle(await call('importMedia', { body: { paths: [...paths] } }));
}
