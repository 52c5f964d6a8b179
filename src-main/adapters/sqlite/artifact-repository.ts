/** Artifacts in SQLite; the files themselves lie in the data folder or where the user wanted them. */
import { type Artifact, ArtifactSchema } from '../../contract/documents/artifact.ts';
import type { ArtifactStore } from '../../core/sonify/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

interface Row {
  readonly document: string;
  readonly path: string;
}

class ArtifactRepository implements ArtifactStore {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  add(artifact: Artifact, path: string): void {
    this.#database
      .prepare('INSERT INTO artifacts (id, path, media_id, project_id, document, created_ms) VALUES (?, ?, ?, ?, ?, ?)')
      .run(artifact.id, path, artifact.media_id, artifact.project_id, JSON.stringify(artifact), Date.parse(artifact.created_at));
  }

  get(id: string): Artifact | null {
    const row = this.#row(id);
    return row ? ArtifactSchema.parse(JSON.parse(row.document)) : null;
  }

  pathOf(id: string): string | null {
    return this.#row(id)?.path ?? null;
  }

  list({ mediaId, projectId }: { mediaId?: string; projectId?: string }): Artifact[] {
    return this.#database
      .prepare<[string | null, string | null, string | null, string | null], Row>(
        `SELECT document, path FROM artifacts WHERE (? IS NULL OR media_id = ?) AND (? IS NULL OR project_id = ?)
         ORDER BY created_ms DESC, rowid DESC`,
      )
      .all(mediaId ?? null, mediaId ?? null, projectId ?? null, projectId ?? null)
      .map((row) => ArtifactSchema.parse(JSON.parse(row.document)));
  }

  remove(id: string): void {
    this.#database.prepare('DELETE FROM artifacts WHERE id = ?').run(id);
  }

  #row(id: string): Row | undefined {
    return this.#database.prepare<[string], Row>('SELECT document, path FROM artifacts WHERE id = ?').get(id);
  }
}

export function artifactRepository(database: SqliteDatabase): ArtifactStore {
  return translatingErrors(new ArtifactRepository(database), database);
}
