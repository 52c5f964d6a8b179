/** Collects what the rows read and wrote while a preview is rendered, from the engine's own trace. */
import type { SonifyEngine } from '../../adapters/native/engine.ts';

export class TraceRecorder {
  readonly #engine: SonifyEngine;
  readonly #isWanted: boolean;
  #parts: Float32Array[] = [];

  constructor(engine: SonifyEngine, isWanted: boolean) {
    this.#engine = engine;
    this.#isWanted = isWanted;
  }

  /** Takes what the engine traced since the last call. */
  record(): void {
    if (this.#isWanted) this.#parts.push(this.#engine.takeTrace());
  }

  /** Drops what was traced so far: the pre-roll. */
  forget(): void {
    if (this.#isWanted) this.#engine.takeTrace();
  }

  get columns(): number {
    return this.#isWanted ? this.#engine.traceColumns : 0;
  }

  /** [tick][column] */
  values(): Float32Array<ArrayBuffer> {
    const values = new Float32Array(this.#parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      values.set(part, at);
      at += part.length;
    }
    return values;
  }
}
