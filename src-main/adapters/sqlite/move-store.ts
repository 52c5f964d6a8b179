/** Moves, their labels, embeddings and folders in SQLite. */
import type { Statement } from 'better-sqlite3';

import { MoveCurvesSchema, type EmbeddingKind, type MoveCurves, type Origin } from '../../contract/documents/move.ts';
import type { EmbeddingRecord, FolderRecord, LabelValues, MoveAnalysis, MoveName, MoveRecord, MoveStore, NewEmbedding, RemovedMove, StoredVector } from '../../core/library/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

interface MoveRow {
  readonly id: string;
  readonly folder_id: string | null;
  readonly path: string;
  readonly user_labels: string;
  readonly annotation_labels: string;
  readonly estimated_labels: string;
  readonly analysis: string | null;
  readonly created_ms: number;
  readonly media_name: string;
  readonly media_path: string;
  readonly duration_s: number;
  readonly has_sound: number;
  readonly is_missing: number;
  readonly size_bytes: number;
  readonly ends: string;
}

interface VectorRow {
  readonly move_id: string;
  readonly kind: EmbeddingKind;
  readonly space: string;
  readonly note: string | null;
  readonly stamp: number;
  readonly vector: Buffer;
}

const COLUMN = { user: 'user_labels', annotation: 'annotation_labels', estimate: 'estimated_labels' } as const;
const MOVES = `
  SELECT m.id, m.folder_id, m.path, m.user_labels, m.annotation_labels, m.estimated_labels, m.analysis, m.created_ms,
    i.name AS media_name, i.path AS media_path, json_extract(i.probe, '$.duration_s') AS duration_s,
    json_type(i.probe, '$.audio') = 'object' AS has_sound, i.is_missing, i.size_bytes, i.ends
  FROM moves m JOIN media_items i ON i.id = m.id WHERE m.removed_ms IS NULL AND i.removed_ms IS NULL`;

function recordOf(row: MoveRow, embeddings: readonly EmbeddingRecord[]): MoveRecord {
  return {
    id: row.id,
    folderId: row.folder_id,
    path: row.path,
    labels: { user: JSON.parse(row.user_labels) as LabelValues, annotation: JSON.parse(row.annotation_labels) as LabelValues, estimate: JSON.parse(row.estimated_labels) as LabelValues },
    analysis: row.analysis === null ? null : (JSON.parse(row.analysis) as MoveAnalysis),
    createdMs: row.created_ms,
    media: { name: row.media_name, path: row.media_path, durationS: row.duration_s, hasSound: row.has_sound === 1, isMissing: row.is_missing === 1, stamp: `${row.size_bytes}:${row.ends}` },
    embeddings,
  };
}

/** Bytes of a vector; a copy, aligned for floats. */
function floatsOf(bytes: Buffer): Float32Array {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
}

class SqliteMoveStore implements MoveStore {
  readonly #database: SqliteDatabase;
  readonly #statements = new Map<string, Statement<unknown[], unknown>>();

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  revision(): number {
    return this.#all<{ revision: number }>('SELECT revision FROM library_revision')[0]?.revision ?? 0;
  }

  list(): MoveRecord[] {
    const embeddings = new Map<string, EmbeddingRecord[]>();
    for (const { move_id: id, ...rest } of this.#all<Omit<VectorRow, 'vector'>>('SELECT move_id, kind, space, note, stamp FROM move_vectors ORDER BY move_id, kind, space')) {
      embeddings.set(id, [...(embeddings.get(id) ?? []), rest]);
    }
    return this.#all<MoveRow>(`${MOVES} ORDER BY m.created_ms DESC, m.rowid DESC`).map((row) => recordOf(row, embeddings.get(row.id) ?? []));
  }

  names(): MoveName[] {
    return this.#all('SELECT m.id, m.path, i.name FROM moves m JOIN media_items i ON i.id = m.id WHERE m.removed_ms IS NULL AND i.removed_ms IS NULL ORDER BY m.created_ms DESC, m.rowid DESC');
  }

