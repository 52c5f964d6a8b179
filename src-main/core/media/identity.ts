/**
 * What makes two files one item: SHA-256 of the bytes where it is known; until then size, time and a hash of both ends.
 * The two kinds of identity never compare equal; when the hash is known, what was made under the other is moved over.
 */
import { createHash } from 'node:crypto';

import type { FileFacts } from './ports.ts';

export function provisionalIdentity(facts: Pick<FileFacts, 'sizeBytes' | 'modifiedMs' | 'ends'>): string {
  const text = `${facts.sizeBytes} ${Math.round(facts.modifiedMs * 1000)} ${facts.ends}`;
  return `ends:${createHash('sha256').update(text).digest('hex')}`;
}

export function fullIdentity(sha256: string): string {
  return `sha256:${sha256}`;
}

/** Whether a file still has the size and time that are on record. Times are kept to the microsecond. */
export function isUnchanged(record: Pick<FileFacts, 'sizeBytes' | 'modifiedMs'>, now: Pick<FileFacts, 'sizeBytes' | 'modifiedMs'>): boolean {
  return record.sizeBytes === now.sizeBytes && Math.abs(record.modifiedMs - now.modifiedMs) < 0.002;
}
