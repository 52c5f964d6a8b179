/**
 * Feature frames exactly as the analysis stored them, for the readouts and overlays at the playhead and under the
 * pointer: fetched in chunks around the wanted time and kept while they are near.
 */
import type { FeatureFrame } from '../../../../src-main/contract/documents/feature-frame.ts';
import { call } from '../../../api/client.ts';
import { wake } from '../../../ui/animation.ts';

const CHUNK_FRAMES = 90;
const MOST_KEPT = 60;

type Chunk = readonly FeatureFrame[];

export class FrameChunks {
  readonly #mediaId: string;
  readonly #framePeriodS: number;
  readonly #chunks = new Map<number, Chunk | 'loading'>();
  /** Rises with every growth of the analysis: an answer from before it may lack frames. */
  #generation = 0;
  /** Rises with every arrival. */
  version = 0;

  constructor(mediaId: string, framePeriodS: number) {
    this.#mediaId = mediaId;
    this.#framePeriodS = framePeriodS;
  }

  /** The frame on screen at a time; null while it is not loaded or not analysed. */
  at(timeS: number): FeatureFrame | null {
    const guess = Math.floor(timeS / this.#framePeriodS + 1e-3);
    let index = Math.floor(guess / CHUNK_FRAMES);
    // A variable rate moves frames against their numbers: walk to the chunk that holds the time.
    for (let steps = 0; steps < 8; steps += 1) {
      const chunk = this.#chunk(index);
      const first = chunk?.[0];
      const last = chunk?.at(-1);
      if (!chunk || !first || !last) return null;
      if (timeS < first.timestamp - 1e-6 && index > 0) index -= 1;
      else if (timeS > last.timestamp + this.#framePeriodS * 1.5 && chunk.length === CHUNK_FRAMES) index += 1;
      else return chunk.findLast((frame) => frame.timestamp <= timeS + 1e-4) ?? first;
    }
    return null;
  }

  /** Forgets what was not complete: the analysis has gone on. */
  grew(): void {
    this.#generation += 1;
    for (const [index, chunk] of this.#chunks)
      if (chunk !== 'loading' && chunk.length < CHUNK_FRAMES) this.#chunks.delete(index);
    this.version += 1;
  }

  #chunk(index: number): Chunk | null {
    const chunk = this.#chunks.get(index);
    if (chunk === 'loading') return null;
    if (chunk) return chunk;
    this.#chunks.set(index, 'loading');
    const generation = this.#generation;
    const query = { start: index * CHUNK_FRAMES, end: (index + 1) * CHUNK_FRAMES - 1 };
    call('getMediaFeatureSeries', { params: { id: this.#mediaId }, query }).then(
      (series) =>
        this.#keep(
          index,
          series.frames.map((entry) => entry.features),
          generation,
        ),
      () => this.#keep(index, [], generation),
    );
    return null;
  }

  #keep(index: number, chunk: Chunk, generation: number): void {
    this.#chunks.delete(index);
    if (chunk.length === CHUNK_FRAMES || generation === this.#generation) this.#chunks.set(index, chunk);
    const oldest = this.#chunks.keys().next().value;
    if (this.#chunks.size > MOST_KEPT && oldest !== undefined) this.#chunks.delete(oldest);
    this.version += 1;
    wake();
  }
}
