/**
 * Hashes of files, kept as long as the files are untouched: reading thirty clips to name them costs as much as the rest of the
 * search for them. A file is untouched when device, inode, size and both times of change to the nanosecond are what they were.
 * One that changed within the last two seconds is never kept: a second write may fall on the same tick of the file system's
 * clock (git's index has the same rule, Documentation/technical/racy-git).
 */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { ClipHashes } from '../../core/assembly/ports.ts';
import type { Clock } from '../../core/clock.ts';
import { writeAtomic } from './atomic-write.ts';

const SETTLED_MS = 2000;
const SHA256 = /^[0-9a-f]{64}$/;

interface FileState {
  /** Changes with every change of the file. */
  readonly key: string;
  readonly changedMs: number;
}

async function stateOf(path: string): Promise<FileState> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  const key = createHash('sha256').update(JSON.stringify([path, ...[dev, ino, size, mtimeNs, ctimeNs].map(String)])).digest('hex');
  return { key, changedMs: Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n) };
}

export class KeptHashes implements ClipHashes {
  readonly #folder: string;
  readonly #hashes: ClipHashes;
  readonly #clock: Pick<Clock, 'nowMs'>;

  /** @param folder  where a file `KEY.hash` is kept for each. @param hashes  reads the bytes */
  constructor(folder: string, hashes: ClipHashes, clock: Pick<Clock, 'nowMs'>) {
    this.#folder = folder;
    this.#hashes = hashes;
    this.#clock = clock;
  }

  /** @throws what reading the file throws. Cost: two small reads for a file that is known. */
  async sha256(path: string, options: { signal?: AbortSignal }): Promise<string> {
    const before = await stateOf(path).catch(() => null);
    const kept = before && (await readFile(this.#pathOf(before), 'utf8').catch(() => ''));
    if (kept && SHA256.test(kept)) return kept;
    const hash = await this.#hashes.sha256(path, options);
    const after = await stateOf(path).catch(() => null);
    const isSettled = after !== null && after.key === before?.key && this.#clock.nowMs() - after.changedMs > SETTLED_MS;
    // Keeping is a convenience: where it fails the file is read again.
    if (isSettled) await writeAtomic(this.#pathOf(after), Buffer.from(hash)).catch(() => undefined);
    return hash;
  }

  #pathOf({ key }: FileState): string {
    return join(this.#folder, `${key}.hash`);
  }
}
