/** What the BeatNet model listens to: the typed face of the addon's BeatNetFeatures. */
import { loadAddon } from './addon.ts';
import { nativeError } from './native-error.ts';

interface NativeFeatures {
  push(samples: Float32Array): Float32Array;
  finish(): Float32Array;
}

interface BeatNetExports {
  readonly BeatNetFeatures: new (filterbank: Float32Array) => NativeFeatures;
}

/** Samples per second that are pushed, frames per second that come, values per frame. Frame i is centred on second i / 50. */
export const BEATNET_RATE_HZ = 22_050;
export const BEATNET_FRAMES_HZ = 50;
export const BEATNET_FEATURES = 272;
/** Of the filter bank that comes with the model: bands × bins, row-major. */
export const BEATNET_FILTERBANK_LENGTH = 136 * 705;

/** Streaming. Of n samples come ceil(n / 441) frames in all. Source: Heydari et al., "BeatNet", ISMIR 2021. */
export class BeatNetFeatures {
  readonly #native: NativeFeatures;

  /** @param filterbank  Float32Array of BEATNET_FILTERBANK_LENGTH. @throws AppError 'native-size-mismatch' */
  constructor(filterbank: Float32Array) {
    const { BeatNetFeatures: Native } = loadAddon() as BeatNetExports;
    try {
      this.#native = new Native(filterbank);
    } catch (error) {
      throw nativeError(error);
    }
  }

  /**
   * @param samples  mono at 22 050 Hz, -1..1, any number; read only.
   * @returns the frames that became complete: n × 272, 136 log magnitudes and then what each rose by.
   * Synchronous: about 1/2000 of real time.
   */
  push(samples: Float32Array): Float32Array {
    try {
      return this.#native.push(samples);
    } catch (error) {
      throw nativeError(error);
    }
  }

  /** The frames that reach beyond the end of the sound. The object is as new afterwards. */
  finish(): Float32Array {
    return this.#native.finish();
  }
}
