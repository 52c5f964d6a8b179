/** Where a time stands in a beat grid. All lists are rising; searches are by bisection. */

/** Index of the first value at or after `timeS`. */
export function firstAtOrAfter(times: readonly number[], timeS: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) < timeS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The values from `startS` up to but without `endS`. */
export function between(times: readonly number[], startS: number, endS: number): readonly number[] {
  return times.slice(firstAtOrAfter(times, startS), firstAtOrAfter(times, endS));
}

/** A beat's time may differ by a rounding between the two lists. */
const SAME_S = 1e-4;

export function holds(times: readonly number[], timeS: number): boolean {
  const at = times[firstAtOrAfter(times, timeS - SAME_S)];
  return at !== undefined && at <= timeS + SAME_S;
}

/** The nearest value, or null for an empty list. */
export function nearestOf(times: readonly number[], timeS: number): number | null {
  const index = firstAtOrAfter(times, timeS);
  const [before, after] = [times[index - 1], times[index]];
  if (before === undefined) return after ?? null;
  return after === undefined || timeS - before <= after - timeS ? before : after;
}

/**
 * Bar and beat sounding at a time: "42.3". Beats before the first downbeat are bar 0.
 * @returns null before the first beat
 */
export function barAndBeatAt(beats: readonly number[], downbeats: readonly number[], timeS: number): string | null {
  const beat = firstAtOrAfter(beats, timeS + SAME_S);
  if (beat === 0) return null;
  const bar = firstAtOrAfter(downbeats, timeS + SAME_S);
  const barStart = downbeats[bar - 1];
  const inBar = barStart === undefined ? beat : beat - firstAtOrAfter(beats, barStart - SAME_S);
  return `${bar}.${inBar}`;
}

export interface Click {
  readonly atS: number;
  readonly isDownbeat: boolean;
}

/** The clicks of a click track from `startS` up to but without `endS`. */
export function clicksBetween(beats: readonly number[], downbeats: readonly number[], startS: number, endS: number): Click[] {
  return between(beats, startS, endS).map((atS) => ({ atS, isDownbeat: holds(downbeats, atS) }));
}
