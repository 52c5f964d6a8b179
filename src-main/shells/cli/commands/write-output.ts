/** Writes an answer of the API to a file the user named: whole under its name, or not at all. */
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

import { AppError } from '../../../contract/errors.ts';
import type { CommandContext } from './command.ts';

/** The body of an answer. @throws AppError 'internal' when there is none. */
export function bodyOf(response: Response): Readable {
  if (!response.body) throw new AppError('internal', 'The answer came without a body.');
  return Readable.fromWeb(response.body as NodeReadableStream);
}

/**
 * @param open  asked for the bytes only once the file may be written.
 * @throws AppError 'output-exists' without --overwrite, 'disk-full', 'output-unwritable'
 */
export async function writeOutput({ values, signal }: CommandContext, output: string, open: () => Promise<Readable>): Promise<void> {
  if (existsSync(output) && values['overwrite'] !== true) {
    throw new AppError('output-exists', `${basename(output)} is there already.`, { hint: 'Choose another name, or allow it to be replaced (--overwrite).' });
  }
  const partial = `${output}.partial-${process.pid}`;
  try {
    await pipeline(await open(), createWriteStream(partial, { flush: true }), { signal });
    await rename(partial, output);
  } catch (cause) {
    await rm(partial, { force: true });
    if (signal.aborted || cause instanceof AppError) throw cause;
    const isFull = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw isFull
      ? new AppError('disk-full', `The disk is full: ${basename(output)} could not be written.`, { hint: 'Free some space and try again.', cause })
      : new AppError('output-unwritable', `${basename(output)} cannot be written there.`, { hint: 'Choose another folder.', cause });
  }
}
