/** Which pictures of a film are looked at, and what was seen of them as times of the film. Pure. */
import { type Rational, secondsOfFrames } from '../../../contract/units.ts';
import type { ByteRange, Run, Span } from '../ports.ts';

/** A picture of the film that can be decoded alone. */
export interface KeyPicture {
  /** Frame of the film. */
  readonly frame: number;
  readonly bytes: ByteRange;
}

/** Pictures that stand for so long are called frozen. */
const FROZEN_S = 2;
/** Looking at every picture costs as much as making the film: it is done about once a second. */
const EVERY_S = 0.9;

/** The first keyframe and each that comes `EVERY_S` or more after the last one taken. */
export async function* lookedAt(keys: AsyncIterable<KeyPicture>, rate: Rational): AsyncGenerator<KeyPicture> {
  let last: KeyPicture | null = null;
  for await (const key of keys) {
    if (last !== null && secondsOfFrames(key.frame - last.frame, rate) < EVERY_S) continue;
    last = key;
    yield key;
  }
}

/** @returns from the first to the last picture of each run, in seconds of the film. */
export function spansOf(runs: readonly Run[], pictures: readonly KeyPicture[], rate: Rational): Span[] {
  const timeOf = (index: number): number => secondsOfFrames(pictures[Math.min(index, pictures.length - 1)]?.frame ?? 0, rate);
  return runs.map(({ first, last }) => ({ startS: timeOf(first), endS: timeOf(last) }));
}

/** Two alike at the very end are no more than a second. */
export const isLongFrozen = ({ startS, endS }: Span): boolean => endS - startS >= EVERY_S * FROZEN_S;
