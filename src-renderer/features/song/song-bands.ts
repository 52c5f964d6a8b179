/**
 * What a decoded song is drawn by: its peaks, and the energy of bass, middle and treble that tints them. Bands are
 * filtered by the browser off the main thread at a low rate; sums are taken in slices, so that nothing waits for them.
 */
import type { PeakSource } from '../../model/waveform.ts';

export interface Bands {
  readonly rateHz: number;
  /** Root mean square per value, all three lists of one length. */
  readonly low: Float32Array;
  readonly middle: Float32Array;
  readonly high: Float32Array;
}

const RATE_HZ = 50;
/** Enough for a treble that begins at 2.5 kHz. */
const SAMPLE_RATE = 16_000;
const [LOW_HZ, HIGH_HZ] = [180, 2500];
/** Values summed before the page gets its turn: a few milliseconds. */
const SLICE = 500;

function filtered(context: OfflineAudioContext, source: AudioNode, type: BiquadFilterType, frequency: number): AudioNode {
  const filter = context.createBiquadFilter();
  filter.type = type;
  filter.frequency.value = frequency;
  source.connect(filter);
  return filter;
}

export async function bandsOf(buffer: AudioBuffer): Promise<Bands> {
  const frames = Math.max(1, Math.ceil(buffer.duration * SAMPLE_RATE));
  const context = new OfflineAudioContext(3, frames, SAMPLE_RATE);
  const source = context.createBufferSource();
  source.buffer = buffer;
  const mono = context.createGain();
  mono.channelCount = 1;
  mono.channelCountMode = 'explicit';
  source.connect(mono);
  const merger = context.createChannelMerger(3);
  filtered(context, mono, 'lowpass', LOW_HZ).connect(merger, 0, 0);
  filtered(context, filtered(context, mono, 'highpass', LOW_HZ), 'lowpass', HIGH_HZ).connect(merger, 0, 1);
  filtered(context, mono, 'highpass', HIGH_HZ).connect(merger, 0, 2);
  merger.connect(context.destination);
  source.start();
  const rendered = await context.startRendering();
  const [low, middle, high] = [await levels(rendered, 0), await levels(rendered, 1), await levels(rendered, 2)];
  return { rateHz: RATE_HZ, low, middle, high };
}

async function levels(rendered: AudioBuffer, channel: number): Promise<Float32Array> {
  const samples = rendered.getChannelData(channel);
  const per = SAMPLE_RATE / RATE_HZ;
  const out = new Float32Array(Math.ceil(samples.length / per));
  for (let i = 0; i < out.length; i += 1) {
    let squares = 0;
    const end = Math.min(samples.length, (i + 1) * per);
    for (let at = i * per; at < end; at += 1) squares += (samples[at] ?? 0) ** 2;
    out[i] = Math.sqrt(squares / Math.max(1, end - i * per));
    if (i % SLICE === SLICE - 1) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return out;
}

const FRAMES_PER_PEAK = 1024;

/** Peaks of a decoded song, of its channels' mean: shown until the program's own are made. */
export async function peaksOf(buffer: AudioBuffer): Promise<PeakSource> {
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel));
  const triples = new Int16Array(Math.ceil(buffer.length / FRAMES_PER_PEAK) * 3);
  for (let peak = 0; peak * 3 < triples.length; peak += 1) {
    let [low, high, squares] = [1, -1, 0];
    const end = Math.min(buffer.length, (peak + 1) * FRAMES_PER_PEAK);
    for (let at = peak * FRAMES_PER_PEAK; at < end; at += 1) {
      let sample = 0;
      for (const channel of channels) sample += channel[at] ?? 0;
      sample /= channels.length;
      low = Math.min(low, sample);
      high = Math.max(high, sample);
      squares += sample * sample;
    }
    const rms = Math.sqrt(squares / Math.max(1, end - peak * FRAMES_PER_PEAK));
    [low, high, rms].forEach((value, i) => (triples[peak * 3 + i] = Math.round(Math.min(1, Math.max(-1, value)) * 32_767)));
    if (peak % SLICE === SLICE - 1) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { triples, secondsPerPeak: FRAMES_PER_PEAK / buffer.sampleRate };
}

/** Shares of the three bands from `startS` to `endS`, the greatest 1; null where nothing sounds. */
export function bandShares({ rateHz, low, middle, high }: Bands, startS: number, endS: number): readonly [number, number, number] | null {
  const first = Math.max(0, Math.floor(startS * rateHz));
  const last = Math.min(low.length, Math.max(first + 1, Math.ceil(endS * rateHz)));
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = first; i < last; i += 1) {
    sums[0] += low[i] ?? 0;
    sums[1] += middle[i] ?? 0;
    // Treble carries less energy than it is heard with.
    sums[2] += 2 * (high[i] ?? 0);
  }
  const most = Math.max(...sums);
  return most < 1e-4 ? null : [sums[0] / most, sums[1] / most, sums[2] / most];
}
