/** A secret in a file of the data folder that only its owner reads. */
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MOST_BYTES = 4096;
const OTHERS = 0o077;

/** @returns its first line; null when there is none, when it is a link, or when others may read it. */
export function readSecret(folder: string, name: string): string | null {
  const path = join(folder, name);
  try {
    const { mode, size, isFile } = factsOf(path);
    const isOpen = process.platform !== 'win32' && (mode & OTHERS) !== 0;
    if (!isFile || isOpen || size > MOST_BYTES) return null;
    const line = readFileSync(path, 'utf8').split('\n')[0]?.trim() ?? '';
    return line === '' ? null : line;
  } catch {
    // No such file, or none of ours to read: the same as no secret.
    return null;
  }
}

function factsOf(path: string): { mode: number; size: number; isFile: boolean } {
  const stats = lstatSync(path);
  return { mode: stats.mode, size: stats.size, isFile: stats.isFile() };
}
