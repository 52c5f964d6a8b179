/** What the operating system says about files, as errors a person can act on. Codes: errno(3). */
import { AppError } from '../../contract/errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const FORBIDDEN = new Set(['EROFS', 'EACCES', 'EPERM']);

export function isFull(error: unknown): boolean {
  return FULL.has((error as NodeJS.ErrnoException).code ?? '');
}

export function isForbidden(error: unknown): boolean {
  return FORBIDDEN.has((error as NodeJS.ErrnoException).code ?? '');
}

/** A write into the data folder that failed; what is neither a full nor a forbidden disk comes back unchanged. */
export function dataFolderError(error: unknown): unknown {
  if (isFull(error)) return diskFull(error);
  if (!isForbidden(error)) return error;
  return new AppError('data-folder-read-only', 'The data folder cannot be written.', {
    hint: 'Allow writing to it, or choose another with --data-dir or KINETONE_DATA_DIR.',
    cause: error,
  });
}

export function diskFull(cause?: unknown): AppError {
  return new AppError('disk-full', 'The disk is full.', { hint: 'Free some space and try again; nothing that was saved is lost.', cause });
}

/** Throws the product's error for a failed promise of file work in the data folder. */
export async function inDataFolder<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw dataFolderError(error);
  }
}

/** Why a path from outside cannot be opened; null for an error that says nothing about it. */
export function refusalOf(error: unknown): 'missing' | 'forbidden' | null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP') return 'missing';
  return isForbidden(error) ? 'forbidden' : null;
}

