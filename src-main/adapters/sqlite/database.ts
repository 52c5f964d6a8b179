/**
 * The one SQLite file of a data folder: opened in WAL mode, with foreign keys on and its schema up to date.
 * Pages are 16 KiB, because most of the bytes are feature columns of many kilobytes.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import { AppError } from '../../contract/errors.ts';
import type { Log } from '../../core/log.ts';
import { translateSqliteError } from './errors.ts';
import { migrate } from './migrate.ts';
import { migrations as allMigrations, type Migration } from './migrations/index.ts';

export type SqliteDatabase = Database.Database;

export interface OpenDatabaseOptions {
  readonly log: Log;
  /** The program's own unless a test says otherwise. */
  readonly migrations?: readonly Migration[];
}

const PAGE_BYTES = 16_384;
const BUSY_TIMEOUT_MS = 5000;
const RETRY_MS = 10;

/**
 * Opens or creates the database at `path`; several processes may have it open at once.
 * @throws AppError 'database-newer', 'database-corrupt', 'data-folder-read-only', 'disk-full'; the file is then left alone.
 */
export function openDatabase(path: string, { log, migrations = allMigrations }: OpenDatabaseOptions): SqliteDatabase {
  makeFolder(dirname(path));
  let database: SqliteDatabase | null = null;
  try {
    database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    configure(database);
    migrate(database, { migrations, log });
    return database;
  } catch (error) {
    database?.close();
    throw translateSqliteError(error, path);
  }
}

function configure(database: SqliteDatabase): void {
  // Only a file without pages takes it, and only before WAL.
  database.pragma(`page_size = ${PAGE_BYTES}`);
  switchToWal(database);
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  // 4 MiB between checkpoints: one of SQLite's usual thousand pages would hold up the event loop four times as long.
  database.pragma('wal_autocheckpoint = 256');
  // A WAL that once grew during a long write is cut back.
  database.pragma('journal_size_limit = 67108864');
  // Takes the write lock and gives it back: a folder that cannot be written is found here and not at the first job.
  database.exec('BEGIN IMMEDIATE; ROLLBACK');
}

/** Of processes that make a folder at once one changes the journal's kind; SQLite tells the others so without waiting its timeout. */
function switchToWal(database: SqliteDatabase): void {
  for (const endMs = Date.now() + BUSY_TIMEOUT_MS; ; ) {
    try {
      return void database.pragma('journal_mode = WAL');
    } catch (error) {
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || Date.now() >= endMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new AppError('data-folder-read-only', 'The data folder cannot be made.', {
      hint: 'Allow writing to the folder above it, or choose another with --data-dir or KINETONE_DATA_DIR.',
      cause,
      details: { path: folder },
    });
  }
}
