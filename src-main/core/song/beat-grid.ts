/** Beats and the bars among them, and what a person does to them. Times are seconds, ascending. */

export interface BeatGrid {
  readonly beats: number[];
  /** A subset of the beats. */
  readonly downbeats: number[];
}

/** A downbeat within this of a beat is that beat. */
const SAME_BEAT_S = 0.001;

export function gridOf(beats: readonly number[], downbeats: readonly number[]): BeatGrid {
  return { beats: [...beats], downbeats: [...downbeats] };
}

/** Without beats beyond the song, and without bars that begin on none. */
export function within({ beats, downbeats }: BeatGrid, duration: number): BeatGrid {
  const kept = beats.filter((beat) => beat <= duration);
  const begins = downbeatIndices({ beats: kept, downbeats });
  return { beats: kept, downbeats: begins.map((index) => kept[index] ?? 0) };
}

/** Beats per minute of the median distance; at least two beats. */
export function medianTempo(beats: readonly number[]): number {
  const distances = beats.slice(1).map((beat, i) => beat - (beats[i] ?? 0));
  distances.sort((a, b) => a - b);
  const middle = distances.length >> 1;
  const median = distances.length % 2 === 1 ? (distances[middle] ?? 0) : ((distances[middle - 1] ?? 0) + (distances[middle] ?? 0)) / 2;
  return 60 / median;
}

/** Beats at one tempo over the whole song, through `firstBeat`, which begins a bar. */
export function steadyGrid(tempo: number, firstBeat: number, perBar: number, duration: number): BeatGrid {
  const period = 60 / tempo;
  const before = Math.floor(firstBeat / period + 1e-9);
  const count = Math.max(0, Math.floor((duration - firstBeat) / period + 1e-9)) + before + 1;
  const beats = Array.from({ length: count }, (_, i) => Math.max(0, firstBeat + (i - before) * period)).filter((beat) => beat <= duration);
  return { beats, downbeats: beats.filter((_, i) => mod(i - before, perBar) === 0) };
}

/** More beats (between the old ones) or fewer (those that begin bars stay); bars are as long in beats as before. */
export function multiplied(grid: BeatGrid, factor: number, perBar: number, duration: number): BeatGrid {
  const anchor = firstDownbeatIndex(grid);
  if (factor >= 1) {
    const beats = subdivided(grid.beats, factor, duration);
    return withBars(beats, anchor * factor, perBar);
  }
  const step = Math.round(1 / factor);
  const beats = grid.beats.filter((_, i) => mod(i - anchor, step) === 0);
  return withBars(beats, Math.floor(anchor / step), perBar);
}

/** Every beat moved; those that leave the song go. */
export function nudged({ beats, downbeats }: BeatGrid, byS: number, duration: number): BeatGrid {
  const move = (times: readonly number[]): number[] => times.map((time) => time + byS).filter((time) => time >= 0 && time <= duration);
  return { beats: move(beats), downbeats: move(downbeats) };
}

/**
 * Bars that begin `shift` beats later. Bars of different lengths keep them, unless `isUniform`: then each has `perBar`
 * beats, counted from the first downbeat.
 */
export function rebarred(grid: BeatGrid, perBar: number, shift: number, isUniform: boolean): BeatGrid {
  if (isUniform || grid.downbeats.length === 0) return withBars(grid.beats, firstDownbeatIndex(grid) + shift, perBar);
  const indices = downbeatIndices(grid).map((index) => index + shift);
  const isIn = (index: number): boolean => index >= 0 && index < grid.beats.length;
  const first = indices.find(isIn) ?? 0;
  const last = indices.findLast(isIn) ?? 0;
  for (let index = first - perBar; index >= 0; index -= perBar) indices.push(index);
  for (let index = last + perBar; index < grid.beats.length; index += perBar) indices.push(index);
  const begins = new Set(indices.filter(isIn));
  return { beats: grid.beats, downbeats: grid.beats.filter((_, i) => begins.has(i)) };
}

function subdivided(beats: readonly number[], factor: number, duration: number): number[] {
  const out: number[] = [];
  for (const [i, beat] of beats.entries()) {
    const step = ((beats[i + 1] ?? 2 * beat - (beats[i - 1] ?? beat - 1)) - beat) / factor;
    for (let part = 0; part < factor; part += 1) if (beat + part * step <= duration) out.push(beat + part * step);
  }
  return out;
}

function withBars(beats: readonly number[], anchor: number, perBar: number): BeatGrid {
  return { beats: [...beats], downbeats: beats.filter((_, i) => mod(i - anchor, perBar) === 0) };
}

function firstDownbeatIndex(grid: BeatGrid): number {
  return downbeatIndices(grid)[0] ?? 0;
}

function downbeatIndices({ beats, downbeats }: BeatGrid): number[] {
  const indices: number[] = [];
  let at = 0;
  for (const downbeat of downbeats) {
    while (at < beats.length && (beats[at] ?? 0) < downbeat - SAME_BEAT_S) at += 1;
    if (at < beats.length && Math.abs((beats[at] ?? 0) - downbeat) <= SAME_BEAT_S) indices.push(at);
  }
  return indices;
}

const mod = (value: number, by: number): number => ((value % by) + by) % by;
