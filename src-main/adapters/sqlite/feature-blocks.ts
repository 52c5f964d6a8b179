/**
 * Feature series in SQLite: a row per column per block, a row per pyramid level of each, and the growing end of a series
 * beside its record. Values are little-endian floats as they lie in memory.
 */
import type { Statement } from 'better-sqlite3';

import { AppError } from '../../contract/errors.ts';
import { featureLayout } from '../../contract/feature-layout.ts';
import { LEVEL_FRAMES } from '../../core/vision/ports.ts';
import type { FeatureBlock, FeatureBlocks, FeatureTail, Level, SeriesKey, SeriesPart, SeriesRecord } from '../../core/vision/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';
import { RemovedSeries } from './removed-series.ts';

const { columns } = featureLayout;
/**
 * A series has room for 2^20 blocks of 64 columns (times are one more); keys stay below 2^53. Keys rise as blocks are
 * written: every insert is at the end of the table, pages are filled once and never split.
 */
const TIMES_COLUMN = columns;
const COLUMN_SLOTS = 64;
const BLOCK_SLOTS = 2 ** 20;

const keyOf = (series: number, block: number, column: number): number => (series * BLOCK_SLOTS + block) * COLUMN_SLOTS + column;

const bytesOf = (array: Float32Array | Float64Array): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/** The driver's Buffer may start anywhere in its memory; a copy is aligned and the caller's own. */
function memoryOf(bytes: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** Both levels of a column lie in one row, the finer first: 16 of its nodes have one coarser node above them. */
function finerLength(bothLength: number): number {
  const nodes = bothLength / 3;
  const [fine, coarse] = LEVEL_FRAMES;
  return 3 * (nodes - Math.ceil(nodes / (coarse / fine + 1)));
}

interface SeriesRow {
  readonly id: number;
  readonly identity: string;
  readonly version: number;
  readonly width: number;
  readonly height: number;
  readonly is_complete: number;
  readonly frames: number;
  readonly end_s: number;
  readonly updated_ms: number;
}

interface TailRow {
  readonly tail_first: number;
  readonly tail_rows: Buffer;
  readonly tail_timestamps: Buffer;
}

const recordOf = (row: SeriesRow): SeriesRecord => ({
  id: row.id,
  key: { identity: row.identity, version: row.version, width: row.width, height: row.height },
  isComplete: row.is_complete === 1,
  frames: row.frames,
  endS: row.end_s,
  updatedMs: row.updated_ms,
});

const SERIES_COLUMNS = 'id, identity, version, width, height, is_complete, frames, end_s, updated_ms';

class SqliteFeatureBlocks implements FeatureBlocks {
  readonly #database: SqliteDatabase;
  readonly #removed: RemovedSeries;
  readonly #find: Statement<[string, number, number, number], SeriesRow>;
  readonly #list: Statement<[string], SeriesRow>;
  readonly #block: Statement<[number], { data: Buffer }>;
  readonly #level: Statement<[number], { data: Buffer }>;
  readonly #putBlock: Statement<[number, Buffer]>;
  readonly #putLevel: Statement<[number, Buffer]>;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#removed = new RemovedSeries(database, { perSeries: keyOf(1, 0, 0), perBlock: keyOf(0, 1, 0) });
    this.#removed.sweep();
    this.#find = database.prepare(
      `SELECT ${SERIES_COLUMNS} FROM feature_series WHERE identity = ? AND version = ? AND width = ? AND height = ?
       ORDER BY is_complete DESC, frames DESC, id DESC LIMIT 1`,
    );
    this.#list = database.prepare(`SELECT ${SERIES_COLUMNS} FROM feature_series WHERE identity = ?`);
    this.#block = database.prepare('SELECT data FROM feature_blocks WHERE key = ?');
    this.#level = database.prepare('SELECT data FROM feature_levels WHERE key = ?');
    this.#putBlock = database.prepare('INSERT OR REPLACE INTO feature_blocks (key, data) VALUES (?, ?)');
    this.#putLevel = database.prepare('INSERT OR REPLACE INTO feature_levels (key, data) VALUES (?, ?)');
  }

  find({ identity, version, width, height }: SeriesKey): SeriesRecord | null {
    const row = this.#find.get(identity, version, width, height);
    return row ? recordOf(row) : null;
  }

  list(identity: string): SeriesRecord[] {
    return this.#list.all(identity).map(recordOf);
  }

  create(key: SeriesKey, nowMs: number): SeriesRecord {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO feature_series (identity, version, width, height, updated_ms) VALUES (?, ?, ?, ?, ?)')
      .run(key.identity, key.version, key.width, key.height, nowMs);
    return { id: Number(lastInsertRowid), key: { ...key }, isComplete: false, frames: 0, endS: 0, updatedMs: nowMs };
  }

  write(id: number, { blocks, tail, frames, endS, nowMs }: SeriesPart): void {
    const store = this.#database.transaction(() => {
      for (const block of blocks) this.#writeBlock(id, block);
      const { changes } = this.#database
        .prepare('UPDATE feature_series SET tail_first = ?, tail_rows = ?, tail_timestamps = ?, frames = ?, end_s = ?, updated_ms = ? WHERE id = ?')
        .run(tail?.firstFrame ?? null, tail && bytesOf(tail.rows), tail && bytesOf(tail.timestamps), frames, endS, nowMs, id);
      if (changes === 0) throw new AppError('not-found', 'The feature series was removed while it was written.', { retryable: true });
    });
    store.immediate();
  }

  complete(id: number, endS: number): void {
    const publish = this.#database.transaction(() => {
      this.#database.prepare('UPDATE feature_series SET is_complete = 1, end_s = ? WHERE id = ?').run(endS, id);
      this.#removeTwins(id);
    });
    publish.immediate();
  }

  /** The series is gone at once; its rows follow block by block. */
  remove(id: number): void {
    this.#database.prepare('DELETE FROM feature_series WHERE id = ?').run(id);
    this.#removed.drop(id);
  }

  adopt(from: string, to: string): void {
    const move = this.#database.transaction(() => {
      const moved = this.list(from);
      this.#database.prepare('UPDATE feature_series SET identity = ? WHERE identity = ?').run(to, from);
      for (const { id, isComplete } of moved) if (isComplete) this.#removeTwins(id);
    });
    move.immediate();
  }

  column(id: number, block: number, column: number): Float32Array | null {
    const row = this.#removed.isGone(id) ? undefined : this.#block.get(keyOf(id, block, column));
    return row ? new Float32Array(memoryOf(row.data)) : null;
  }

  timestamps(id: number, block: number): Float64Array | null {
    const row = this.#removed.isGone(id) ? undefined : this.#block.get(keyOf(id, block, TIMES_COLUMN));
    return row ? new Float64Array(memoryOf(row.data)) : null;
  }

  level(id: number, column: number, level: Level): Float32Array {
    const parts: Float32Array[] = [];
    for (let block = 0; !this.#removed.isGone(id); block += 1) {
      const row = this.#level.get(keyOf(id, block, column));
      if (!row) break;
      const both = new Float32Array(memoryOf(row.data));
      const finer = finerLength(both.length);
      parts.push(level === 0 ? both.subarray(0, finer) : both.subarray(finer));
    }
    const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }

  tail(id: number): FeatureTail | null {
    const row = this.#database
      .prepare<[number], TailRow>('SELECT tail_first, tail_rows, tail_timestamps FROM feature_series WHERE id = ? AND tail_first IS NOT NULL')
      .get(id);
    if (!row) return null;
    return {
      firstFrame: row.tail_first,
      rows: new Float32Array(memoryOf(row.tail_rows)),
      timestamps: new Float64Array(memoryOf(row.tail_timestamps)),
    };
  }

  #writeBlock(id: number, { index, frames, timestamps, columns: values, levels }: FeatureBlock): void {
    const [finer, coarser] = [levels[0].length / columns, levels[1].length / columns];
    const both = new Float32Array(finer + coarser);
    for (let column = 0; column < columns; column += 1) {
      this.#putBlock.run(keyOf(id, index, column), bytesOf(values.subarray(column * frames, (column + 1) * frames)));
      both.set(levels[0].subarray(column * finer, (column + 1) * finer));
      both.set(levels[1].subarray(column * coarser, (column + 1) * coarser), finer);
      this.#putLevel.run(keyOf(id, index, column), bytesOf(both));
    }
    this.#putBlock.run(keyOf(id, index, TIMES_COLUMN), bytesOf(timestamps));
  }

  /** Removes every other series of the same key; one that is still written then fails at its next write. */
  #removeTwins(id: number): void {
    const twins = this.#database
      .prepare<[number], number>(
        `SELECT other.id FROM feature_series AS kept JOIN feature_series AS other USING (identity, version, width, height)
         WHERE kept.id = ? AND other.id <> kept.id`,
      )
      .pluck()
      .all(id);
    for (const twin of twins) this.remove(twin);
  }
}

/** Feature series in an open database. Its methods throw AppErrors ('disk-full', 'data-folder-read-only', …). */
export function featureBlocks(database: SqliteDatabase): FeatureBlocks {
  return translatingErrors(new SqliteFeatureBlocks(database), database);
}
