/**
 * A column over time, summed up to a number of points: from the frames themselves where points are few frames apart, from
 * the pyramid where they are many. No peak is lost: every frame, or every node, counts in exactly one point. Pure.
 */
import { isPackedColor, summarize } from './pyramid.ts';
import { BLOCK_FRAMES, LEVEL_FRAMES } from './ports.ts';
import type { Level } from './ports.ts';

/** Nodes per point from which a level is fine enough: a node then lies off by at most an eighth of a point. */
const NODES_PER_POINT = 4;

export interface CurveSource {
  /** Of every frame, ascending, seconds. */
  readonly timestamps: Float64Array;
  /** End of the last frame. */
  readonly endS: number;
  /** Frames in blocks; those after them are in the tail. */
  readonly storedFrames: number;
  values(block: number): Float32Array | null;
  level(level: Level): Float32Array;
  tail(frame: number): number;
}

export interface CurveQuestion {
  readonly column: number;
  readonly startS: number;
  readonly endS: number;
  readonly points: number;
}

/** First frame at or after a time. */
function firstAtLeast(timestamps: Float64Array, timeS: number): number {
  let [low, high] = [0, timestamps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timestamps[middle] as number) < timeS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Frames as one array over [first, end), from blocks and tail. */
function gather(source: CurveSource, first: number, end: number): Float32Array {
  const out = new Float32Array(end - first).fill(Number.NaN);
  const stored = Math.min(end, source.storedFrames);
  for (let frame = first; frame < stored; ) {
    const block = Math.floor(frame / BLOCK_FRAMES);
    const start = frame - block * BLOCK_FRAMES;
    const count = Math.min(BLOCK_FRAMES - start, stored - frame);
    const values = source.values(block);
    if (values) out.set(values.subarray(start, start + count), frame - first);
    frame += count;
  }
  for (let frame = Math.max(first, stored); frame < end; frame += 1) out[frame - first] = source.tail(frame);
  return out;
}

/** Points from frames: the frames that begin in a point, or else the one still shown there. */
function fromFrames(source: CurveSource, edges: Float64Array, isColor: boolean): Float32Array {
  const points = edges.length - 1;
  const out = new Float32Array(points * 3).fill(Number.NaN);
  const firstShown = Math.max(0, firstAtLeast(source.timestamps, edges[0] as number) - 1);
  const end = firstAtLeast(source.timestamps, edges[points] as number);
  const values = gather(source, firstShown, Math.max(end, firstShown));
  let frame = firstAtLeast(source.timestamps, edges[0] as number);
  for (let point = 0; point < points; point += 1) {
    const begin = frame;
    while (frame < end && (source.timestamps[frame] as number) < (edges[point + 1] as number)) frame += 1;
    if (frame > begin) summarize(values, begin - firstShown, frame - firstShown, isColor, out, point * 3);
    else if (begin > 0 && (edges[point] as number) < source.endS) out.fill(values[begin - 1 - firstShown] ?? Number.NaN, point * 3, point * 3 + 3);
  }
  return out;
}

/** Adds (min, max, mean) of some frames to a point. */
function accumulate(out: Float32Array, weights: Float64Array, point: number, min: number, max: number, mean: number, weight: number, isColor: boolean): void {
  const at = point * 3;
  const before = weights[point] as number;
  if (before === 0 || isColor) {
    out[at] = min;
    out[at + 1] = max;
    out[at + 2] = mean;
  } else {
    out[at] = Math.min(out[at] as number, min);
    out[at + 1] = Math.max(out[at + 1] as number, max);
    out[at + 2] = ((out[at + 2] as number) * before + mean * weight) / (before + weight);
  }
  weights[point] = before + weight;
}

/** Points from the nodes of a level; a node counts where its middle frame begins. The tail counts frame by frame. */
function fromLevel(source: CurveSource, edges: Float64Array, level: Level, isColor: boolean): Float32Array {
  const points = edges.length - 1;
  const [startS, widthS] = [edges[0] as number, ((edges[points] as number) - (edges[0] as number)) / points];
  const out = new Float32Array(points * 3).fill(Number.NaN);
  const weights = new Float64Array(points);
  const nodes = source.level(level);
  const add = (first: number, frames: number, min: number, max: number, mean: number): void => {
    const point = Math.floor(((source.timestamps[first + (frames >> 1)] as number) - startS) / widthS);
    if (point >= 0 && point < points) accumulate(out, weights, point, min, max, mean, frames, isColor);
  };
  const span = LEVEL_FRAMES[level];
  for (let frame = 0, node = 0; frame < source.storedFrames; node += 1) {
    // A block's last node is cut short where the block ends.
    const blockEnd = Math.min(source.storedFrames, (Math.floor(frame / BLOCK_FRAMES) + 1) * BLOCK_FRAMES);
    const frames = Math.min(span, blockEnd - frame);
    add(frame, frames, nodes[node * 3] as number, nodes[node * 3 + 1] as number, nodes[node * 3 + 2] as number);
    frame += frames;
  }
  for (let frame = source.storedFrames; frame < source.timestamps.length; frame += 1) {
    const value = source.tail(frame);
    add(frame, 1, value, value, value);
  }
  return out;
}

/** @returns points × (min, max, mean), NaN where nothing is stored; packed colours hold the newest value in all three. */
export function curveOf(source: CurveSource, { column, startS, endS, points }: CurveQuestion): Float32Array {
  const edges = Float64Array.from({ length: points + 1 }, (_, i) => startS + ((endS - startS) * i) / points);
  const frames = firstAtLeast(source.timestamps, endS) - firstAtLeast(source.timestamps, startS);
  const level = ([1, 0] as const).find((each) => frames / LEVEL_FRAMES[each] >= points * NODES_PER_POINT);
  const isColor = isPackedColor(column);
  return level === undefined ? fromFrames(source, edges, isColor) : fromLevel(source, edges, level, isColor);
}
