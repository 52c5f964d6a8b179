/** What a program is given on its standard input. */
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';

import type { RunningProgram } from './process.ts';

const NOBODY_READS = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);

/**
 * Writes `input` to a program started with `hasInput`, until all is written or the program has ended: how it ended then says why.
 * What the input still waits for is not waited for.
 * @returns when that is so; ask for it after the program's end. @throws what `input` throws, as it is
 */
export function feed({ stdin, ended }: RunningProgram, input: AsyncIterable<Uint8Array>): Promise<void> {
  if (stdin === null) throw new Error('The program was started without an input.');
  const written = pipeline(input, stdin).catch((error: unknown) => {
    // Where the input and the pipe fail together, the input's fault is the first.
    const fault = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
    if (!NOBODY_READS.has((fault as NodeJS.ErrnoException).code ?? '')) throw fault;
  });
  const fed = Promise.race([written, ended.then(() => turn())]);
  // Both are asked for later or not at all: until then a fault is nobody's.
  for (const promise of [written, fed]) promise.catch(() => undefined);
  return fed;
}
