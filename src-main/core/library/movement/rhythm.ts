/** How the power of a curve's changes is spread over frequencies: what sways slowly, steps with the beat, or shakes. Pure. */

/** Borders of the bands in Hz; around 2 Hz lie the steps of a dance at 120 BPM. */
export const BAND_HZ = [0.15, 0.45, 0.8, 1.25, 1.8, 2.6, 5] as const;
export const BANDS = BAND_HZ.length - 1;

/** A longer curve is looked at in stretches of this length, so that the cost rises with its length only (Welch, 1967). */
const STRETCH_S = 20;

/**
 * Adds the share of each band to `out` from `at` on; the six sum to 1, or are all 0 for a curve that stands still.
 * Discrete Fourier transform under a Hann window, the mean of halfway overlapping stretches where the curve is longer than 20 s.
 * Cost: frames × lines below 5 Hz of one stretch.
 */
export function addBands(values: Float32Array, rate: number, out: Float32Array, at: number): void {
  const power = new Float64Array(BANDS);
  const stretch = Math.min(values.length, Math.max(2, Math.round(STRETCH_S * rate)));
  for (let from = 0; from + stretch <= values.length && stretch > 0; from += Math.max(1, stretch >> 1)) addPower(values.subarray(from, from + stretch), rate, power);
  const total = power.reduce((sum, value) => sum + value, 0);
  if (total > 1e-9) power.forEach((value, band) => (out[at + band]! += value / total));
}

function addPower(values: Float32Array, rate: number, power: Float64Array): void {
  const { length } = values;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, length);
  const windowed = values.map((value, frame) => (value - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * frame) / Math.max(1, length - 1))));
  for (let line = 1; line <= length / 2; line += 1) {
    const hz = (line * rate) / length;
    const band = BAND_HZ.findLastIndex((border) => hz >= border);
    if (band < 0) continue;
    if (band >= BANDS) break;
    power[band]! += linePower(windowed, (2 * Math.PI * line) / length);
  }
}

/** |X|² of one line by Goertzel's recurrence ("An algorithm for the evaluation of finite trigonometric series", 1958). */
function linePower(values: Float32Array, turn: number): number {
  const twice = 2 * Math.cos(turn);
  let [before, last] = [0, 0];
  for (const value of values) {
    const next = value + twice * last - before;
    before = last;
    last = next;
  }
  return last * last + before * before - twice * last * before;
}
