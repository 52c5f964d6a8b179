/** What can be read off rendered sound: levels, onsets, the rate of the wobble, the pitch classes of a chord. */
import { fft, powerSpectrum } from './spectrum.ts';

/** One channel pair of an interleaved signal as mono. */
export function monoOf(interleaved: Float32Array, channels: number, first = 0): Float64Array {
  return Float64Array.from({ length: interleaved.length / channels }, (_, i) => {
    const at = i * channels + first;
    return 0.5 * ((interleaved[at] ?? 0) + (interleaved[at + 1] ?? 0));
  });
}

/** Two of the channels as interleaved stereo. */
export function pairOf(interleaved: Float32Array, channels: number, first: number): Float32Array {
  const out = new Float32Array((2 * interleaved.length) / channels);
  for (let i = 0; i < out.length / 2; i += 1) {
    out[2 * i] = interleaved[i * channels + first] ?? 0;
    out[2 * i + 1] = interleaved[i * channels + first + 1] ?? 0;
  }
  return out;
}

export function rmsDb(samples: ArrayLike<number>, from = 0, to = samples.length): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += (samples[i] ?? 0) ** 2;
  return 10 * Math.log10(sum / Math.max(1, to - from) + 1e-20);
}

export function peakDb(samples: ArrayLike<number>, from = 0, to = samples.length): number {
  let peak = 0;
  for (let i = from; i < to; i += 1) peak = Math.max(peak, Math.abs(samples[i] ?? 0));
  return 20 * Math.log10(peak + 1e-20);
}

/** Energy of a signal in dB per millisecond, above and below 1 kHz. */
function bandEnvelopes(mono: ArrayLike<number>, sampleRate: number): [Float64Array, Float64Array] {
  const hop = Math.round(sampleRate / 1000);
  const count = Math.floor(mono.length / hop);
  const bands: [Float64Array, Float64Array] = [new Float64Array(count), new Float64Array(count)];
  const keep = Math.exp((-2 * Math.PI * 1000) / sampleRate);
  let low = 0;
  for (let frame = 0; frame < count; frame += 1) {
    const sums = [1e-9, 1e-9];
    for (let i = frame * hop; i < (frame + 1) * hop; i += 1) {
      low = (mono[i] ?? 0) + (low - (mono[i] ?? 0)) * keep;
      sums[0] = (sums[0] ?? 0) + low ** 2;
      sums[1] = (sums[1] ?? 0) + ((mono[i] ?? 0) - low) ** 2;
    }
    bands.forEach((band, index) => (band[frame] = 10 * Math.log10(sums[index] ?? 0)));
  }
  return bands;
}

/** Rise in dB of the mean of 6 ms over the loudest 6 ms of the 30 ms before. */
function rises(envelope: Float64Array): Float64Array {
  const smooth = envelope.map((_, i) => {
    const window = envelope.subarray(Math.max(0, i), i + 6);
    return window.reduce((a, b) => a + b, 0) / window.length;
  });
  return smooth.map((value, i) => (i < 36 ? 0 : value - Math.max(...smooth.subarray(i - 36, i - 6))));
}

/**
 * Onset positions in samples: where the energy below or above 1 kHz rises by `riseDb` within 6 ms.
 * @param gapS  least distance of two onsets.
 */
export function onsets(mono: ArrayLike<number>, sampleRate: number, riseDb = 5, gapS = 0.05): number[] {
  const [low, high] = bandEnvelopes(mono, sampleRate).map(rises) as [Float64Array, Float64Array];
  const strength = low.map((value, i) => Math.max(value, high[i] ?? 0));
  const found: number[] = [];
  for (let i = 1; i + 1 < strength.length; i += 1) {
    const here = strength[i] ?? 0;
    if (here < riseDb || here < (strength[i - 1] ?? 0) || here < (strength[i + 1] ?? 0)) continue;
    if (found.length === 0 || i - (found.at(-1) ?? 0) >= gapS * 1000) found.push(i);
  }
  return found.map((frame) => Math.round((frame * sampleRate) / 1000));
}

/** Rate at which the brightness and level of a sound move, by the strongest line of its envelope's spectrum. 0 when it is still. */
export function wobbleRateHz(mono: ArrayLike<number>, sampleRate: number, range: readonly [number, number] = [0.3, 20]): number {
  const hop = Math.round(sampleRate / 200);
  const rate = sampleRate / hop;
  const envelope: number[] = [];
  let low = 0;
  let sum = 0;
  for (let i = 0; i < mono.length; i += 1) {
    // What the low-pass lets through above 150 Hz: the sub does not move, the harmonics do.
    low += 0.0195 * ((mono[i] ?? 0) - low);
    sum += ((mono[i] ?? 0) - low) ** 2;
    if ((i + 1) % hop === 0) {
      envelope.push(Math.sqrt(sum / hop));
      sum = 0;
    }
  }
  const mean = envelope.reduce((a, b) => a + b, 0) / envelope.length;
  const size = 8192;
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  envelope.slice(0, size).forEach((value, i) => {
    re[i] = (value - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / envelope.length));
  });
  fft(re, im);
  const power = (k: number): number => (re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2;
  let best = 0;
  for (let k = Math.ceil((range[0] * size) / rate); k < (range[1] * size) / rate; k += 1) if (power(k) > power(best) || best === 0) best = k;
  const [a, b, c] = [Math.sqrt(power(best - 1)), Math.sqrt(power(best)), Math.sqrt(power(best + 1))];
  if (b < mean * 0.5) return 0;
  return ((best + (0.5 * (a - c)) / (a - 2 * b + c)) * rate) / size;
}

/** Strength of each of the twelve pitch classes (0 = C) between two frequencies, sums to 1. */
export function pitchClasses(mono: ArrayLike<number>, start: number, sampleRate: number, size = 32768, rangeHz: readonly [number, number] = [110, 1000]): Float64Array {
  const spectrum = powerSpectrum(mono, start, size);
  const classes = new Float64Array(12);
  const binHz = sampleRate / size;
  for (let k = Math.ceil(rangeHz[0] / binHz); k < rangeHz[1] / binHz; k += 1) {
    const power = spectrum[k] ?? 0;
    if (power < (spectrum[k - 1] ?? 0) || power < (spectrum[k + 1] ?? 0)) continue;
    const note = Math.round(69 + 12 * Math.log2((k * binHz) / 440));
    classes[((note % 12) + 12) % 12] = (classes[((note % 12) + 12) % 12] ?? 0) + Math.sqrt(power);
  }
  const sum = classes.reduce((a, b) => a + b, 0);
  return classes.map((value) => (sum > 0 ? value / sum : 0));
}
