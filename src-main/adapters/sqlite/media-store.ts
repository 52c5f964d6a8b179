/** Media items and what was made from them, in SQLite. Paths stand here and nowhere else; the API answers ids. */
import type { Statement } from 'better-sqlite3';
import { z } from 'zod';

import { ProbeSchema } from '../../contract/documents/media-item.ts';
import { DERIVED_OPERATIONS } from '../../core/media/ports.ts';
import type { DerivedRecord, MediaKind, MediaRecord, MediaStore } from '../../core/media/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

interface ItemRow {
  readonly id: string;
  readonly kind: MediaKind;
  readonly name: string;
  readonly path: string;
  readonly is_owned: number;
  readonly size_bytes: number;
  readonly modified_ms: number;
  readonly ends: string;
  readonly identity: string;
  readonly sha256: string | null;
  readonly probe: string;
  readonly is_missing: number;
  readonly created_ms: number;
  readonly removed_ms: number | null;
}

const COLUMNS = [
  'id', 'kind', 'name', 'path', 'is_owned', 'size_bytes', 'modified_ms', 'ends', 'identity', 'sha256', 'probe', 'is_missing', 'created_ms', 'removed_ms',
] as const;

function recordOf(row: ItemRow): MediaRecord {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    path: row.path,
    isOwned: row.is_owned === 1,
    sizeBytes: row.size_bytes,
    modifiedMs: row.modified_ms,
    ends: row.ends,
    identity: row.identity,
    sha256: row.sha256,
    probe: ProbeSchema.parse(JSON.parse(row.probe)),
    isMissing: row.is_missing === 1,
    createdMs: row.created_ms,
    removedMs: row.removed_ms,
  };
}

function rowOf(record: MediaRecord): ItemRow {
  return {
    id: record.id,
    kind: record.kind,
    name: record.name,
    path: record.path,
    is_owned: Number(record.isOwned),
    size_bytes: record.sizeBytes,
    modified_ms: record.modifiedMs,
    ends: record.ends,
    identity: record.identity,
    sha256: record.sha256,
    probe: JSON.stringify(record.probe),
    is_missing: Number(record.isMissing),
    created_ms: record.createdMs,
    removed_ms: record.removedMs,
  };
}

const DerivedRowSchema = z.object({
  identity: z.string(),
  operation: z.enum(DERIVED_OPERATIONS),
  parameters: z.string(),
  version: z.number(),
  state: z.enum(['making', 'ready', 'failed']),
  folder: z.string(),
  details: z.string().nullable(),
  updated_ms: z.number(),
});

/** A row of an operation this program does not know is none of its business. */
function derivedOf(row: unknown): DerivedRecord[] {
  const parsed = DerivedRowSchema.safeParse(row);
  if (!parsed.success) return [];
  const { details, updated_ms: updatedMs, ...rest } = parsed.data;
  return [{ ...rest, details: details === null ? null : (JSON.parse(details) as unknown), updatedMs }];
}

class SqliteMediaStore implements MediaStore {
  readonly #database: SqliteDatabase;
  /** A list of a thousand items asks the same questions a thousand times. */
  readonly #statements = new Map<string, Statement<unknown[], unknown>>();

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  insert(record: MediaRecord): MediaRecord {
    const insert = this.#database.transaction((): MediaRecord => {
      const twin = this.#items('WHERE identity = ? AND removed_ms IS NULL', record.identity)[0];
      if (twin) return twin;
      this.#database.prepare(`INSERT INTO media_items (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((name) => `@${name}`).join(', ')})`).run(rowOf(record));
      return record;
    });
    return insert.immediate();
  }

  update(record: MediaRecord): void {
    const set = COLUMNS.filter((name) => name !== 'id').map((name) => `${name} = @${name}`);
    this.#database.prepare(`UPDATE media_items SET ${set.join(', ')} WHERE id = @id`).run(rowOf(record));
  }

  get(id: string): MediaRecord | null {
    return this.#items('WHERE id = ?', id)[0] ?? null;
  }

  list(kind?: MediaKind): MediaRecord[] {
    const order = 'ORDER BY created_ms DESC, rowid DESC';
    return kind === undefined ? this.#items(`WHERE removed_ms IS NULL ${order}`) : this.#items(`WHERE removed_ms IS NULL AND kind = ? ${order}`, kind);
  }

  byPath(path: string): MediaRecord[] {
    return this.#items('WHERE path = ? ORDER BY removed_ms IS NOT NULL, created_ms DESC', path);
  }

  byEnds(sizeBytes: number, ends: string): MediaRecord[] {
    return this.#items('WHERE size_bytes = ? AND ends = ? ORDER BY removed_ms IS NOT NULL, created_ms DESC', sizeBytes, ends);
  }

  derived(identity: string): DerivedRecord[] {
    return this.#prepared('SELECT * FROM media_derived WHERE identity = ?').all(identity).flatMap(derivedOf);
  }

  putDerived(record: DerivedRecord): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO media_derived (identity, operation, parameters, version, state, folder, details, updated_ms)
         VALUES (@identity, @operation, @parameters, @version, @state, @folder, @details, @updatedMs)`,
      )
      .run({ ...record, details: record.details === null ? null : JSON.stringify(record.details) });
  }

  dropDerived({ identity, operation, parameters, version }: Pick<DerivedRecord, 'identity' | 'operation' | 'parameters' | 'version'>): void {
    this.#database
      .prepare('DELETE FROM media_derived WHERE identity = ? AND operation = ? AND parameters = ? AND version = ?')
      .run(identity, operation, parameters, version);
  }

  adopt(from: string, to: string): string[] {
    const move = this.#database.transaction((): string[] => {
      const before = this.derived(from);
      this.#prepared('UPDATE OR IGNORE media_derived SET identity = ? WHERE identity = ?').run(to, from);
      this.#prepared('DELETE FROM media_derived WHERE identity = ?').run(from);
      const kept = new Set(this.derived(to).map((record) => record.folder));
      return before.map((record) => record.folder).filter((folder) => !kept.has(folder));
    });
    return move.immediate();
  }

  derivedFolders(): Set<string> {
    return new Set((this.#prepared('SELECT folder FROM media_derived').all() as { folder: string }[]).map((row) => row.folder));
  }

  #prepared(sql: string): Statement<unknown[], unknown> {
    const held = this.#statements.get(sql) ?? this.#database.prepare<unknown[], unknown>(sql);
    this.#statements.set(sql, held);
    return held;
  }

  #items(where: string, ...values: (string | number)[]): MediaRecord[] {
    return (this.#prepared(`SELECT ${COLUMNS.join(', ')} FROM media_items ${where}`).all(...values) as ItemRow[]).map(recordOf);
  }
}

/** Media items in an open database. Its methods throw AppErrors ('disk-full', 'data-folder-read-only', …). */
export function mediaStore(database: SqliteDatabase): MediaStore {
  return translatingErrors(new SqliteMediaStore(database), database);
}
