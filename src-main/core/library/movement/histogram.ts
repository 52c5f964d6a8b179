/**
 * Soft histograms as embeddings. The dot product of the square roots of two histograms is their Bhattacharyya coefficient
 * (Bhattacharyya, 1943), so one cosine compares distributions. What every clip has in common is taken off beforehand: the root
 * of the histogram of a typical curve, which knows nothing of any library. Pure.
 */

/** Where the values of a curve lie; those beyond are taken for the ends. */
export interface Range {
  readonly low: number;
  readonly high: number;
  /** Normal distribution of a typical curve on the range's 0..1. */
  readonly typical: { readonly mean: number; readonly deviation: number };
}

/** A quantity about the middle of its range: an angle, a height. */
export function about(low: number, high: number): Range {
  return { low, high, typical: { mean: 0.5, deviation: 0.22 } };
}

/** A quantity that starts at 0 and is mostly small: a speed, a distance. */
export function upTo(high: number): Range {
  return { low: 0, high, typical: { mean: 0.2, deviation: 0.28 } };
}

/** Adds one value, at `place` of 0..1, to the two bins nearest to it. */
function share(out: Float32Array, at: number, bins: number, place: number, weight: number): void {
  const exact = Math.min(1, Math.max(0, place)) * (bins - 1);
  const bin = Math.min(bins - 2, Math.floor(exact));
  out[at + bin]! += weight * (bin + 1 - exact);
  out[at + bin + 1]! += weight * (exact - bin);
}

const STEPS = 400;
const typicalRoots = new Map<string, Float32Array>();

/** Roots of the histogram of a typical curve. */
function typicalRoot({ typical: { mean, deviation } }: Range, bins: number): Float32Array {
  const key = `${mean} ${deviation} ${bins}`;
  const known = typicalRoots.get(key);
  if (known) return known;
  const histogram = new Float32Array(bins);
  let total = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const place = step / (STEPS - 1);
    const weight = Math.exp(-((place - mean) ** 2) / (2 * deviation * deviation));
    share(histogram, 0, bins, place, weight);
    total += weight;
  }
  const roots = histogram.map((value) => Math.sqrt(value / total));
  typicalRoots.set(key, roots);
  return roots;
}

/**
 * Writes `bins` floats to `out` from `at` on: roots of the histogram of all values, each shared by the two nearest bins, less
 * those of a typical curve; zeros without values.
 */
export function rootHistogram(values: readonly Float32Array[], range: Range, out: Float32Array, at: number, bins: number): void {
  const total = values.reduce((sum, { length }) => sum + length, 0);
  if (total === 0) return;
  for (const series of values) for (const value of series) share(out, at, bins, (value - range.low) / (range.high - range.low), 1);
  typicalRoot(range, bins).forEach((typical, bin) => (out[at + bin] = Math.sqrt(out[at + bin]! / total) - typical));
}

/** Divides by the Euclidean norm; a zero vector stays zero. */
export function normalised(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector);
  return norm > 0 ? vector.map((value) => value / norm) : vector;
}
