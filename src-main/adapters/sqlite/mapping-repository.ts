/** The user's mappings in SQLite. */
import { type Mapping, MappingSchema } from '../../contract/documents/mapping.ts';
import type { MappingStore } from '../../core/sonify/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

interface Row {
  readonly document: string;
}

class MappingRepository implements MappingStore {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  list(): Mapping[] {
    return this.#database.prepare<[], Row>('SELECT document FROM mappings ORDER BY saved_ms DESC').all().flatMap(mappingOfRow);
  }

  get(id: string): Mapping | null {
    const row = this.#database.prepare<[string], Row>('SELECT document FROM mappings WHERE id = ?').get(id);
    return row ? (mappingOfRow(row)[0] ?? null) : null;
  }

  save(mapping: Mapping): void {
    this.#database
      .prepare('INSERT INTO mappings (id, document, saved_ms) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document, saved_ms = excluded.saved_ms')
      .run(mapping.id, JSON.stringify(mapping), Date.now());
  }

  remove(id: string): boolean {
    return this.#database.prepare('DELETE FROM mappings WHERE id = ?').run(id).changes > 0;
  }
}

/** A document of a version this program does not read is left out of lists, not lost. */
function mappingOfRow(row: Row): Mapping[] {
  const parsed = MappingSchema.safeParse(JSON.parse(row.document));
  return parsed.success ? [parsed.data] : [];
}

export function mappingRepository(database: SqliteDatabase): MappingStore {
  return translatingErrors(new MappingRepository(database), database);
}
