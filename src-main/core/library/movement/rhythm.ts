/** How the power of a curve's changes is spread over frequencies: what sways slowly, steps with the beat, or shakes. Pure. */

/** Borders of the bands in Hz; around 2 Hz lie the steps of a dance at 120 BPM. */
export const BAND_HZ = [0.15, 0.45, 0.8, 1.25, 1.8, 2.6, 5] as const;
export const BANDS = BAND_HZ.length - 1;

/**
 * Adds the share of each band to `out` from `at` on; the six sum to 1, or are all 0 for a curve that stands still.
 * Discrete Fourier transform under a Hann window. Cost: frames² / 2 multiplications.
 */
export function addBands(values: Float32Array, rate: number, out: Float32Array, at: number): void {
  const { length } = values;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, length);
  const windowed = values.map((value, frame) => (value - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * frame) / Math.max(1, length - 1))));
  const power = new Float32Array(BANDS);
  for (let line = 1; line <= length / 2; line += 1) {
    const hz = (line * rate) / length;
    const band = BAND_HZ.findLastIndex((border) => hz >= border);
    if (band < 0 || band >= BANDS) continue;
    let [real, imaginary] = [0, 0];
    const turn = (2 * Math.PI * line) / length;
    windowed.forEach((value, frame) => {
      real += value * Math.cos(turn * frame);
      imaginary += value * Math.sin(turn * frame);
    });
    power[band]! += real * real + imaginary * imaginary;
  }
  const total = power.reduce((sum, value) => sum + value, 0);
  if (total > 1e-9) power.forEach((value, band) => (out[at + band]! += value / total));
}
