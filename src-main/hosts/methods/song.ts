/** Host method `song`: decodes a file's sound, in one pass and without keeping it, and says what song it is. */
import { decodeSamples } from '../../adapters/ffmpeg/decode-samples.ts';
import { SongAnalyzer } from '../../adapters/native/song.ts';
import { SongInputSchema } from '../../contract/hosts/song.ts';
import type { SongInput, SongOutput } from '../../contract/hosts/song.ts';
import type { HostMethod } from '../../core/host.ts';

/** Share of the progress that decoding is; the rest is analysis. */
const DECODING_SHARE = 0.95;
/** Progress is told at most this often. */
const EMIT_EVERY_S = 5;
const OWN_EARS = 'onsets';

async function analyzeSong(input: SongInput, signal: AbortSignal, emit: (event: unknown) => void): Promise<SongOutput> {
  const { programs, file, duration_s: durationS, activations } = input;
  const analyzer = new SongAnalyzer();
  const sampleRate = SongAnalyzer.sampleRate;
  let samplesHeard = 0;
  let toldS = 0;
  for await (const samples of decodeSamples({ launcher: programs, ffmpeg: programs.ffmpeg, file, sampleRate, channels: 1, signal })) {
    analyzer.push(samples);
    samplesHeard += samples.length;
    const heardS = samplesHeard / sampleRate;
    if (heardS - toldS < EMIT_EVERY_S) continue;
    toldS = heardS;
    emit({ done: durationS > 0 ? DECODING_SHARE * Math.min(1, heardS / durationS) : 0 });
  }
  const cancel = (): void => analyzer.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const heard = await analyzer.finish(activations === null ? null : { values: activations.values, rate: activations.rate_hz, start: activations.start_s });
    signal.throwIfAborted();
    emit({ done: 1 });
    return { analysis: { version: 1, ...heard, beat_source: activations?.source ?? OWN_EARS }, complaint: null };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

export const songMethod: HostMethod = async (input, { signal, emit }) => {
  try {
    return await analyzeSong(SongInputSchema.parse(input), signal, emit);
  } catch (error) {
    // The decoder's pipe breaks when it is stopped; what is meant is that.
    signal.throwIfAborted();
    throw error;
  }
};
