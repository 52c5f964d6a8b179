/** What a clip sounds like: the typed face of the addon's `clipSound`. */
import { loadAddon } from './addon.ts';
import { nativeError } from './native-error.ts';

interface ClipSoundExports {
  clipSound(samples: Float32Array, out: Float32Array): Promise<void>;
}

/** Samples per second the embedding is made from. */
export const CLIP_SOUND_RATE = 22_050;
const LENGTH = 128;

/**
 * 128 numbers of length 1, the space "sound-1" (docs/library.md); all zero for silence.
 * @param samples  mono at CLIP_SOUND_RATE, -1..1; read on another thread until the promise settles.
 * @throws AppError 'addon-missing'. Cost: about 0.4 ms a second of sound, on Node's pool.
 */
export async function clipSound(samples: Float32Array): Promise<Float32Array<ArrayBuffer>> {
  const out = new Float32Array(LENGTH);
  try {
    await (loadAddon() as ClipSoundExports).clipSound(samples, out);
  } catch (error) {
    throw nativeError(error);
  }
  return out;
}
