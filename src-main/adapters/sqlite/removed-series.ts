/**
 * Deletes what removed feature series leave behind, one block per turn of the event loop: an hour's film is tens of
 * megabytes. Whatever a closed program left is found at the next opening by its series, which is no longer there.
 */
import type { SqliteDatabase } from './database.ts';

/** Where the rows of a series lie in both tables. */
export interface SeriesKeys {
  /** Distance between the first keys of two series. */
  readonly perSeries: number;
  /** Distance between the first keys of two blocks. */
  readonly perBlock: number;
}

const TABLES = ['feature_blocks', 'feature_levels'] as const;

export class RemovedSeries {
  readonly #database: SqliteDatabase;
  readonly #keys: SeriesKeys;
  #waiting: number[] = [];

  constructor(database: SqliteDatabase, keys: SeriesKeys) {
    this.#database = database;
    this.#keys = keys;
  }

  /** Deletes the rows of a series in the turns that follow; nothing when the series is still there by then. */
  drop(series: number): void {
    this.#waiting.push(series);
    if (this.#waiting.length === 1) setImmediate(() => this.#turn());
  }

  /** Whether a series is removed while rows of it are still there. */
  isGone(series: number): boolean {
    return this.#waiting.includes(series) && !this.#isThere(series);
  }

  /** Finds rows whose series is gone. Cost: one look per series. */
  sweep(): void {
    const next = this.#database.prepare<[number], number>('SELECT key FROM feature_blocks WHERE key >= ? ORDER BY key LIMIT 1').pluck();
    for (let key = next.get(0); key !== undefined; ) {
      const series = Math.floor(key / this.#keys.perSeries);
      if (!this.#isThere(series)) this.drop(series);
      key = next.get((series + 1) * this.#keys.perSeries);
    }
  }

  #turn(): void {
    const [series] = this.#waiting;
    if (series === undefined || !this.#database.open) return;
    if (!this.#dropBlock(series)) this.#waiting.shift();
    if (this.#waiting.length > 0) setImmediate(() => this.#turn());
  }

  /** @returns whether there may be more. */
  #dropBlock(series: number): boolean {
    try {
      const drop = this.#database.transaction(() => {
        const end = (series + 1) * this.#keys.perSeries;
        const first = this.#database
          .prepare<[number, number], number | null>('SELECT MIN(key) FROM feature_blocks WHERE key >= ? AND key < ?')
          .pluck()
          .get(series * this.#keys.perSeries, end);
        if (first == null || this.#isThere(series)) return false;
        const after = (Math.floor(first / this.#keys.perBlock) + 1) * this.#keys.perBlock;
        for (const table of TABLES) this.#database.prepare(`DELETE FROM ${table} WHERE key >= ? AND key < ?`).run(first, after);
        return true;
      });
      return drop.immediate();
    } catch {
      // A full or busy disk: nobody sees these rows, and the next opening finds them again.
      return false;
    }
  }

  #isThere(series: number): boolean {
    return this.#database.prepare('SELECT 1 FROM feature_series WHERE id = ?').get(series) !== undefined;
  }
}
