/**
 * The add, replace and remove of RFC 6902 on plain JSON, without changing what they are applied to: the page shows an
 * edit at once and the project's journal, which applies the same patches, has the last word.
 */
import type { Patch } from '../../src-main/contract/documents/project.ts';

type Json = unknown;

/** The tokens of a JSON pointer (RFC 6901). */
export function tokensOf(path: string): string[] {
  if (path === '') return [];
  return path
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A JSON pointer from its tokens. */
export function pointer(...tokens: readonly (string | number)[]): string {
  return tokens.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** @throws Error when the path leads nowhere: a fault of the page, found by its tests. */
function changed(document: Json, tokens: readonly string[], patch: Patch): Json {
  const [token, ...rest] = tokens;
  if (token === undefined) return patch.op === 'remove' ? undefined : patch.value;
  if (Array.isArray(document)) return changedList(document, token, rest, patch);
  if (typeof document !== 'object' || document === null) throw new Error(`No such place: ${patch.path}`);
  const record = document as Record<string, Json>;
  if (rest.length > 0) return { ...record, [token]: changed(record[token], rest, patch) };
  if (patch.op !== 'remove') return { ...record, [token]: patch.value };
  const { [token]: _removed, ...kept } = record;
  return kept;
}

function changedList(list: readonly Json[], token: string, rest: readonly string[], patch: Patch): Json[] {
  const index = token === '-' ? list.length : Number(token);
  const isInside =
    Number.isInteger(index) && index >= 0 && index < list.length + (rest.length === 0 && patch.op === 'add' ? 1 : 0);
  if (!isInside) throw new Error(`No such place: ${patch.path}`);
  if (rest.length > 0) return list.with(index, changed(list[index], rest, patch));
  if (patch.op === 'add') return list.toSpliced(index, 0, patch.value);
  return patch.op === 'remove' ? list.toSpliced(index, 1) : list.with(index, patch.value);
}

/** The document after the patches, in order; shares what did not change. */
export function applyPatches<Document>(document: Document, patches: readonly Patch[]): Document {
  return patches.reduce<Json>((result, patch) => changed(result, tokensOf(patch.path), patch), document) as Document;
}

/** Two bursts of one gesture as one: the later value of a path wins where both only replace. */
export function mergePatches(earlier: readonly Patch[], later: readonly Patch[]): Patch[] {
  if ([...earlier, ...later].some((patch) => patch.op !== 'replace')) return [...earlier, ...later];
  const byPath = new Map([...earlier, ...later].map((patch) => [patch.path, patch]));
  return [...byPath.values()];
}
