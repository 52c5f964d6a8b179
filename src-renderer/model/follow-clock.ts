/**
 * How the picture follows the sound, which is the master: small errors are closed by playing up to 2 % faster or
 * slower, errors beyond 80 ms by a seek.
 */
export const SEEK_BEYOND_S = 0.08;
const MAX_NUDGE = 0.02;
/** Half a 60 Hz frame: no correction is seen below it. */
const DEAD_ZONE_S = 0.008;

export type FollowAction =
  { readonly kind: 'rate'; readonly rate: number } | { readonly kind: 'seek'; readonly toS: number };

/**
 * @param pictureS  time of the picture now
 * @param soundS    time of the sound being heard now
 * @param rate      the speed that is wanted (1 for normal)
 */
export function follow(pictureS: number, soundS: number, rate: number): FollowAction {
  const errorS = soundS - pictureS;
  if (Math.abs(errorS) > SEEK_BEYOND_S * Math.max(1, Math.abs(rate))) return { kind: 'seek', toS: soundS };
  if (Math.abs(errorS) < DEAD_ZONE_S) return { kind: 'rate', rate };
  const nudge = Math.max(-MAX_NUDGE, Math.min(MAX_NUDGE, errorS * 0.5));
  return { kind: 'rate', rate: rate * (1 + nudge) };
}