  get(id: string): MoveRecord | null {
    const [row] = this.#all<MoveRow>(`${MOVES} AND m.id = ?`, id);
    return row ? recordOf(row, this.#all<EmbeddingRecord>('SELECT kind, space, note, stamp FROM move_vectors WHERE move_id = ? ORDER BY kind, space', id)) : null;
  }

  put({ id, folderId, path, nowMs }: { id: string; folderId: string | null; path: string; nowMs: number }): boolean {
    const before = this.#all<{ folder_id: string | null; path: string; removed_ms: number | null }>('SELECT folder_id, path, removed_ms FROM moves WHERE id = ?', id)[0];
    if (before && before.removed_ms === null && before.folder_id === folderId && before.path === path) return false;
    this.#run(
      `INSERT INTO moves (id, folder_id, path, created_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET folder_id = excluded.folder_id, path = excluded.path, removed_ms = NULL`,
      id, folderId, path, nowMs,
    );
    this.#touch();
    return !before || before.removed_ms !== null;
  }

  setLabels(id: string, origin: Origin, labels: LabelValues): void {
    this.#run(`UPDATE moves SET ${COLUMN[origin]} = ? WHERE id = ?`, JSON.stringify(labels), id);
    this.#touch();
  }

  setAnalysis(id: string, analysis: MoveAnalysis | null): void {
    this.#run('UPDATE moves SET analysis = ? WHERE id = ?', analysis === null ? null : JSON.stringify(analysis), id);
    this.#touch();
  }

