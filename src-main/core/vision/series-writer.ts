/**
 * Writes a series as its frames arrive: whole blocks once, the rest as a tail that is written anew with every part, so that
 * a reader sees the frames soon after they arrived. Memory: one block.
 */
import { AppError } from '../../contract/errors.ts';
import { featureLayout } from '../../contract/feature-layout.ts';
import type { FeatureRows } from '../../contract/hosts/analysis.ts';
import type { Clock } from '../clock.ts';
import { encodeBlock } from './pyramid.ts';
import { BLOCK_FRAMES } from './ports.ts';
import type { FeatureBlock, FeatureBlocks, SeriesKey } from './ports.ts';

const { columns } = featureLayout;
/** Frames that came sooner after the last write wait in memory: the tail is written anew each time. */
const TAIL_MS = 200;

export class SeriesWriter {
  readonly #blocks: FeatureBlocks;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly id: number;
  readonly #rows = new Float32Array(BLOCK_FRAMES * columns);
  readonly #timestamps = new Float64Array(BLOCK_FRAMES);
  #index = 0;
  #held = 0;
  #writtenMs = Number.NEGATIVE_INFINITY;

  constructor(blocks: FeatureBlocks, key: SeriesKey, clock: Pick<Clock, 'nowMs'>) {
    this.#blocks = blocks;
    this.#clock = clock;
    this.id = blocks.create(key, clock.nowMs()).id;
  }

  /** Frames written so far. */
  get frames(): number {
    return this.#index * BLOCK_FRAMES + this.#held;
  }

  /** @throws AppError 'internal' when the frames do not follow those before. */
  append({ first_frame, rows, timestamps }: FeatureRows): void {
    if (first_frame !== this.frames || rows.length !== timestamps.length * columns) {
      throw new AppError('internal', `Frame ${first_frame} arrived where ${this.frames} was expected.`);
    }
    const whole: FeatureBlock[] = [];
    for (let at = 0; at < timestamps.length; ) {
      const count = Math.min(BLOCK_FRAMES - this.#held, timestamps.length - at);
      this.#rows.set(rows.subarray(at * columns, (at + count) * columns), this.#held * columns);
      this.#timestamps.set(timestamps.subarray(at, at + count), this.#held);
      this.#held += count;
      at += count;
      if (this.#held === BLOCK_FRAMES) whole.push(this.#takeBlock());
    }
    const tail = {
      firstFrame: this.#index * BLOCK_FRAMES,
      rows: this.#rows.subarray(0, this.#held * columns),
      timestamps: this.#timestamps.subarray(0, this.#held),
    };
    const nowMs = this.#clock.nowMs();
    if (whole.length === 0 && nowMs - this.#writtenMs < TAIL_MS) return;
    this.#writtenMs = nowMs;
    this.#blocks.write(this.id, { blocks: whole, tail: this.#held > 0 ? tail : null, frames: this.frames, endS: timestamps.at(-1) ?? 0, nowMs });
  }

  /** Makes what was written the series of its key. @param endS  end of the last frame. */
  finish(endS: number): void {
    const { frames } = this;
    const blocks = this.#held > 0 ? [this.#takeBlock()] : [];
    this.#blocks.write(this.id, { blocks, tail: null, frames, endS, nowMs: this.#clock.nowMs() });
    this.#blocks.complete(this.id, endS);
  }

  /** Forgets what was written. */
  discard(): void {
    this.#blocks.remove(this.id);
  }

  #takeBlock(): FeatureBlock {
    const rows = this.#rows.slice(0, this.#held * columns);
    const block = encodeBlock(this.#index, rows, this.#timestamps.slice(0, this.#held));
    this.#index += 1;
    this.#held = 0;
    return block;
  }
}
