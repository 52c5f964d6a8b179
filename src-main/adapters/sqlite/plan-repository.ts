/** Stored plans in SQLite: the newest used ones; a plan of a version this program does not read counts as not there. */
import { type Plan, PlanSchema } from '../../contract/documents/choreography.ts';
import type { PlanStore } from '../../core/choreography/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

/** About 200 KiB each. */
const MOST_PLANS = 100;

class PlanRepository implements PlanStore {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  get(key: string): Plan | null {
    const document = this.#database.prepare<[string], string>('SELECT document FROM plans WHERE key = ?').pluck().get(key);
    return document === undefined ? null : (PlanSchema.safeParse(JSON.parse(document)).data ?? null);
  }

  put(key: string, plan: Plan, nowMs: number): void {
    this.#database
      .prepare('INSERT INTO plans (key, document, used_ms) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET document = excluded.document, used_ms = excluded.used_ms')
      .run(key, JSON.stringify(plan), nowMs);
    this.#database.prepare('DELETE FROM plans WHERE key NOT IN (SELECT key FROM plans ORDER BY used_ms DESC, key LIMIT ?)').run(MOST_PLANS);
  }
}

export function planRepository(database: SqliteDatabase): PlanStore {
  return translatingErrors(new PlanRepository(database), database);
}
