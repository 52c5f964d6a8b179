/**
 * The only place that turns a string from outside into a path. A granted path is absolute, real (no link is left in it), and
 * names a regular file that this user may read; whoever holds it got it from here or from the database.
 */
import { constants } from 'node:fs';
import { access, lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';

import { AppError } from '../../contract/errors.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import { refusalOf } from './io-errors.ts';

export interface GrantedPath {
  readonly path: string;
  readonly isFolder: boolean;
}

function refuse(error: unknown, name: string): unknown {
  const why = refusalOf(error);
  if (why === null) return error;
  return mediaError(why === 'missing' ? 'notFound' : 'notAllowed', name, '', error);
}

function requireName(given: string): void {
  if (given === '') throw new AppError('input-invalid', 'A path is empty.', { hint: 'Name a file.' });
  if (given.includes('\0')) throw new AppError('input-invalid', 'A path holds a NUL.', { hint: 'Name a file.' });
}

const KINDS = [
  ['isFIFO', 'a pipe'],
  ['isSocket', 'a socket'],
  ['isCharacterDevice', 'a device'],
  ['isBlockDevice', 'a device'],
] as const;

/**
 * Grants a path a person picked or typed, relative to the working folder.
 * @throws AppError 'media-not-found', 'path-not-granted', 'media-unsupported' (a device, a pipe, a socket), 'input-invalid'
 */
export async function grantPath(given: string): Promise<GrantedPath> {
  requireName(given);
  const name = basename(given) || given;
  try {
    const path = await realpath(resolve(given));
    const facts = await stat(path);
    const kind = KINDS.find(([is]) => facts[is]());
    if (kind) throw mediaError('notFile', name, kind[1]);
    await access(path, constants.R_OK);
    return { path, isFolder: facts.isDirectory() };
  } catch (error) {
    throw refuse(error, name);
  }
}

/** Whether `path` is `root` or lies below it; both real. */
export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

/**
 * A path below a granted folder, named by a document (a blueprint, a listing): after all links are followed it still lies
 * under the folder.
 * @throws AppError 'path-not-granted', 'media-not-found'
 */
export async function grantWithin(root: string, given: string): Promise<string> {
  requireName(given);
  const escape = (): AppError => new AppError('path-not-granted', `${given} leaves its folder.`, { hint: 'Name a file below the granted folder.' });
  if (isAbsolute(given)) throw escape();
  try {
    const [base, path] = await Promise.all([realpath(root), realpath(resolve(root, given))]);
    if (!isWithin(base, path)) throw escape();
    const facts = await stat(path);
    if (!facts.isFile()) throw mediaError('notFile', basename(given), facts.isDirectory() ? 'a folder' : 'a device or a pipe');
    return path;
  } catch (error) {
    throw refuse(error, given);
  }
}

/**
 * A file to be written where a person said, relative to the working folder. Its folder must exist; a link is not written
 * through, and a folder, device or pipe of that name is refused.
 * @throws AppError 'output-exists' unless `mayReplace`, 'output-unwritable', 'path-not-granted' inside `keptFolder`
 */
export async function grantOutput(given: string, { mayReplace, keptFolder }: { mayReplace: boolean; keptFolder: string }): Promise<string> {
  requireName(given);
  const name = basename(given);
  const unwritable = (why: string, cause?: unknown): AppError =>
    new AppError('output-unwritable', `${name} cannot be written: ${why}.`, { hint: 'Choose another name or folder.', cause });
  const wanted = resolve(given);
  let folder: string;
  try {
    folder = await realpath(resolve(wanted, '..'));
    await access(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(refusalOf(error) === 'missing' ? 'there is no such folder' : 'this user may not write there', error);
  }
  const path = resolve(folder, basename(wanted));
  if (isWithin(keptFolder, path)) {
    throw new AppError('path-not-granted', `${name} would lie in Kinetone's data folder, which is not for files of yours.`, { hint: 'Choose another folder.' });
  }
  const there = await lstat(path).catch(() => null);
  if (there === null) return path;
  if (!there.isFile()) throw unwritable('something that is not a file has that name');
  if (!mayReplace) throw new AppError('output-exists', `${name} is there already.`, { hint: 'Choose another name, or allow it to be replaced (--overwrite).' });
  return path;
}

/**
 * A folder to write several files into, where a person said; made when only its last part is missing.
 * @throws AppError 'output-unwritable'
 */
export async function grantOutputFolder(given: string): Promise<string> {
  requireName(given);
  const name = basename(given) || given;
  try {
    await mkdir(resolve(given)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const folder = await realpath(resolve(given));
    await access(folder, constants.W_OK);
    if ((await stat(folder)).isDirectory()) return folder;
  } catch (error) {
    throw new AppError('output-unwritable', `The folder ${name} cannot be written to.`, { hint: 'Choose another folder.', cause: error });
  }
  throw new AppError('output-unwritable', `${name} is not a folder.`, { hint: 'Choose another name.' });
}
