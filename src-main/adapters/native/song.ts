/** Song analysis: the typed face of the addon's SongAnalyzer. */
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';
import { loadAddon } from './addon.ts';
import { nativeError } from './native-error.ts';

/** What the ear finds by itself; the rest of the document is the caller's. */
export type HeardSong = Omit<SongAnalysis, 'version' | 'beat_source'>;

/** A model's belief in beats: pairs (beat, downbeat), 0..1, `rate` a second, the first at second `start`. */
export interface Activations {
  readonly values: Float32Array;
  readonly rate: number;
  readonly start: number;
}

interface NativeAnalyzer {
  push(samples: Float32Array): void;
  finish(activations?: Activations | null): Promise<HeardSong>;
  cancel(): void;
}

interface SongExports {
  readonly SongAnalyzer: (new () => NativeAnalyzer) & { readonly sampleRate: number };
}

/**
 * Listens to a song piece by piece and then says what it is; any length. Keeps features only, 3 kB per second of sound.
 * docs/song.md defines every field.
 */
export class SongAnalyzer {
  readonly #native: NativeAnalyzer;

  constructor() {
    const { SongAnalyzer: Native } = loadAddon() as SongExports;
    this.#native = new Native();
  }

  /** Samples per second of what is pushed. */
  static get sampleRate(): number {
    return (loadAddon() as SongExports).SongAnalyzer.sampleRate;
  }

  /** @param samples  mono, -1..1, any number; read only. Synchronous: about 1/2000 of real time. @throws AppError */
  push(samples: Float32Array): void {
    try {
      this.#native.push(samples);
    } catch (error) {
      throw nativeError(error);
    }
  }

  /**
   * The analysis of what was pushed, on a thread of its own: about 10 ms per minute of sound. The analyzer is as new meanwhile.
   * @param activations  of a model over the same sound; without them the analyzer's own onset curve is followed.
   * @throws AppError 'native-size-mismatch' when the activations are no pairs.
   */
  async finish(activations: Activations | null = null): Promise<HeardSong> {
    try {
      return await this.#native.finish(activations);
    } catch (error) {
      throw nativeError(error);
    }
  }

  /** A finish() that runs ends soon, with an answer of no use. */
  cancel(): void {
    this.#native.cancel();
  }
}
