/** Loudness and the last step of an export: the typed faces of the addon's LoudnessMeter and Finalizer. */
import { loadAddon } from './addon.ts';
import { nativeError } from './native-error.ts';

interface NativeMeter {
  push(samples: Float32Array): void;
  integrated(): number;
  shortTerm(): number;
  momentary(): number;
  truePeakDb(): number;
}

interface NativeFinalizer {
  process(samples: Float32Array): Promise<void>;
  takeReductionDb(): number;
  readonly latencyFrames: number;
}

export interface FinalizerOptions {
  readonly sampleRate: number;
  readonly gainDb: number;
  /** dBTP, at most 0. */
  readonly ceilingDb: number;
}

interface MasteringExports {
  readonly LoudnessMeter: new (rate: number, channels: number) => NativeMeter;
  readonly Finalizer: new (options: FinalizerOptions) => NativeFinalizer;
}

function made<T>(make: (addon: MasteringExports) => T): T {
  const addon = loadAddon() as MasteringExports;
  try {
    return make(addon);
  } catch (error) {
    throw nativeError(error);
  }
}

/** Loudness after ITU-R BS.1770-4 and EBU Tech 3341. All loudness in LUFS; -Infinity when nothing passes the gate. */
export class LoudnessMeter {
  readonly #native: NativeMeter;

  /** @param channels 1..6, in the order L R C LFE Ls Rs. */
  constructor(rate: number, channels: number) {
    this.#native = made(({ LoudnessMeter: Native }) => new Native(rate, channels));
  }

  /** @param samples  whole interleaved frames, any number. Synchronous: about 1/300 of real time. */
  push(samples: Float32Array): void {
    try {
      this.#native.push(samples);
    } catch (error) {
      throw nativeError(error);
    }
  }

  /** Gated, over everything pushed. */
  integrated(): number {
    return this.#native.integrated();
  }

  /** Of the last 3 s. */
  shortTerm(): number {
    return this.#native.shortTerm();
  }

  /** Of the last 400 ms. */
  momentary(): number {
    return this.#native.momentary();
  }

  /** Highest peak so far in dBTP, four times oversampled. */
  truePeakDb(): number {
    return this.#native.truePeakDb();
  }
}

/** One static gain and a true-peak limiter, stereo, streaming. The output is `latencyFrames` late. */
export class Finalizer {
  readonly #native: NativeFinalizer;

  constructor(options: FinalizerOptions) {
    this.#native = made(({ Finalizer: Native }) => new Native(options));
  }

  get latencyFrames(): number {
    return this.#native.latencyFrames;
  }

  /** @param samples  interleaved stereo, changed in place; not to be transferred before the promise settles. */
  async process(samples: Float32Array): Promise<void> {
    try {
      await this.#native.process(samples);
    } catch (error) {
      throw nativeError(error);
    }
  }

  /** What the limiter still holds: the last `latencyFrames` frames. The object is not used afterwards. */
  async flush(): Promise<Float32Array> {
    const rest = new Float32Array(2 * this.latencyFrames);
    await this.process(rest);
    return rest;
  }

  /** The strongest gain reduction since the last call, in dB. */
  takeReductionDb(): number {
    return this.#native.takeReductionDb();
  }
}
