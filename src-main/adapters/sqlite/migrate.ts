/**
 * Brings a database up to the program's schema: all missing migrations in one transaction, after a copy of the old
 * file. What was applied stands in the table `migrations`; a version this program does not know means it is newer.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type Database from 'better-sqlite3';

import { AppError } from '../../contract/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Migration } from './migrations/index.ts';

export interface MigrateOptions {
  readonly migrations: readonly Migration[];
  readonly log: Log;
}

/**
 * @throws AppError 'database-newer' before anything is touched; SqliteError where a statement fails (rolled back).
 * Cost: one read when nothing is missing, else a copy of the file.
 */
export function migrate(database: Database.Database, { migrations, log }: MigrateOptions): void {
  if (missing(database, migrations).length === 0) return;
  copyBefore(database, log);
  const run = database.transaction(() => {
    database.exec('CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_ms INTEGER NOT NULL) STRICT');
    // Asked again inside the lock: another process may have migrated since.
    for (const migration of missing(database, migrations)) {
      database.exec(migration.up);
      database.prepare('INSERT INTO migrations (version, name, applied_ms) VALUES (?, ?, ?)').run(migration.version, migration.name, Date.now());
      log.info({ version: migration.version, name: migration.name }, 'database migrated');
    }
  });
  run.immediate();
}

function applied(database: Database.Database): number[] {
  const exists = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'").get();
  return exists === undefined ? [] : database.prepare<[], number>('SELECT version FROM migrations ORDER BY version').pluck().all();
}

function missing(database: Database.Database, migrations: readonly Migration[]): Migration[] {
  const done = applied(database);
  const known = new Set(migrations.map((migration) => migration.version));
  const unknown = done.filter((version) => !known.has(version));
  if (unknown.length > 0) {
    throw new AppError('database-newer', 'The data folder was written by a newer Kinetone.', {
      hint: 'Update Kinetone, or choose another data folder with --data-dir. The data folder was left as it is.',
      details: { path: database.name, unknown_versions: unknown },
    });
  }
  return migrations.filter((migration) => !done.includes(migration.version));
}

/** A whole copy beside the file, named after its newest version; an interrupted copy never gets that name. */
function copyBefore(database: Database.Database, log: Log): void {
  const newest = applied(database).at(-1);
  if (newest === undefined) return;
  const copy = join(dirname(database.name), `kinetone.before-${String(newest + 1).padStart(3, '0')}.sqlite`);
  if (existsSync(copy)) return;
  const partial = `${copy}.partial-${process.pid}`;
  rmSync(partial, { force: true });
  database.prepare('VACUUM INTO ?').run(partial);
  renameSync(partial, copy);
  log.info({ copy }, 'database copied before its migration');
}
