/**
 * Soft histograms as embeddings. The square roots of two histograms have the Bhattacharyya coefficient as their dot product
 * (Bhattacharyya 1943; "Hellinger kernel"), so that one cosine compares distributions without the mean of any library. Pure.
 */

/** Where the values of a channel lie; those beyond are taken for the ends. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * Adds the square roots of a histogram of `values` to `out` from `at` on: `bins` floats whose squares sum to 1, each value
 * shared by the two nearest bins; all zero without values.
 */
export function rootHistogram(values: readonly (Float32Array | readonly number[])[], { low, high }: Range, out: Float32Array, at: number, bins: number): void {
  let total = 0;
  for (const series of values) {
    for (const value of series) {
      if (!Number.isFinite(value)) continue;
      const place = Math.min(1, Math.max(0, (value - low) / (high - low))) * (bins - 1);
      const bin = Math.min(bins - 2, Math.floor(place));
      out[at + bin]! += bin + 1 - place;
      out[at + bin + 1]! += place - bin;
      total += 1;
    }
  }
  for (let bin = 0; bin < bins && total > 0; bin += 1) out[at + bin] = Math.sqrt(out[at + bin]! / total);
}

/** Divides by the Euclidean norm; a zero vector stays zero. */
export function normalised(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector);
  return norm > 0 ? vector.map((value) => value / norm) : vector;
}
