/**
 * Patches on JSON values, and their inverse. The subset add, replace, remove of RFC 6902 with pointers of RFC 6901.
 * Values are never changed in place: a result shares what it did not touch.
 */
import type { Patch } from '../../contract/documents/project.ts';
import { AppError } from '../../contract/errors.ts';

export interface Patched {
  readonly value: unknown;
  /** Applied to `value` it gives back the original. */
  readonly inverse: readonly Patch[];
}

/** @throws AppError 'project-invalid' where a pointer leads nowhere. */
export function applyPatches(value: unknown, patches: readonly Patch[]): Patched {
  let current = value;
  const inverse: Patch[] = [];
  for (const patch of patches) {
    const patched = applyPatch(current, patch);
    current = patched.value;
    inverse.unshift(patched.inverse);
  }
  return { value: current, inverse };
}

interface PatchedOnce {
  readonly value: unknown;
  readonly inverse: Patch;
}

function applyPatch(value: unknown, patch: Patch): PatchedOnce {
  const tokens = tokensOf(patch.path);
  if (tokens.length > 0) return applyAt(value, tokens, patch);
  if (patch.op === 'remove') throw invalid(patch.path, 'The whole document cannot be removed.');
  return { value: patch.value, inverse: { op: 'replace', path: '', value } };
}

function applyAt(value: unknown, tokens: readonly string[], patch: Patch): PatchedOnce {
  const [token = '', ...rest] = tokens;
  if (rest.length === 0) return Array.isArray(value) ? inArray(value, token, patch) : inObject(value, token, patch);
  const changed = applyAt(member(value, token, patch.path), rest, patch);
  return { value: withMember(value, token, changed.value), inverse: changed.inverse };
}

function inArray(array: readonly unknown[], token: string, patch: Patch): PatchedOnce {
  const isAppend = token === '-' && patch.op === 'add';
  const index = isAppend ? array.length : indexOf(token);
  const last = patch.op === 'add' ? array.length : array.length - 1;
  if (index === null || index > last) throw invalid(patch.path, `There is no place ${token} in a list of ${array.length}.`);
  const path = isAppend ? `${patch.path.slice(0, -1)}${index}` : patch.path;
  const old = array[index];
  switch (patch.op) {
    case 'add':
      return { value: array.toSpliced(index, 0, patch.value), inverse: { op: 'remove', path } };
    case 'replace':
      return { value: array.with(index, patch.value), inverse: { op: 'replace', path, value: old } };
    case 'remove':
      return { value: array.toSpliced(index, 1), inverse: { op: 'add', path, value: old } };
  }
}

function inObject(value: unknown, token: string, patch: Patch): PatchedOnce {
  if (value === null || typeof value !== 'object') throw invalid(patch.path, 'The path leads through a value that has no members.');
  if (token === '__proto__') throw invalid(patch.path, 'That name is not allowed.');
  const object = value as Readonly<Record<string, unknown>>;
  const exists = Object.hasOwn(object, token);
  if (!exists && patch.op !== 'add') throw invalid(patch.path, 'There is nothing at this path.');
  const old = object[token];
  if (patch.op === 'remove') {
    const { [token]: _, ...rest } = object;
    return { value: rest, inverse: { op: 'add', path: patch.path, value: old } };
  }
  const inverse: Patch = exists ? { op: 'replace', path: patch.path, value: old } : { op: 'remove', path: patch.path };
  return { value: { ...object, [token]: patch.value }, inverse };
}

function member(value: unknown, token: string, path: string): unknown {
  if (Array.isArray(value)) {
    const index = indexOf(token);
    if (index === null || index >= value.length) throw invalid(path, `There is no place ${token} in a list of ${value.length}.`);
    return value[index];
  }
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, token)) throw invalid(path, 'There is nothing at this path.');
  return (value as Record<string, unknown>)[token];
}

function withMember(value: unknown, token: string, child: unknown): unknown {
  return Array.isArray(value) ? value.with(Number(token), child) : { ...(value as object), [token]: child };
}

function tokensOf(path: string): string[] {
  if (path === '') return [];
  if (!path.startsWith('/') || /~(?![01])/.test(path)) throw invalid(path, 'A path is a JSON pointer, such as /mapping/tempo/bpm.');
  return path.slice(1).split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Digits without a leading zero, as the standard has it. */
function indexOf(token: string): number | null {
  return /^(?:0|[1-9]\d*)$/.test(token) ? Number(token) : null;
}

function invalid(path: string, message: string): AppError {
  return new AppError('project-invalid', message, { details: { pointer: path } });
}
