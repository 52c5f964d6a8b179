/** Renders a mapping over a feature series with the real engine, whole, in memory. */
import { SonifyEngine } from '../../src-main/adapters/native/engine.ts';
import type { EngineNote, EngineState } from '../../src-main/adapters/native/engine.ts';
import { LoudnessMeter } from '../../src-main/adapters/native/mastering.ts';
import type { Mapping } from '../../src-main/contract/documents/mapping.ts';
import { compileMapping } from '../../src-main/core/sonify/mapping/index.ts';
import type { FeatureSeries } from './probes.ts';

export interface Rendered {
  /** Interleaved stereo. */
  readonly master: Float32Array;
  /** Six interleaved channels. */
  readonly stems: Float32Array;
  readonly events: EngineNote[];
  readonly trace: Float32Array;
  readonly traceColumns: number;
  readonly state: EngineState;
}

export interface RenderOptions {
  readonly sampleRate?: number;
  readonly seed?: number;
  readonly startSample?: number;
  readonly traceHz?: number;
  /** Block sizes to render with, in turn; default one block. */
  readonly blocks?: readonly number[];
}

export async function renderMapping(mapping: Mapping, series: FeatureSeries, frames: number, options: RenderOptions = {}): Promise<Rendered> {
  const { sampleRate = 48_000, seed = 0, startSample = 0, traceHz = 0, blocks = [frames] } = options;
  const engine = new SonifyEngine({ sampleRate, seed, mapping: compileMapping(mapping), startSample, traceHz, keepEvents: true });
  engine.pushFeatures(series.rows, series.positions);
  const master = new Float32Array(2 * frames);
  const stems = new Float32Array(6 * frames);
  for (let done = 0, turn = 0; done < frames; turn += 1) {
    const count = Math.min(blocks[turn % blocks.length] ?? frames, frames - done);
    await engine.render(count, master.subarray(2 * done, 2 * (done + count)), stems.subarray(6 * done, 6 * (done + count)));
    done += count;
  }
  return { master, stems, events: engine.takeEvents(), trace: engine.takeTrace(), traceColumns: engine.traceColumns, state: engine.inspect() };
}

/** Integrated loudness and true peak of interleaved stereo. */
export function loudnessOf(stereo: Float32Array, sampleRate = 48_000): { lufs: number; truePeakDb: number } {
  const meter = new LoudnessMeter(sampleRate, 2);
  meter.push(stereo);
  return { lufs: meter.integrated(), truePeakDb: meter.truePeakDb() };
}