  putEmbedding(id: string, { kind, space, note, vector }: NewEmbedding): void {
    this.#run(
      `INSERT INTO move_vectors (move_id, kind, space, note, stamp, vector) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (move_id, kind, space) DO UPDATE SET note = excluded.note, stamp = excluded.stamp, vector = excluded.vector`,
      id, kind, space, note, this.#touch(), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
    );
  }

  dropEmbeddings(id: string, kind: EmbeddingKind, keep: (space: string) => boolean): void {
    for (const { space } of this.#all<{ space: string }>('SELECT space FROM move_vectors WHERE move_id = ? AND kind = ?', id, kind)) {
      if (keep(space)) continue;
      this.#run('DELETE FROM move_vectors WHERE move_id = ? AND kind = ? AND space = ?', id, kind, space);
      this.#touch();
    }
  }

  vectors({ moveId, kind, space }: { moveId?: string; kind?: EmbeddingKind; space?: string }): StoredVector[] {
    const where = [
      ['move_id', moveId],
      ['kind', kind],
      ['space', space],
    ].filter((each): each is [string, string] => each[1] !== undefined);
    const sql = `SELECT * FROM move_vectors ${where.length > 0 ? `WHERE ${where.map(([column]) => `${column} = ?`).join(' AND ')}` : ''}`;
    return this.#all<VectorRow>(sql, ...where.map(([, value]) => value)).map((row) => ({ moveId: row.move_id, kind: row.kind, space: row.space, stamp: row.stamp, vector: floatsOf(row.vector) }));
  }

  vectorIndex(): { moveId: string; kind: EmbeddingKind; space: string; stamp: number }[] {
    return this.#all('SELECT move_id AS moveId, kind, space, stamp FROM move_vectors ORDER BY move_id');
  }

  curves(id: string): MoveCurves | null {
    const [row] = this.#all<{ document: string }>('SELECT document FROM move_curves WHERE move_id = ?', id);
    const parsed = row && MoveCurvesSchema.safeParse(JSON.parse(row.document));
    return parsed?.success === true ? parsed.data : null;
  }

  putCurves(id: string, document: string): void {
    this.#run('INSERT OR REPLACE INTO move_curves (move_id, document, stamp) VALUES (?, ?, ?)', id, document, this.#touch());
  }

  curveStamps(): Map<string, number> {
    return new Map(this.#all<{ move_id: string; stamp: number }>('SELECT move_id, stamp FROM move_curves INDEXED BY move_curves_stamp').map(({ move_id: id, stamp }) => [id, stamp]));
  }

  mostMovement(): number {
    const [row] = this.#all<{ movement: number | null }>(
      `SELECT json_extract(m.analysis, '$.movement') AS movement FROM moves m JOIN media_items i ON i.id = m.id
       WHERE m.removed_ms IS NULL AND i.removed_ms IS NULL ORDER BY json_extract(m.analysis, '$.movement') DESC LIMIT 1`,
    );
    return row?.movement ?? 0;
  }

  remove(ids: readonly string[], nowMs: number): number {
    return this.transaction(() => {
      const removed = ids.reduce((sum, id) => sum + this.#run('UPDATE moves SET removed_ms = ? WHERE id = ? AND removed_ms IS NULL', nowMs, id), 0);
      if (removed > 0) this.#touch();
      return removed;
    });
  }

  restore(id: string): boolean {
    return this.transaction(() => {
      this.#touch();
      return this.#run('UPDATE moves SET removed_ms = NULL WHERE id = ?', id) > 0;
    });
  }

  removed(folderId: string): RemovedMove[] {
    const rows = this.#all<{ id: string; path: string; is_item_removed: number }>(
      `SELECT m.id, i.path, i.removed_ms IS NOT NULL AS is_item_removed FROM moves m JOIN media_items i ON i.id = m.id
       WHERE m.folder_id = ? AND (m.removed_ms IS NOT NULL OR i.removed_ms IS NOT NULL)`,
      folderId,
    );
    return rows.map(({ id, path, is_item_removed: isItemRemoved }) => ({ id, path, isItemRemoved: isItemRemoved === 1 }));
  }

  isRemoved(id: string, folderId: string): boolean {
    return this.#all('SELECT 1 FROM moves WHERE id = ? AND folder_id = ? AND removed_ms IS NOT NULL', id, folderId).length > 0;
  }

  folders(): FolderRecord[] {
    return this.#all('SELECT id, name, path, annotations, scanned_ms AS scannedMs FROM library_folders ORDER BY created_ms, name');
  }

  addFolder({ id, name, path, annotations, scannedMs }: FolderRecord, nowMs: number): void {
    this.#run('INSERT INTO library_folders (id, name, path, annotations, scanned_ms, created_ms) VALUES (?, ?, ?, ?, ?, ?)', id, name, path, annotations, scannedMs, nowMs);
    this.#touch();
  }

  changeFolder(id: string, { annotations, scannedMs }: Partial<Pick<FolderRecord, 'annotations' | 'scannedMs'>>): boolean {
    const changed = this.#run('UPDATE library_folders SET annotations = COALESCE(?, annotations), scanned_ms = COALESCE(?, scanned_ms) WHERE id = ?', annotations ?? null, scannedMs ?? null, id);
    this.#touch();
    return changed > 0;
  }

  removeFolder(id: string, nowMs: number): boolean {
    return this.transaction(() => {
      this.#run('UPDATE moves SET removed_ms = ? WHERE folder_id = ? AND removed_ms IS NULL', nowMs, id);
      this.#run('INSERT OR REPLACE INTO removed_folders (path, removed_ms) SELECT path, ? FROM library_folders WHERE id = ?', nowMs, id);
      this.#touch();
      return this.#run('DELETE FROM library_folders WHERE id = ?', id) > 0;
    });
  }

  folderRemovedMs(path: string): number | null {
    return this.#all<{ removed_ms: number }>('SELECT removed_ms FROM removed_folders WHERE path = ?', path)[0]?.removed_ms ?? null;
  }

  transaction<Result>(work: () => Result): Result {
    return this.#database.inTransaction ? work() : this.#database.transaction(work).immediate();
  }

  /** @returns the new revision. */
  #touch(): number {
    return (this.#prepared('UPDATE library_revision SET revision = revision + 1 RETURNING revision').get() as { revision: number }).revision;
  }

  #run(sql: string, ...values: unknown[]): number {
    return this.#prepared(sql).run(...values).changes;
  }

  #all<Row>(sql: string, ...values: unknown[]): Row[] {
    return this.#prepared(sql).all(...values) as Row[];
  }

  #prepared(sql: string): Statement<unknown[], unknown> {
    const held = this.#statements.get(sql) ?? this.#database.prepare<unknown[], unknown>(sql);
    this.#statements.set(sql, held);
    return held;
  }
}

/** Moves in an open database. Its methods throw AppErrors ('disk-full', 'data-folder-read-only', …). */
export function moveStore(database: SqliteDatabase): MoveStore {
  return translatingErrors(new SqliteMoveStore(database), database);
}
