/** Removes what a killed process left half done in the data folder: partial files and uploads older than their use. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { PARTIAL } from './atomic-write.ts';

/** A file that was written in the last hour may belong to a process that runs. */
const STALE_MS = 3_600_000;

async function isStale(path: string, nowMs: number): Promise<boolean> {
  const facts = await stat(path).catch(() => null);
  return facts !== null && nowMs - facts.mtimeMs > STALE_MS;
}

/**
 * @param folders  searched with everything below them for partial files.
 * @param incoming  every stale file in it goes.
 * @returns paths removed.
 */
export async function sweepPartials(folders: readonly string[], incoming: string, nowMs: number): Promise<string[]> {
  const removed: string[] = [];
  for (const folder of [...folders, incoming]) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const isCandidate = entry.isFile() && (folder === incoming || entry.name.includes(PARTIAL));
      if (!isCandidate || !(await isStale(path, nowMs))) continue;
      await rm(path, { force: true });
      removed.push(path);
    }
  }
  return removed;
}
