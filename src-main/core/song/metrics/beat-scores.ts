/** Scores of beats and downbeats. Source: Davies, Degara, Plumbley, "Evaluation methods for musical audio beat tracking", 2009, as mir_eval has them. */
import { fMeasure, matchedTimes } from './matched.ts';

/** Half the width of the window in which a beat counts, seconds. */
export const BEAT_WINDOW_S = 0.07;
/** What comes before is not scored: trackers may need that long to find in. */
export const IGNORED_START_S = 5;

/** F-measure, 0..1, of times in seconds, rising; beats in the first 5 s are left out on both sides. */
export function beatFMeasure(reference: readonly number[], estimate: readonly number[]): number {
  const scored = (times: readonly number[]): number[] => times.filter((time) => time >= IGNORED_START_S);
  const [references, estimates] = [scored(reference), scored(estimate)];
  return fMeasure(matchedTimes(references, estimates, BEAT_WINDOW_S), references.length, estimates.length);
}

const between = (times: readonly number[], parts: number): number[] =>
  times.flatMap((time, k) => {
    const next = times[k + 1];
    return next === undefined ? [time] : Array.from({ length: parts }, (_, part) => time + (part / parts) * (next - time));
  });
const every = (times: readonly number[], step: number, first: number): number[] => times.filter((_, k) => k % step === first);

/** The best F-measure over what listeners may tap: the reference, twice, half (either phase) and its off-beats. */
export function anyLevelFMeasure(reference: readonly number[], estimate: readonly number[]): number {
  const doubled = between(reference, 2);
  const levels = [reference, doubled, every(doubled, 2, 1), every(reference, 2, 0), every(reference, 2, 1)];
  return Math.max(...levels.map((level) => beatFMeasure(level, estimate)));
}
