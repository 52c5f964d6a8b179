/** Finds the clips an annotations file speaks of among moves, and labels them. A file is never followed out of its folder. */
import { isAbort, toAppError } from '../../../contract/errors.ts';
import { annotationsText } from '../../../contract/text/en/library-import.ts';
import { setLabels } from '../describe.ts';
import type { LabelValues, LibraryFiles, MoveRecord, MoveStore } from '../ports.ts';
import type { Annotation, Annotations } from './read-annotations.ts';
import { Remarks } from './remarks.ts';

export interface Scope {
  /** Folder paths are relative to; null when only names can be compared. */
  readonly folder: string | null;
  readonly moves: readonly MoveRecord[];
}

const slashed = (path: string): string => path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
const stemOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.[^.]{1,5}$/, '').toLowerCase();

/** Whether a path, taken as text, leaves the folder it is relative to. */
export function leaves(path: string): boolean {
  if (/^([a-zA-Z]:|\/)/.test(path) || path.includes('\0')) return true;
  let depth = 0;
  for (const part of path.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

/** Moves by what a document may call them. */
export class Places<Named extends { readonly path: string }> {
  readonly #byPath = new Map<string, Named>();
  readonly #byEnd = new Map<string, Named[]>();
  readonly #byStem = new Map<string, Named[]>();

  constructor(moves: readonly Named[]) {
    const note = (map: Map<string, Named[]>, key: string, move: Named): void => void map.set(key, [...(map.get(key) ?? []), move]);
    for (const move of moves) {
      this.#byPath.set(move.path, move);
      const parts = move.path.split('/');
      for (let from = 0; from < parts.length; from += 1) note(this.#byEnd, parts.slice(from).join('/'), move);
      note(this.#byStem, stemOf(move.path), move);
    }
  }

  /** The move a path names: as it stands, or as the end of exactly one. */
  at(path: string): readonly Named[] {
    const exact = this.#byPath.get(path);
    return exact ? [exact] : (this.#byEnd.get(path) ?? []);
  }

  called(id: string): readonly Named[] {
    return this.#byStem.get(id.toLowerCase()) ?? [];
  }
}

/** Whether a path that is no move leads out of the folder, by itself or through a link. */
async function leadsOut(files: LibraryFiles, folder: string | null, path: string): Promise<boolean> {
  if (leaves(path)) return true;
  if (folder === null) return false;
  try {
    await files.within(folder, path);
    return false;
  } catch (error) {
    if (isAbort(error)) throw error;
    return toAppError(error).code === 'path-not-granted';
  }
}

/** The move an entry means; null after a remark. */
async function moveOf({ path, clipId }: Annotation, name: string, places: Places<MoveRecord>, { files, folder, remarks }: { files: LibraryFiles; folder: string | null; remarks: Remarks }): Promise<MoveRecord | null> {
  const given = path === null ? null : slashed(path);
  if (given !== null) {
    const found = leaves(given) ? [] : places.at(given);
    if (found.length === 1) return found[0] ?? null;
    if (found.length > 1) return (remarks.add('ambiguous', annotationsText.ambiguous(name, given)), null);
    if (await leadsOut(files, folder, given)) return (remarks.add('outside', annotationsText.outside(name, given.slice(0, 200))), null);
  }
  const called = clipId === null ? [] : places.called(clipId);
  if (called.length === 1) return called[0] ?? null;
  const clip = (given ?? clipId ?? '').slice(0, 200);
  remarks.add(called.length > 1 ? 'ambiguous' : 'missing', called.length > 1 ? annotationsText.ambiguous(name, clip) : annotationsText.noSuchClip(name, clip));
  return null;
}

/** Labels moves as the file says. @returns the ids it speaks of, and what a person should know. */
export async function applyAnnotations(
  { store, files, signal }: { store: MoveStore; files: LibraryFiles; signal?: AbortSignal | undefined },
  { entries, notes }: Annotations,
  name: string,
  { folder, moves }: Scope,
): Promise<{ ids: string[]; changed: string[]; notes: string[] }> {
  const remarks = new Remarks();
  const places = new Places(moves);
  const labels = new Map<string, LabelValues>();
  for (const entry of entries) {
    signal?.throwIfAborted();
    const move = await moveOf(entry, name, places, { files, folder, remarks });
    if (!move) continue;
    if (labels.has(move.id)) remarks.add('twice', annotationsText.twice(name, move.path));
    labels.set(move.id, entry.labels);
  }
  const changed: string[] = [];
  for (const [id, values] of labels) {
    if (!setLabels(store, id, 'annotation', values)) continue;
    changed.push(id);
    if (changed.length % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return { ids: [...labels.keys()], changed, notes: [...notes, ...remarks.sentences()] };
}
