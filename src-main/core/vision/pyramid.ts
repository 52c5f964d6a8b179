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

/** The finest level, from the frames. */
function finestLevel(columnMajor: Float32Array, frames: number): Float32Array {
  const [span] = LEVEL_FRAMES;
  const nodes = nodesOf(frames, 0);
  const out = new Float32Array(columns * nodes * 3);
  for (let column = 0; column < columns; column += 1) {
    const isColor = isPackedColor(column);
    const first = column * frames;
    for (let node = 0; node < nodes; node += 1) {
      summarize(columnMajor, first + node * span, first + Math.min(frames, (node + 1) * span), isColor, out, (column * nodes + node) * 3);
    }
  }
  return out;
}

/** The level above it, from its nodes; each covers a span of frames, the last one maybe fewer. */
function coarserLevel(finer: Float32Array, frames: number): Float32Array {
  const [span, coarseSpan] = LEVEL_FRAMES;
  const step = coarseSpan / span;
  const [fineNodes, nodes] = [nodesOf(frames, 0), nodesOf(frames, 1)];
  const out = new Float32Array(columns * nodes * 3);
  for (let column = 0; column < columns; column += 1) {
    for (let node = 0; node < nodes; node += 1) {
      const end = Math.min(fineNodes, (node + 1) * step);
      joinNodes(finer, column * fineNodes, node * step, end, frames, isPackedColor(column), out, (column * nodes + node) * 3);
    }
  }
  return out;
}

/** Writes (min, max, mean) over the nodes `start` to `end` of a column whose first node is `base`. */
function joinNodes(finer: Float32Array, base: number, start: number, end: number, frames: number, isColor: boolean, out: Float32Array, at: number): void {
  const [span] = LEVEL_FRAMES;
  if (isColor) {
    out.fill(finer[(base + end - 1) * 3] as number, at, at + 3);
    return;
  }
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let node = start; node < end; node += 1) {
    const from = (base + node) * 3;
    if ((finer[from] as number) < min) min = finer[from] as number;
    if ((finer[from + 1] as number) > max) max = finer[from + 1] as number;
    sum += (finer[from + 2] as number) * (Math.min(frames, (node + 1) * span) - node * span);
  }
  out[at] = min;
  out[at + 1] = max;
  out[at + 2] = sum / (Math.min(frames, end * span) - start * span);
}

/** Frames turned from rows to columns, or back, at a time: what is touched then stays in the processor's first cache. */
const TILE_FRAMES = 16;

/**
 * Turns rows into columns.
 * @param rows  frames × 53, row after row.
 * @returns 53 × frames, column after column.
 */
export function columnsOf(rows: Float32Array, frames: number): Float32Array {
  const out = new Float32Array(columns * frames);
  for (let tile = 0; tile < frames; tile += TILE_FRAMES) {
    const end = Math.min(frames, tile + TILE_FRAMES);
    for (let column = 0; column < columns; column += 1) {
      for (let frame = tile; frame < end; frame += 1) out[column * frames + frame] = rows[frame * columns + column] as number;
    }
  }
  return out;
}

/**
 * Turns columns back into rows.
 * @param from   one array per column; frames `start` to `start + count` are taken.
 * @param rows   count × 53, row after row; overwritten.
 */
export function rowsOf(from: readonly Float32Array[], start: number, count: number, rows: Float32Array): void {
  for (let tile = 0; tile < count; tile += TILE_FRAMES) {
    const end = Math.min(count, tile + TILE_FRAMES);
    for (let column = 0; column < columns; column += 1) {
      const values = from[column] as Float32Array;
      for (let frame = tile; frame < end; frame += 1) rows[frame * columns + column] = values[start + frame] as number;
    }
  }
}

/**
 * The stored form of some frames.
 * @param rows        frames × 53, row after row.
 * @param timestamps  frames, seconds.
 */
export function encodeBlock(index: number, rows: Float32Array, timestamps: Float64Array): FeatureBlock {
  const frames = timestamps.length;
  const columnMajor = columnsOf(rows, frames);
  const finest = finestLevel(columnMajor, frames);
  return { index, frames, timestamps, columns: columnMajor, levels: [finest, coarserLevel(finest, frames)] };
}
