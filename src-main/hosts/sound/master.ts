/**
 * The host method `master`: a static gain towards the loudness that is asked for, and a true-peak limiter. Limiting takes
 * loudness away, so the gain is found by dry passes over the file until it lands. Source: EBU R 128, ITU-R BS.1770-4.
 */
import { Finalizer, LoudnessMeter } from '../../adapters/native/mastering.ts';
import { type MasterInput, MasterInputSchema, type MasterOutput } from '../../contract/hosts/sound.ts';
import type { HostMethod, HostMethodContext } from '../../core/host.ts';
import { isBelowLimiter, nextGain } from '../../core/sonify/loudness-plan.ts';
import { PeaksWriter } from './peaks-writer.ts';
import { WavReader, WavWriter } from './wav-file.ts';

const BLOCK_FRAMES = 32_768;
const MAX_DRY_PASSES = 4;

interface Measured {
  readonly lufs: number;
  readonly peakDb: number;
}

type Sink = (samples: Float32Array) => Promise<void>;

class Mastering {
  readonly #input: MasterInput;
  readonly #context: HostMethodContext;
  readonly #reader: WavReader;
  #pass = 0;

  constructor(input: MasterInput, context: HostMethodContext, reader: WavReader) {
    this.#input = input;
    this.#context = context;
    this.#reader = reader;
  }

  async run(): Promise<MasterOutput> {
    const gainDb = await this.#findGain();
    const { sampleRate, channels } = this.#reader.layout;
    const writer = await WavWriter.create(this.#input.target_path, { sampleRate, channels, sampleFormat: this.#input.format, comment: this.#input.comment });
    const peaks = this.#input.peaks_path === null ? null : await PeaksWriter.create(this.#input.peaks_path, channels);
    try {
      const measured = await this.#passThrough(gainDb, async (samples) => {
        await writer.write(samples);
        await peaks?.write(samples);
      });
      await peaks?.close();
      await writer.close();
      return { integrated_lufs: finite(measured.lufs), true_peak_db: finite(measured.peakDb), gain_db: gainDb };
    } catch (error) {
      await writer.abandon();
      await peaks?.abandon();
      throw error;
    }
  }

  /** Dry passes: measure what the limiter leaves, correct the gain, until it lands or no gain helps. */
  async #findGain(): Promise<number> {
    const target = this.#input.target_lufs;
    if (target === 'off') return 0;
    let gainDb = 0;
    for (let pass = 0; pass < MAX_DRY_PASSES; pass += 1) {
      const { lufs, peakDb } = await this.#passThrough(gainDb, null);
      const next = nextGain({ targetLufs: target, measuredLufs: lufs, gainDb });
      if (next === null) return gainDb;
      if (isBelowLimiter({ peakDb, fromDb: gainDb, toDb: next, ceilingDb: this.#input.ceiling_db })) return next;
      gainDb = next;
    }
    return gainDb;
  }

  /** The whole file through gain and limiter; the limiter's delay is taken out, so that the length stays. */
  async #passThrough(gainDb: number, sink: Sink | null): Promise<Measured> {
    const { sampleRate, channels, frames } = this.#reader.layout;
    const finalizer = new Finalizer({ sampleRate, gainDb, ceilingDb: this.#input.ceiling_db });
    const meter = new LoudnessMeter(sampleRate, channels);
    this.#reader.rewind();
    this.#pass += 1;
    let late = finalizer.latencyFrames * channels;
    for (let done = 0, out = 0; out < frames; ) {
      this.#context.signal.throwIfAborted();
      const block = await this.#reader.read(BLOCK_FRAMES);
      // After the end, silence pushes out what the limiter still holds.
      const samples = block.length > 0 ? block : new Float32Array(finalizer.latencyFrames * channels);
      await finalizer.process(samples);
      const drop = Math.min(late, samples.length);
      late -= drop;
      const left = (frames - out) * channels;
      const ready = samples.subarray(drop, Math.min(samples.length, drop + left));
      meter.push(ready);
      await sink?.(ready);
      out += ready.length / channels;
      done += block.length / channels;
      this.#context.emit({ samples: done, pass: this.#pass, passes: this.#pass + (sink === null ? 1 : 0) });
    }
    return { lufs: meter.integrated(), peakDb: meter.truePeakDb() };
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

export const master: HostMethod = async (raw, context) => {
  const input = MasterInputSchema.parse(raw);
  const reader = await WavReader.open(input.source_path);
  try {
    return await new Mastering(input, context, reader).run();
  } finally {
    await reader.close();
  }
};
