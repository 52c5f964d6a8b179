/** Sessions in SQLite, and what they saw: a row per frame, written as it is seen. */
import type { Statement } from 'better-sqlite3';

import { type Session, SessionSchema } from '../../contract/documents/session.ts';
import type { SessionStore, StoredFrame } from '../../core/sonify/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

/** Frames deleted in one turn of the event loop: about 2 ms. */
const FRAMES_PER_TURN = 2000;

interface FrameRow {
  readonly frame: number;
  readonly timestamp_s: number;
  readonly features: Buffer;
}

/** The driver's Buffer may start anywhere in its memory; a copy is aligned and the caller's own. */
function storedFrame({ frame, timestamp_s: timestampS, features }: FrameRow): StoredFrame {
  const bytes = new Uint8Array(features.byteLength);
  bytes.set(features);
  return { frame, timestampS, row: new Float32Array(bytes.buffer) };
}

class SqliteSessionStore implements SessionStore {
  readonly #database: SqliteDatabase;
  readonly #put: Statement<[string, number, number, Buffer]>;
  readonly #range: Statement<[string, number, number, number], FrameRow>;
  readonly #drop: Statement<[string, string, number]>;
  #removed: string[] = [];

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#put = database.prepare('INSERT OR REPLACE INTO session_frames (session_id, frame, timestamp_s, features) VALUES (?, ?, ?, ?)');
    this.#range = database.prepare('SELECT frame, timestamp_s, features FROM session_frames WHERE session_id = ? AND frame >= ? AND frame <= ? ORDER BY frame LIMIT ?');
    this.#drop = database.prepare('DELETE FROM session_frames WHERE session_id = ? AND frame IN (SELECT frame FROM session_frames WHERE session_id = ? ORDER BY frame LIMIT ?)');
    this.#sweep();
  }

  list(): Session[] {
    const rows = this.#database.prepare<[], { document: string }>('SELECT document FROM sessions ORDER BY created_ms, rowid').all();
    return rows.flatMap(({ document }) => {
      const parsed = SessionSchema.safeParse(JSON.parse(document));
      return parsed.success ? [parsed.data] : [];
    });
  }

  save(session: Session): void {
    this.#database
      .prepare('INSERT INTO sessions (id, project_id, document, created_ms) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document')
      .run(session.id, session.project_id, JSON.stringify(session), Date.parse(session.created_at));
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM sessions WHERE id = ?').run(id);
    this.#removeFrames(id);
  }

  putFrame(sessionId: string, { frame, timestampS, row }: StoredFrame): void {
    this.#put.run(sessionId, frame, timestampS, Buffer.from(row.buffer, row.byteOffset, row.byteLength));
  }

  frame(sessionId: string, frame: number): StoredFrame | null {
    return this.frames(sessionId, frame, frame, 1)[0] ?? null;
  }

  frames(sessionId: string, first: number, last: number, most: number): StoredFrame[] {
    if (this.#removed.includes(sessionId)) return [];
    return this.#range.all(sessionId, first, last, most).map(storedFrame);
  }

  countFrames(sessionId: string): number {
    if (this.#removed.includes(sessionId)) return 0;
    return this.#database.prepare<[string], number>('SELECT COUNT(*) FROM session_frames WHERE session_id = ?').pluck().get(sessionId) ?? 0;
  }

  dropFirstFrame(sessionId: string): void {
    this.#drop.run(sessionId, sessionId, 1);
  }

  /** In the turns that follow: a long session's frames are hundreds of megabytes. */
  #removeFrames(id: string): void {
    this.#removed.push(id);
    if (this.#removed.length === 1) setImmediate(() => this.#turn());
  }

  #turn(): void {
    const [id] = this.#removed;
    if (id === undefined || !this.#database.open) return;
    if (!this.#removeSome(id)) this.#removed.shift();
    if (this.#removed.length > 0) setImmediate(() => this.#turn());
  }

  /** @returns whether there may be more. */
  #removeSome(id: string): boolean {
    try {
      return this.#drop.run(id, id, FRAMES_PER_TURN).changes === FRAMES_PER_TURN;
    } catch {
      // A full or busy disk: nobody sees these frames, and the next opening finds them again.
      return false;
    }
  }

  /** Finds frames whose session is gone. Cost: one look per session. */
  #sweep(): void {
    const next = this.#database.prepare<[string], string>('SELECT session_id FROM session_frames WHERE session_id > ? ORDER BY session_id LIMIT 1').pluck();
    const isThere = this.#database.prepare<[string], number>('SELECT 1 FROM sessions WHERE id = ?').pluck();
    for (let id = next.get(''); id !== undefined; id = next.get(id)) if (isThere.get(id) === undefined) this.#removeFrames(id);
  }
}

/** Sessions in an open database. Its methods throw AppErrors ('disk-full', 'data-folder-read-only', …). */
export function sessionRepository(database: SqliteDatabase): SessionStore {
  return translatingErrors(new SqliteSessionStore(database), database);
}
