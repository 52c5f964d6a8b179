/**
 * The coarser levels of a waveform: each peak sums up four of the level below (least minimum, greatest maximum, root of the
 * mean square). Fed in pieces of any size; memory does not grow with the length. Pure.
 */
const STEP = 4;
/** min, max, rms */
export const VALUES_PER_PEAK = 3;

/** One (min, max, rms) from up to four, weighted alike. */
function join(peaks: Int16Array, from: number, count: number, out: Int16Array, at: number): void {
  let [min, max, squares] = [32_767, -32_768, 0];
  for (let i = 0; i < count; i += 1) {
    const base = (from + i) * VALUES_PER_PEAK;
    min = Math.min(min, peaks[base] as number);
    max = Math.max(max, peaks[base + 1] as number);
    squares += (peaks[base + 2] as number) ** 2;
  }
  out[at] = min;
  out[at + 1] = max;
  out[at + 2] = Math.round(Math.sqrt(squares / count));
}

/** One level over the one below it. */
class CoarserLevel {
  #rest = new Int16Array(0);

  /** @returns the peaks that are complete now. */
  push(finer: Int16Array): Int16Array<ArrayBuffer> {
    const joined = new Int16Array(this.#rest.length + finer.length);
    joined.set(this.#rest);
    joined.set(finer, this.#rest.length);
    const whole = Math.floor(joined.length / VALUES_PER_PEAK / STEP);
    const out = new Int16Array(whole * VALUES_PER_PEAK);
    for (let i = 0; i < whole; i += 1) join(joined, i * STEP, STEP, out, i * VALUES_PER_PEAK);
    this.#rest = joined.slice(whole * STEP * VALUES_PER_PEAK);
    return out;
  }

  /** The last peak, of fewer than four. */
  end(): Int16Array<ArrayBuffer> {
    const count = this.#rest.length / VALUES_PER_PEAK;
    const out = new Int16Array(count > 0 ? VALUES_PER_PEAK : 0);
    if (count > 0) join(this.#rest, 0, count, out, 0);
    return out;
  }
}

/** All levels but the finest, which the caller makes. */
export class PeaksPyramid {
  readonly #levels: CoarserLevel[];

  /** @param levels  number of levels above the finest. */
  constructor(levels: number) {
    this.#levels = Array.from({ length: levels }, () => new CoarserLevel());
  }

  /** Takes peaks of the finest level, n × 3. @returns what became complete, per level from the second finest. */
  push(finest: Int16Array): Int16Array<ArrayBuffer>[] {
    let below: Int16Array = finest;
    return this.#levels.map((level) => {
      const made = level.push(below);
      below = made;
      return made;
    });
  }

  /** What is left at the end, per level. */
  end(): Int16Array<ArrayBuffer>[] {
    let below: Int16Array = new Int16Array(0);
    return this.#levels.map((level) => {
      const whole = level.push(below);
      const last = level.end();
      const made = new Int16Array(whole.length + last.length);
      made.set(whole);
      made.set(last, whole.length);
      below = made;
      return made;
    });
  }
}

/** Levels worth having for so many finest peaks: up to the first with at most 1024. */
export function levelsFor(finestPeaks: number): number {
  let levels = 1;
  for (let count = finestPeaks; count > 1024 && levels < 9; count = Math.ceil(count / STEP)) levels += 1;
  return levels;
}
