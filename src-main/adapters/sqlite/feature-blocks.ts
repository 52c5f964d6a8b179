/**
 * Feature series in SQLite: a row per column per block, a row per pyramid level of each, and the growing end of a series
 * beside its record. Values are little-endian floats as they lie in memory.
 */
import type { Statement } from 'better-sqlite3';

import { AppError } from '../../contract/errors.ts';
import { featureLayout } from '../../contract/feature-layout.ts';
import type { FeatureBlock, FeatureBlocks, FeatureTail, Level, SeriesKey, SeriesPart, SeriesRecord } from '../../core/vision/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

const { columns } = featureLayout;
/** A series has room for 64 columns (times are one more) of 2^20 blocks; keys stay below 2^53. */
const TIMES_COLUMN = columns;
const COLUMN_SLOTS = 64;
const BLOCK_SLOTS = 2 ** 20;
const LEVELS = 2;

const blockKey = (series: number, column: number, block: number): number => (series * COLUMN_SLOTS + column) * BLOCK_SLOTS + block;
const levelKey = (series: number, column: number, level: number, block: number): number =>
  ((series * COLUMN_SLOTS + column) * LEVELS + level) * BLOCK_SLOTS + block;

const bytesOf = (array: Float32Array | Float64Array): Buffer => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/** The driver's Buffer may start anywhere in its memory; a copy is aligned and the caller's own. */
function memoryOf(bytes: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
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
  readonly #block: Statement<[number], { data: Buffer }>;
  readonly #level: Statement<[number, number], { data: Buffer }>;
  readonly #putBlock: Statement<[number, Buffer]>;
  readonly #putLevel: Statement<[number, Buffer]>;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#block = database.prepare('SELECT data FROM feature_blocks WHERE key = ?');
    this.#level = database.prepare('SELECT data FROM feature_levels WHERE key BETWEEN ? AND ? ORDER BY key');
    this.#putBlock = database.prepare('INSERT OR REPLACE INTO feature_blocks (key, data) VALUES (?, ?)');
    this.#putLevel = database.prepare('INSERT OR REPLACE INTO feature_levels (key, data) VALUES (?, ?)');
  }

  find({ identity, version, width, height }: SeriesKey): SeriesRecord | null {
    const row = this.#database
      .prepare<[string, number, number, number], SeriesRow>(
        `SELECT ${SERIES_COLUMNS} FROM feature_series WHERE identity = ? AND version = ? AND width = ? AND height = ?
         ORDER BY is_complete DESC, frames DESC, id DESC LIMIT 1`,
      )
      .get(identity, version, width, height);
    return row ? recordOf(row) : null;
  }

  list(identity: string): SeriesRecord[] {
    return this.#database.prepare<[string], SeriesRow>(`SELECT ${SERIES_COLUMNS} FROM feature_series WHERE identity = ?`).all(identity).map(recordOf);
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

  remove(id: number): void {
    const drop = this.#database.transaction(() => {
      this.#database.prepare('DELETE FROM feature_blocks WHERE key >= ? AND key < ?').run(blockKey(id, 0, 0), blockKey(id + 1, 0, 0));
      this.#database.prepare('DELETE FROM feature_levels WHERE key >= ? AND key < ?').run(levelKey(id, 0, 0, 0), levelKey(id + 1, 0, 0, 0));
      this.#database.prepare('DELETE FROM feature_series WHERE id = ?').run(id);
    });
    drop.immediate();
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
    const row = this.#block.get(blockKey(id, column, block));
    return row ? new Float32Array(memoryOf(row.data)) : null;
  }

  timestamps(id: number, block: number): Float64Array | null {
    const row = this.#block.get(blockKey(id, TIMES_COLUMN, block));
    return row ? new Float64Array(memoryOf(row.data)) : null;
  }

  level(id: number, column: number, level: Level): Float32Array {
    const rows = this.#level.all(levelKey(id, column, level, 0), levelKey(id, column, level, BLOCK_SLOTS - 1));
    const bytes = rows.reduce((sum, { data }) => sum + data.length, 0);
    const joined = new Uint8Array(bytes);
    let at = 0;
    for (const { data } of rows) {
      joined.set(data, at);
      at += data.length;
    }
    return new Float32Array(joined.buffer);
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
    this.#putBlock.run(blockKey(id, TIMES_COLUMN, index), bytesOf(timestamps));
    for (let column = 0; column < columns; column += 1) {
      this.#putBlock.run(blockKey(id, column, index), bytesOf(values.subarray(column * frames, (column + 1) * frames)));
      levels.forEach((level, number) => {
        const width = level.length / columns;
        this.#putLevel.run(levelKey(id, column, number, index), bytesOf(level.subarray(column * width, (column + 1) * width)));
      });
    }
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
