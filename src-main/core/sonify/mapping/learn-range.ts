/** Learn range: what a source really does in a film becomes the input range of a row. Pure; writes numbers, never follows. */
import type { MappingRow } from '../../../contract/documents/mapping.ts';
import { sources } from '../../../contract/documents/sources.ts';

const LOW = 0.05;
const HIGH = 0.95;
/** A source that hardly moves still gets a range this wide, as a fraction of its full one. */
const LEAST_WIDTH = 0.02;

function percentile(sorted: Float64Array, fraction: number): number {
  const position = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * The 5th and 95th percentile of a curve.
 * @param values  any order; values that are not finite are left out.
 * @returns null when nothing is left.
 */
export function learnRange(values: ArrayLike<number>): readonly [number, number] | null {
  const sorted = Float64Array.from(values).filter((value) => Number.isFinite(value)).sort();
  return sorted.length === 0 ? null : [percentile(sorted, LOW), percentile(sorted, HIGH)];
}

/** The row with its input range learned from the values of its source; a backward range stays backward. */
export function withLearnedRange(row: MappingRow, values: ArrayLike<number>): MappingRow {
  const range = learnRange(values);
  if (range === null) return row;
  const spec = sources[row.source];
  const lack = LEAST_WIDTH * (spec.max - spec.min) - (range[1] - range[0]);
  const [low, high] = lack > 0 ? [range[0] - lack / 2, range[1] + lack / 2] : range;
  return { ...row, input: row.input[0] > row.input[1] ? [high, low] : [low, high] };
}
