/** What is said of a song whose analysis failed: what happened, and what a person can do about it. */
import type { AppError } from '../../contract/errors.ts';
import { songProblemText as say } from '../../contract/text/en/song.ts';

/** A song of this length and more may be what there is no memory for. */
const LONG_S = 3600;
const NO_MEMORY = /bad_alloc|length_error|out of memory|allocation failed/i;

export function problemOf(error: AppError, { name, durationS }: { readonly name: string; readonly durationS: number }): string {
  const { code, message, hint, retryable } = error;
  if (code === 'host-crashed' && !retryable) return say.hostGivenUp(name);
  if (code === 'host-crashed') return durationS >= LONG_S ? say.tooLong(name, durationS / 3600) : say.hostEnded(name);
  if (code === 'internal') return NO_MEMORY.test(message) ? say.tooLong(name, durationS / 3600) : say.unknown(name);
  return hint === undefined ? message : `${message} ${hint}`;
}
