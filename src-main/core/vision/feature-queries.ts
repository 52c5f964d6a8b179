/**
 * Questions to a stored series: one frame, a range with a stride, a curve of one column over time. Blocks are read through
 * a cache; a series that still grows answers from its tail as well.
 */
import { frameOfRow } from '../../contract/documents/feature-frame.ts';
import { featureLayout } from '../../contract/feature-layout.ts';
import type { FeatureChunk } from '../../contract/hosts/sound.ts';
import type { FeatureSeries } from '../../contract/documents/session-features.ts';
import { curveOf } from './curve.ts';
import { LruCache } from './lru-cache.ts';
import type { CacheMeasures } from './lru-cache.ts';
import { BLOCK_FRAMES } from './ports.ts';
import { rowsOf } from './pyramid.ts';
import type { FeatureBlocks, FeatureTail, SeriesRecord } from './ports.ts';

const { columns } = featureLayout;
const CACHE_BYTES = 64 << 20;

/** Index of the last value that is at most `target`; -1 when all are above. */
export function lastAtMost(ascending: ArrayLike<number>, target: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= target) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export class FeatureQueries {
  readonly #blocks: FeatureBlocks;
  readonly #cache: LruCache<Float32Array | Float64Array>;

  constructor(blocks: FeatureBlocks, cacheBytes = CACHE_BYTES) {
    this.#blocks = blocks;
    this.#cache = new LruCache(cacheBytes);
  }

  cacheMeasures(): CacheMeasures {
    return this.#cache.measures();
  }

  /**
   * Frames `first` to `last`, inclusive, cut to what is stored.
   * @returns rows n × 53 and n times; the arrays are the caller's.
   * Cost: 54 small reads per block touched, none of those held.
   */
  rows(series: SeriesRecord, first: number, last: number): FeatureChunk {
    const count = Math.max(0, Math.min(last, series.frames - 1) - first + 1);
    const rows = new Float32Array(count * columns);
    const timestamps = new Float64Array(count);
    const tail = this.#tailOf(series);
    for (let at = 0; at < count; ) {
      const frame = first + at;
      const isTail = tail !== null && frame >= tail.firstFrame;
      const start = isTail ? frame - tail.firstFrame : frame % BLOCK_FRAMES;
      const room = isTail ? tail.timestamps.length - start : BLOCK_FRAMES - start;
      const taken = Math.min(room, count - at);
      const target = rows.subarray(at * columns, (at + taken) * columns);
      if (isTail) {
        target.set(tail.rows.subarray(start * columns, (start + taken) * columns));
        timestamps.set(tail.timestamps.subarray(start, start + taken), at);
      } else {
        this.#copyBlock(series.id, Math.floor(frame / BLOCK_FRAMES), start, taken, target, timestamps.subarray(at));
      }
      at += taken;
    }
    return { rows, timestamps };
  }

  /** Every `stride`-th frame of an inclusive range, and the runs of frames that are not stored. */
  series(series: SeriesRecord, start: number, end: number, stride: number): FeatureSeries {
    const { rows, timestamps } = this.rows(series, start, end);
    const frames: FeatureSeries['frames'] = [];
    for (let i = 0; i < timestamps.length; i += stride) {
      frames.push({ frame: start + i, features: frameOfRow(rows.subarray(i * columns, (i + 1) * columns), timestamps[i] as number) });
    }
    const firstMissing = Math.max(start, series.frames);
    return { frames, missing: end >= firstMissing ? [[firstMissing, end]] : [] };
  }

  /** All times of the series, ascending, in seconds; read only. */
  timestamps(series: SeriesRecord): Float64Array {
    const whole = Math.floor(series.frames / BLOCK_FRAMES) * BLOCK_FRAMES;
    const stored = series.isComplete ? series.frames : whole;
    const all = this.#cache.get(`${series.id}/times/${stored}`, () => this.#joinTimes(series.id, stored)) as Float64Array;
    const tail = this.#tailOf(series);
    if (!tail) return all;
    const joined = new Float64Array(all.length + tail.timestamps.length);
    joined.set(all);
    joined.set(tail.timestamps, all.length);
    return joined;
  }

  /** Number of the frame shown at a time; 0 before the first. */
  frameAt(series: SeriesRecord, timeS: number): number {
    return Math.max(0, lastAtMost(this.timestamps(series), timeS));
  }

  /**
   * One column over [startS, endS) as `points` × (min, max, mean); NaN where nothing is stored.
   * Cost: an hour at 30 fps on 1000 points reads about 80 KB.
   */
  curve(series: SeriesRecord, column: number, startS: number, endS: number, points: number): Float32Array {
    const tail = this.#tailOf(series);
    return curveOf(
      {
        timestamps: this.timestamps(series),
        endS: series.endS,
        storedFrames: tail ? tail.firstFrame : series.frames,
        values: (block) => this.#column(series.id, block, column),
        level: (level) => this.#blocks.level(series.id, column, level),
        tail: (frame) => tail?.rows[(frame - tail.firstFrame) * columns + column] ?? Number.NaN,
      },
      { column, startS, endS, points },
    );
  }

  #tailOf(series: SeriesRecord): FeatureTail | null {
    return series.isComplete ? null : this.#blocks.tail(series.id);
  }

  #column(id: number, block: number, column: number): Float32Array | null {
    return this.#cache.get(`${id}/${block}/${column}`, () => this.#blocks.column(id, block, column)) as Float32Array | null;
  }

  #copyBlock(id: number, block: number, start: number, count: number, rows: Float32Array, timestamps: Float64Array): void {
    const values = Array.from({ length: columns }, (_, column) => this.#column(id, block, column));
    if (values.every((each) => each !== null)) rowsOf(values, start, count, rows);
    else rows.fill(Number.NaN);
    const times = this.#cache.get(`${id}/${block}/t`, () => this.#blocks.timestamps(id, block)) as Float64Array | null;
    if (times) timestamps.set(times.subarray(start, start + count));
  }

  #joinTimes(id: number, frames: number): Float64Array {
    const all = new Float64Array(frames);
    for (let block = 0; block * BLOCK_FRAMES < frames; block += 1) {
      const times = this.#blocks.timestamps(id, block);
      if (times) all.set(times, block * BLOCK_FRAMES);
    }
    return all;
  }
}
