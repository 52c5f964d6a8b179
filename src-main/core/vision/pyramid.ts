/**
 * From rows of frames to a stored block: columns apart, and for each column a pyramid of (min, max, mean) so that a curve of
 * any length is read in a few kilobytes. Packed colours have no mean: their three places hold the newest value. Pure.
 */
import { DOMINANT_COLORS, featureLayout } from '../../contract/feature-layout.ts';
import { LEVEL_FRAMES } from './ports.ts';
import type { FeatureBlock } from './ports.ts';

const { columns, color } = featureLayout;

/** Whether a column holds packed colours (0xRRGGBB). */
export function isPackedColor(column: number): boolean {
  return column >= color && column < color + DOMINANT_COLORS * 2 && (column - color) % 2 === 0;
}

/** Nodes of a level over so many frames; the last may cover fewer. */
export function nodesOf(frames: number, level: 0 | 1): number {
  return Math.ceil(frames / LEVEL_FRAMES[level]);
}

/** Writes (min, max, mean) of `values` from `start` to `end`, exclusive, at `at` in `out`. */
export function summarize(values: Float32Array, start: number, end: number, isColor: boolean, out: Float32Array, at: number): void {
  if (isColor) {
    out.fill(values[end - 1] ?? Number.NaN, at, at + 3);
    return;
  }
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let i = start; i < end; i += 1) {
    const value = values[i] as number;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  out[at] = min;
  out[at + 1] = max;
  out[at + 2] = sum / (end - start);
}

function levelOf(columnMajor: Float32Array, frames: number, level: 0 | 1): Float32Array {
  const span = LEVEL_FRAMES[level];
  const nodes = nodesOf(frames, level);
  const out = new Float32Array(columns * nodes * 3);
  for (let column = 0; column < columns; column += 1) {
    const values = columnMajor.subarray(column * frames, (column + 1) * frames);
    for (let node = 0; node < nodes; node += 1) {
      const end = Math.min(frames, (node + 1) * span);
      summarize(values, node * span, end, isPackedColor(column), out, (column * nodes + node) * 3);
    }
  }
  return out;
}

/**
 * The stored form of some frames.
 * @param rows        frames × 53, row after row.
 * @param timestamps  frames, seconds.
 */
export function encodeBlock(index: number, rows: Float32Array, timestamps: Float64Array): FeatureBlock {
  const frames = timestamps.length;
  const columnMajor = new Float32Array(columns * frames);
  for (let frame = 0; frame < frames; frame += 1) {
    for (let column = 0; column < columns; column += 1) {
      columnMajor[column * frames + frame] = rows[frame * columns + column] as number;
    }
  }
  return { index, frames, timestamps, columns: columnMajor, levels: [levelOf(columnMajor, frames, 0), levelOf(columnMajor, frames, 1)] };
}
