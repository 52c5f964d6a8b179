/** The host method `render`: features in, premaster and stems out as 32-bit float WAV, with a trace of the rows where asked for. */
import { SonifyEngine } from '../../adapters/native/engine.ts';
import { LoudnessMeter } from '../../adapters/native/mastering.ts';
import { type RenderInput, RenderInputSchema, type RenderOutput } from '../../contract/hosts/sound.ts';
import type { CompiledMapping } from '../../core/sonify/mapping/index.ts';
import type { HostMethod, HostMethodContext } from '../../core/host.ts';
import { FeatureFeed } from './feature-feed.ts';
import { splitStems } from './split-stems.ts';
import { TraceRecorder } from './trace.ts';
import { WavWriter } from './wav-file.ts';

const BLOCK_FRAMES = 8192;
const CHANNELS = 2;
const STEMS = 3;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

class Rendering {
  readonly #input: RenderInput;
  readonly #context: HostMethodContext;
  readonly #engine: SonifyEngine;
  readonly #meter: LoudnessMeter;
  readonly #feed: FeatureFeed;
  readonly #trace: TraceRecorder;

  constructor(input: RenderInput, context: HostMethodContext) {
    this.#input = input;
    this.#context = context;
    const mapping = input.mapping as unknown as CompiledMapping;
    this.#engine = new SonifyEngine({ sampleRate: input.sample_rate, seed: input.seed, mapping, startSample: input.start_sample, traceHz: input.trace_hz });
    this.#meter = new LoudnessMeter(input.sample_rate, CHANNELS);
    this.#feed = new FeatureFeed(context.caller, { mediaId: input.media_id, firstChunk: input.first_chunk, sampleRate: input.sample_rate });
    this.#trace = new TraceRecorder(this.#engine, input.trace_hz > 0);
  }

  async run(): Promise<RenderOutput> {
    const { sample_rate: sampleRate, premaster_path: path, stem_paths: stemPaths } = this.#input;
    const format = { sampleRate, channels: CHANNELS, sampleFormat: 'f32' } as const;
    const writers = await Promise.all([path, ...(stemPaths ?? [])].map((target) => WavWriter.create(target, format)));
    try {
      await this.#skip();
      await this.#write(writers);
      for (const writer of writers) await writer.close();
    } catch (error) {
      for (const writer of writers) await writer.abandon();
      throw error;
    }
    return {
      samples: this.#input.samples,
      has_faulted: this.#engine.inspect().hasFaulted,
      integrated_lufs: finite(this.#meter.integrated()),
      true_peak_db: finite(this.#meter.truePeakDb()),
      trace: this.#trace.values(),
      trace_columns: this.#trace.columns,
    };
  }

  /** The pre-roll: heard by the engine, written nowhere. */
  async #skip(): Promise<void> {
    for (let done = 0; done < this.#input.skip_samples; ) {
      const frames = Math.min(BLOCK_FRAMES, this.#input.skip_samples - done);
      await this.#block(this.#input.start_sample + done, frames, null);
      done += frames;
    }
    this.#trace.forget();
  }

  async #write(writers: readonly WavWriter[]): Promise<void> {
    const [premaster, ...stemWriters] = writers;
    const first = this.#input.start_sample + this.#input.skip_samples;
    for (let done = 0; done < this.#input.samples; ) {
      this.#context.signal.throwIfAborted();
      const frames = Math.min(BLOCK_FRAMES, this.#input.samples - done);
      const stems = stemWriters.length > 0 ? new Float32Array(frames * CHANNELS * STEMS) : null;
      const master = await this.#block(first + done, frames, stems);
      this.#meter.push(master);
      await premaster?.write(master);
      if (stems) {
        const parts = splitStems(stems, frames);
        for (const [index, writer] of stemWriters.entries()) await writer.write(parts[index] ?? new Float32Array(0));
      }
      this.#trace.record();
      done += frames;
      this.#context.emit({ samples: done, pass: 1, passes: 1 });
    }
  }

  async #block(position: number, frames: number, stems: Float32Array | null): Promise<Float32Array<ArrayBuffer>> {
    await this.#feed.feed(this.#engine, position + frames + this.#engine.lookaheadFrames);
    const master = new Float32Array(frames * CHANNELS);
    if (stems) await this.#engine.render(frames, master, stems);
    else await this.#engine.render(frames, master);
    return master;
  }
}

export const render: HostMethod = (input, context) => new Rendering(RenderInputSchema.parse(input), context).run();
