/**
 * A steady beat grid from taps on a playing song: least squares over the taps' beat numbers, so that twenty taps find
 * the tempo to a few hundredths and a missed tap does no harm.
 */
const PAUSE_S = 2.5;
const MOST_TAPS = 64;
const LEAST_TAPS = 4;
const [LEAST_BPM, MOST_BPM] = [20, 400];

export interface TappedGrid {
  /** Beats per minute, to a hundredth. */
  readonly tempo: number;
  /** Seconds: the beat nearest to the first tap, which is the first of its bar. */
  readonly first_beat: number;
}

/** The taps to keep after one more; a pause or a jump back in the song begins anew. */
export function withTap(taps: readonly number[], atS: number): readonly number[] {
  const last = taps.at(-1);
  const continues = last !== undefined && atS > last && atS - last <= PAUSE_S;
  return [...(continues ? taps : []), atS].slice(-MOST_TAPS);
}

/**
 * @param taps  times in the song, seconds, rising
 * @returns null until there are four, or when they are no tempo from 20 to 400
 */
export function gridOfTaps(taps: readonly number[]): TappedGrid | null {
  const first = taps[0];
  if (first === undefined || taps.length < LEAST_TAPS) return null;
  const intervals = taps.slice(1).map((tap, i) => tap - (taps[i] ?? tap));
  const typical = [...intervals].sort((a, b) => a - b)[intervals.length >> 1] ?? 0;
  if (typical <= 0) return null;
  let beat = 0;
  const numbers = [0, ...intervals.map((interval) => (beat += Math.max(1, Math.round(interval / typical))))];
  const meanNumber = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const meanTap = taps.reduce((sum, value) => sum + value, 0) / taps.length;
  let [above, below] = [0, 0];
  numbers.forEach((number, i) => {
    above += (number - meanNumber) * ((taps[i] ?? 0) - meanTap);
    below += (number - meanNumber) ** 2;
  });
  const beatS = above / below;
  const tempo = Math.round(6000 / beatS) / 100;
  if (!(tempo >= LEAST_BPM && tempo <= MOST_BPM)) return null;
  return { tempo, first_beat: Math.max(0, meanTap - meanNumber * beatS) };
}
