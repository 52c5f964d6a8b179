/** Records what the rows read and wrote while a preview is rendered: one line of numbers per tick. */
import type { SonifyEngine } from '../../adapters/native/engine.ts';

/** bpm, beat, wobble Hz */
const HEAD_COLUMNS = 3;

export class TraceRecorder {
  readonly #engine: SonifyEngine;
  readonly #framesPerTick: number;
  readonly #lines: number[][] = [];

  constructor(engine: SonifyEngine, { hz, sampleRate }: { hz: number; sampleRate: number }) {
    this.#engine = engine;
    this.#framesPerTick = hz > 0 ? Math.round(sampleRate / hz) : 0;
  }

  /** Frames to render before the next line is due; `most` when nothing is recorded. */
  blockFrames(most: number): number {
    return this.#framesPerTick > 0 ? Math.min(most, this.#framesPerTick) : most;
  }

  record(): void {
    if (this.#framesPerTick === 0) return;
    const state = this.#engine.inspect();
    const rows = Array.from(state.inputs, (value, row) => [value, state.outputs[row] ?? 0]).flat();
    this.#lines.push([state.bpm, state.beat, state.wobbleHz, ...rows]);
  }

  get columns(): number {
    return this.#lines[0]?.length ?? HEAD_COLUMNS;
  }

  /** [tick][column] */
  values(): Float32Array {
    return Float32Array.from(this.#lines.flat());
  }
}
