/** Room on the disk: what a piece of work needs is asked for before it begins. */
import { statfs } from 'node:fs/promises';

import { AppError } from '../../contract/errors.ts';

/** Room that is left free whatever is written. */
export const RESERVE_BYTES = 64 << 20;

/** Bytes a user may still write where `folder` lies; infinite where the system does not say. */
export async function freeBytes(folder: string): Promise<number> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null ? Number.POSITIVE_INFINITY : disk.bavail * disk.bsize;
}

/** @throws AppError 'disk-full' when fewer than `bytes` and the reserve are free. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= bytes + RESERVE_BYTES) return;
  const mb = (value: number): string => `${Math.ceil(value / 1e6)} MB`;
  throw new AppError('disk-full', `The disk has ${mb(free)} free; this needs about ${mb(bytes + RESERVE_BYTES)}.`, {
    hint: 'Free some space or choose another place.',
    details: { free_bytes: free, needed_bytes: bytes },
  });
}
