/** What a program is given on its standard input. */
import { pipeline } from 'node:stream/promises';

import type { RunningProgram } from './process.ts';

/**
 * Writes `input` to a program started with `hasInput`, until all is written or the program reads no more: how it ended then says why.
 * @returns when that is so; ask for it after the program's end. @throws what `input` throws; AbortError
 */
export function feed({ stdin }: RunningProgram, input: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void> {
  if (stdin === null) throw new Error('The program was started without an input.');
  const fed = pipeline(input, stdin, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    if (!['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  });
  // It is asked for later: until then its fault is nobody's.
  fed.catch(() => undefined);
  return fed;
}
