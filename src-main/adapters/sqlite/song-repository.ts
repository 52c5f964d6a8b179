/** Songs and their analyses in SQLite. An analysis of an hour is about 150 KiB of JSON. */
import type { Statement } from 'better-sqlite3';

import { NO_EDITS, SongEditsSchema, SongInfoSchema } from '../../contract/documents/song.ts';
import type { SongInfo } from '../../contract/documents/song.ts';
import { type SongAnalysis, SongAnalysisSchema } from '../../contract/documents/song-analysis.ts';
import type { AnalysisKey, SongFacts, SongRecord, SongStore } from '../../core/song/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

const NO_INFO: SongInfo = { title: null, artist: null, genre: null, tags: [] };

interface RecordRow {
  readonly number: number;
  readonly info: string;
  readonly edits: string;
  readonly problem: string | null;
}

const FACTS = 'version, source, updated_ms AS updatedMs, duration, tempo, song_key AS "key", time_signature AS timeSignature, energy';

/** What another version wrote and does not fit any more counts as not there. */
function analysisOf({ document }: { readonly document: string }): SongAnalysis | null {
  return SongAnalysisSchema.safeParse(JSON.parse(document)).data ?? null;
}

class SongRepository implements SongStore {
  readonly #database: SqliteDatabase;
  /** A list asks once for each song. */
  #factsOf: Statement<[string], SongFacts> | null = null;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  record(mediaId: string): SongRecord {
    const row = this.#row(mediaId) ?? this.#insert(mediaId);
    return {
      number: row.number,
      info: SongInfoSchema.safeParse(JSON.parse(row.info)).data ?? NO_INFO,
      edits: SongEditsSchema.safeParse(JSON.parse(row.edits)).data ?? NO_EDITS,
      problem: row.problem,
    };
  }

  byNumber(number: number): string | null {
    return this.#database.prepare<[number], string>('SELECT media_id FROM songs WHERE number = ?').pluck().get(number) ?? null;
  }

  change(mediaId: string, fields: Partial<Omit<SongRecord, 'number'>>): void {
    const { info, edits, problem } = { ...this.record(mediaId), ...fields };
    this.#database.prepare('UPDATE songs SET info = ?, edits = ?, problem = ? WHERE media_id = ?').run(JSON.stringify(info), JSON.stringify(edits), problem, mediaId);
  }

  analysis({ identity, version, source }: AnalysisKey): SongAnalysis | null {
    const row = this.#database
      .prepare<[string, number, string], { document: string }>('SELECT document FROM song_analyses WHERE identity = ? AND version = ? AND source = ?')
      .get(identity, version, source);
    return row ? analysisOf(row) : null;
  }

  facts(identity: string): SongFacts[] {
    this.#factsOf ??= this.#database.prepare<[string], SongFacts>(`SELECT ${FACTS} FROM song_facts WHERE identity = ? ORDER BY updated_ms DESC`);
    return this.#factsOf.all(identity);
  }

  put({ identity, version, source }: AnalysisKey, analysis: SongAnalysis, nowMs: number): void {
    const { duration, tempo, key, time_signature: signature, energy } = analysis;
    const mean = energy.length === 0 ? null : energy.reduce((sum, value) => sum + value, 0) / energy.length;
    const store = this.#database.transaction(() => {
      this.#database
        .prepare('INSERT OR REPLACE INTO song_analyses (identity, version, source, document, updated_ms) VALUES (?, ?, ?, ?, ?)')
        .run(identity, version, source, JSON.stringify(analysis), nowMs);
      this.#database
        .prepare('INSERT OR REPLACE INTO song_facts (identity, version, source, updated_ms, duration, tempo, song_key, time_signature, energy) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
        .run(identity, version, source, nowMs, duration, tempo, key, signature, mean);
    });
    store.immediate();
  }

  adopt(from: string, to: string): void {
    const adopt = this.#database.transaction(() => {
      for (const table of ['song_analyses', 'song_facts']) this.#database.prepare(`UPDATE OR REPLACE ${table} SET identity = ? WHERE identity = ?`).run(to, from);
    });
    adopt.immediate();
  }

  #row(mediaId: string): RecordRow | undefined {
    return this.#database.prepare<[string], RecordRow>('SELECT number, info, edits, problem FROM songs WHERE media_id = ?').get(mediaId);
  }

  #insert(mediaId: string): RecordRow {
    this.#database
      .prepare('INSERT INTO songs (media_id, info, edits) VALUES (?, ?, ?) ON CONFLICT (media_id) DO NOTHING')
      .run(mediaId, JSON.stringify(NO_INFO), JSON.stringify(NO_EDITS));
    const row = this.#row(mediaId);
    if (!row) throw new Error(`The song ${mediaId} was not stored.`);
    return row;
  }
}

export function songRepository(database: SqliteDatabase): SongStore {
  return translatingErrors(new SongRepository(database), database);
}
