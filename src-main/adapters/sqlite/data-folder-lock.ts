/**
 * One studio per data folder: a write lock on a tiny SQLite file, which the system drops when its process dies, however
 * it dies. So there is no stale lock to tell from a live one. Commands that run beside a studio do not take it.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import Database from 'better-sqlite3';
import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import { translateSqliteError } from './errors.ts';

const HolderSchema = z.object({ pid: z.number().int(), address: z.string().nullable() });
/** Who has the folder open: its process, and its address once it listens. */
export type LockHolder = z.infer<typeof HolderSchema>;

export interface DataFolderLock {
  /** Tells a second studio where this one is. */
  announce(address: string | null): void;
  release(): void;
}

/**
 * @throws AppError 'data-folder-in-use' with the holder in its details, 'data-folder-read-only', 'disk-full'.
 */
export function lockDataFolder(dataDir: string): DataFolderLock {
  const path = join(dataDir, 'studio.lock');
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { timeout: 0 });
    database.pragma('journal_mode = MEMORY');
    // RESERVED: nobody else may take it too, and nothing is written.
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    database?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw inUse(dataDir);
    throw translateSqliteError(error, path);
  }
  const held = database;
  const announce = (address: string | null): void => writeHolder(dataDir, { pid: process.pid, address });
  announce(null);
  return {
    announce,
    release() {
      if (!held.open) return;
      rmSync(holderPath(dataDir), { force: true });
      held.close();
    },
  };
}

function inUse(dataDir: string): AppError {
  const holder = readHolder(dataDir);
  const where = holder === null ? 'another Kinetone' : holder.address === null ? `the Kinetone with process id ${holder.pid}` : `the Kinetone at ${holder.address} (process id ${holder.pid})`;
  return new AppError('data-folder-in-use', `The data folder is open in ${where}.`, {
    hint: 'Use that one, close it first, or choose another folder with --data-dir.',
    details: { path: dirname(holderPath(dataDir)), holder },
  });
}

const holderPath = (dataDir: string): string => join(dataDir, 'studio.json');

/** Only says who it is: a disk too full for it must not keep the studio from starting, and so from being tidied up. */
function writeHolder(dataDir: string, holder: LockHolder): void {
  const partial = `${holderPath(dataDir)}.partial-${process.pid}`;
  try {
    writeFileSync(partial, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
    renameSync(partial, holderPath(dataDir));
  } catch {
    rmSync(partial, { force: true });
  }
}

function readHolder(dataDir: string): LockHolder | null {
  try {
    return HolderSchema.parse(JSON.parse(readFileSync(holderPath(dataDir), 'utf8')));
  } catch {
    // Between taking the lock and writing the file there is nothing to read; the lock alone decides.
    return null;
  }
}
