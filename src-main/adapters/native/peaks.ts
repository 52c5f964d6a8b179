/** Waveform peaks: the typed face of the addon's `peaks`. */
import { loadAddon } from './addon.ts';
import { nativeError } from './native-error.ts';

interface PeaksExports {
  peaks(samples: Float32Array, channels: number, framesPerPeak: number, out: Int16Array): void;
}

/**
 * Minimum, maximum and root mean square over all channels of each stretch of frames.
 * @param samples  interleaved, -1..1; read only.
 * @param out  Int16Array of 3 × ceil(frames / framesPerPeak): (min, max, rms) per peak, full scale 32767; overwritten.
 * @throws AppError 'native-size-mismatch'. Cost: about 1 ms per million samples; synchronous.
 */
export function peaks(samples: Float32Array, channels: number, framesPerPeak: number, out: Int16Array): void {
  try {
    (loadAddon() as PeaksExports).peaks(samples, channels, framesPerPeak, out);
  } catch (error) {
    throw nativeError(error);
  }
}
