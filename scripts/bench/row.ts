/** A row of the bench table. */
export interface BenchRow {
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  /** Ours over the peer's; below 1 is faster or smaller. Null where there is no peer. */
  readonly ratio: number | null;
  /** What DESIGN asks for. */
  readonly bar: string;
}

export interface BenchContext {
  readonly repository: string;
  /** Scratch folder of this run. */
  readonly folder: string;
  say(text: string): void;
  has(program: string): boolean;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
