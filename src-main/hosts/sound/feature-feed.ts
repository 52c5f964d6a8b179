/** Feeds the engine its feature events just ahead of the samples they act on, chunk by chunk from the main process. */
import { type FeatureChunk, FeatureChunkOutputSchema } from '../../contract/hosts/sound.ts';
import { roundHalfUp } from '../../contract/units.ts';
import type { HostCaller } from '../../core/host.ts';

export interface FeatureSink {
  /** n × 53 values and n rising absolute sample positions. */
  pushFeatures(rows: Float32Array, positions: Float64Array): void;
}

export class FeatureFeed {
  readonly #caller: HostCaller;
  readonly #mediaId: string;
  readonly #sampleRate: number;
  #index: number;
  #fedUntil = -1;
  #isOver = false;

  constructor(caller: HostCaller, source: { mediaId: string; firstChunk: number; sampleRate: number }) {
    this.#caller = caller;
    this.#mediaId = source.mediaId;
    this.#index = source.firstChunk;
    this.#sampleRate = source.sampleRate;
  }

  /** Pushes chunks until every event before sample `end` is with the sink. */
  async feed(sink: FeatureSink, end: number): Promise<void> {
    while (!this.#isOver && this.#fedUntil < end) {
      const chunk = await this.#next();
      if (chunk === null || chunk.timestamps.length === 0) {
        this.#isOver = true;
        return;
      }
      const positions = Float64Array.from(chunk.timestamps, (time) => roundHalfUp(time * this.#sampleRate));
      sink.pushFeatures(chunk.rows, positions);
      this.#fedUntil = positions.at(-1) ?? end;
    }
  }

  async #next(): Promise<FeatureChunk | null> {
    const answer = await this.#caller.call('features.chunk', { media_id: this.#mediaId, index: this.#index });
    this.#index += 1;
    return FeatureChunkOutputSchema.parse(answer);
  }
}
