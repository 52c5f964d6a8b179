/** A failed write as the error a person can act on. */
import { basename } from 'node:path';

import { AppError } from '../../contract/errors.ts';

export function writeError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('disk-full', `The disk is full: ${basename(path)} could not be written.`, { hint: 'Free some space and try again.', cause: error });
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOENT') {
    return new AppError('output-unwritable', `${basename(path)} cannot be written there.`, { hint: 'Choose another folder.', cause: error });
  }
  return error;
}
