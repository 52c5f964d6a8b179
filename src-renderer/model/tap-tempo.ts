/** Tapped tempo: the median of the last intervals; a pause of two seconds begins anew. */
const PAUSE_MS = 2000;
const MOST_TAPS = 12;
/** Four taps, three intervals: enough to speak of a tempo. */
const LEAST_TAPS = 4;

/**
 * @param taps   times of the taps so far, ms, rising
 * @returns the taps to keep and the tempo in whole BPM, 40..240; null until there are enough
 */
export function tapTempo(
  taps: readonly number[],
  nowMs: number,
): { readonly taps: readonly number[]; readonly bpm: number | null } {
  const last = taps.at(-1);
  const kept = [...(last !== undefined && nowMs - last > PAUSE_MS ? [] : taps), nowMs].slice(-MOST_TAPS);
  if (kept.length < LEAST_TAPS) return { taps: kept, bpm: null };
  const intervals = kept
    .slice(1)
    .map((tap, i) => tap - (kept[i] ?? tap))
    .sort((a, b) => a - b);
  const middle = intervals.length >> 1;
  const median =
    intervals.length % 2 === 1
      ? (intervals[middle] ?? 500)
      : ((intervals[middle - 1] ?? 500) + (intervals[middle] ?? 500)) / 2;
  return { taps: kept, bpm: Math.round(Math.min(240, Math.max(40, 60_000 / median))) };
}
