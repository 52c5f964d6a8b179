/**
 * SQLite's result codes as the errors of the product. Every repository is wrapped once, so that no caller sees a
 * driver's exception. Codes: https://www.sqlite.org/rescode.html
 */
import Database from 'better-sqlite3';

import { AppError, type ErrorCode } from '../../contract/errors.ts';

interface Meaning {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly retryable?: boolean;
}

const READ_ONLY: Meaning = {
  code: 'data-folder-read-only',
  message: 'The data folder cannot be written.',
  hint: 'Allow writing to it, or choose another with --data-dir or KINETONE_DATA_DIR.',
};
const FULL: Meaning = { code: 'disk-full', message: 'The disk with the data folder is full.', hint: 'Free some space and try again; nothing that was saved is lost.' };
const CORRUPT: Meaning = {
  code: 'database-corrupt',
  message: 'The database in the data folder is damaged.',
  hint: 'Move kinetone.sqlite away and put back a kinetone.before-*.sqlite copy from the same folder, or start with another data folder. Media files are not affected.',
};
const BUSY: Meaning = { code: 'internal', message: 'The database stayed busy for too long.', hint: 'Try again in a moment.', retryable: true };

/** By the primary code; an extended code (SQLITE_READONLY_DBMOVED) means what its primary one means. */
const MEANINGS: readonly (readonly [prefix: string, meaning: Meaning])[] = [
  ['SQLITE_READONLY', READ_ONLY],
  ['SQLITE_CANTOPEN', READ_ONLY],
  ['SQLITE_PERM', READ_ONLY],
  ['SQLITE_FULL', FULL],
  // On a full disk SQLite cannot grow the write-ahead log or its index and reports these instead of SQLITE_FULL.
  ['SQLITE_IOERR_WRITE', FULL],
  ['SQLITE_IOERR_SHMSIZE', FULL],
  ['SQLITE_CORRUPT', CORRUPT],
  ['SQLITE_NOTADB', CORRUPT],
  ['SQLITE_BUSY', BUSY],
  ['SQLITE_LOCKED', BUSY],
];

/**
 * @param path  of the database, for the details of the error
 * @returns the error as an AppError; anything that is not SQLite's comes back unchanged.
 */
export function translateSqliteError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const meaning = MEANINGS.find(([prefix]) => error.code.startsWith(prefix))?.[1];
  if (meaning === undefined) return error;
  return new AppError(meaning.code, meaning.message, { hint: meaning.hint, cause: error, details: { path, sqlite: error.code }, retryable: meaning.retryable ?? false });
}

/** The same object whose methods throw translated errors. Methods are synchronous, as SQLite's driver is. */
export function translatingErrors<Repository extends object>(repository: Repository, database: Database.Database): Repository {
  return new Proxy(repository, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        try {
          return Reflect.apply(member, target, args);
        } catch (error) {
          throw translateSqliteError(error, database.name);
        }
      };
    },
  });
}
