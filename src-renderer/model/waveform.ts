/**
 * Waveform peaks as columns to draw: from int16 (min, max, rms) triples, the shape the contract's peaks have, to one
 * (min, max, rms) per pixel column. Cost: the triples in view, once.
 */
export interface PeakSource {
  /** (min, max, rms) triples, int16. */
  readonly triples: Int16Array;
  readonly secondsPerPeak: number;
  /** Where the first peak stands; 0 when absent. */
  readonly beginsS?: number;
}

/**
 * Fills `out` with (min, max, rms) in -1..1 for `columns` columns beginning at `startS`, each `columnS` long.
 * @param out  Float32Array, columns*3; NaN where there is no sound yet. Overwritten.
 */
export function peakColumns(source: PeakSource, startS: number, columnS: number, out: Float32Array): void {
  const columns = out.length / 3;
  const count = source.triples.length / 3;
  const fromS = startS - (source.beginsS ?? 0);
  for (let column = 0; column < columns; column += 1) {
    const endS = fromS + (column + 1) * columnS;
    const first = Math.max(0, Math.floor((fromS + column * columnS) / source.secondsPerPeak));
    const last = endS <= 0 ? 0 : Math.min(count, Math.max(first + 1, Math.ceil(endS / source.secondsPerPeak)));
    fillColumn(source.triples, first, last, out, column * 3);
  }
}

function fillColumn(triples: Int16Array, first: number, last: number, out: Float32Array, at: number): void {
  if (first >= last) {
    out.fill(Number.NaN, at, at + 3);
    return;
  }
  let low = 32_767;
  let high = -32_768;
  let squares = 0;
  for (let i = first; i < last; i += 1) {
    low = Math.min(low, triples[i * 3] ?? 0);
    high = Math.max(high, triples[i * 3 + 1] ?? 0);
    squares += (triples[i * 3 + 2] ?? 0) ** 2;
  }
  out[at] = low / 32_768;
  out[at + 1] = high / 32_768;
  out[at + 2] = Math.sqrt(squares / (last - first)) / 32_768;
}

/** The coarsest level whose peaks are no longer than a pixel, so that little is read and nothing is lost. */
export function levelFor(pxPerS: number, sampleRate: number, framesPerPeak: number, levels: number): number {
  const wanted = Math.floor(Math.log(sampleRate / (framesPerPeak * pxPerS)) / Math.log(4));
  return Math.max(0, Math.min(levels - 1, wanted));
}
