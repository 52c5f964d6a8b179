/** Brings a film's features to the instrument as far as they are known, and goes on asking while the film is analysed. */
import type { LivePlayer } from '../../adapters/native/live-player.ts';
import { FeatureRowsOutputSchema, type FilmSchema } from '../../contract/hosts/live.ts';
import type { HostCaller } from '../../core/host.ts';
import type { z } from 'zod';

const CHUNK_FRAMES = 3600;
const ASK_AGAIN_MS = 100;

export class FilmFeed {
  readonly #caller: HostCaller;
  readonly #player: LivePlayer;
  #current: AbortController | null = null;

  constructor(caller: HostCaller, player: LivePlayer) {
    this.#caller = caller;
    this.#player = player;
  }

  /** Replaces the film; frames arrive from now on, the first ones first. */
  load(film: z.infer<typeof FilmSchema>): void {
    this.stop();
    const current = new AbortController();
    this.#current = current;
    this.#player.setTrack(film.capacity);
    this.#player.seek(film.position_s);
    void this.#run(film.media_id, film.capacity, current.signal).catch(() => undefined);
  }

  stop(): void {
    this.#current?.abort();
    this.#current = null;
  }

  async #run(mediaId: string, capacity: number, signal: AbortSignal): Promise<void> {
    for (let first = 0; first < capacity; ) {
      const count = Math.min(CHUNK_FRAMES, capacity - first);
      const answer = FeatureRowsOutputSchema.parse(await this.#caller.call('features.rows', { media_id: mediaId, first, count }, { signal }));
      if (signal.aborted) return;
      const isFinished = answer.is_complete && answer.timestamps.length < count;
      this.#player.appendTrack(answer.timestamps, answer.rows, isFinished);
      first += answer.timestamps.length;
      if (isFinished) return;
      if (answer.timestamps.length < count) await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
    this.#player.appendTrack(new Float64Array(0), new Float32Array(0), true);
  }
}
