/**
 * Writes that are whole or not there: a partial name beside the target, fsync, rename, fsync of the folder. A name without
 * `.partial-` always stands for a whole file. Source: POSIX rename(2); fsync(2) of the directory for the entry itself.
 */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export const PARTIAL = '.partial-';

export function partialName(target: string): string {
  return `${target}${PARTIAL}${randomBytes(6).toString('hex')}`;
}

/** Makes the folder's entry survive a power cut; not every system can. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Makes a written partial file durable and gives it its name. */
export async function publish(partial: string, target: string): Promise<void> {
  const file = await open(partial, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, target);
  await syncFolder(dirname(target));
}

/** @throws the system's error; the target is then as it was. */
export async function writeAtomic(target: string, bytes: Uint8Array | string): Promise<void> {
  const partial = partialName(target);
  try {
    const file = await open(partial, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
