/** The database on good and bad days: migrations and their copies, newer, damaged, read-only, full, several processes. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';

import { lockDataFolder } from '../../src-main/adapters/sqlite/data-folder-lock.ts';
import { openDatabase, type SqliteDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { createJobStore } from '../../src-main/adapters/sqlite/job-repository.ts';
import { migrations, type Migration } from '../../src-main/adapters/sqlite/migrations/index.ts';
import { createSettingsStore } from '../../src-main/adapters/sqlite/settings-repository.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { DEFAULT_SETTINGS } from '../../src-main/core/settings.ts';
import { startNode } from '../fixtures/child-node.ts';
import { canMount, smallDisk, smallDiskReason } from '../fixtures/small-disk.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const first: Migration = { version: 1, name: 'first', up: 'CREATE TABLE notes (text TEXT NOT NULL) STRICT' };
const second: Migration = { version: 2, name: 'second', up: 'ALTER TABLE notes ADD COLUMN mark INTEGER' };
const broken: Migration = { version: 3, name: 'broken', up: 'CREATE TABLE half (x TEXT); INSERT INTO nowhere VALUES (1)' };

function open(path: string, list: readonly Migration[] = migrations): SqliteDatabase {
  const database = openDatabase(path, { log: silentLog, migrations: list });
  onTestFinished(() => void database.close());
  return database;
}

function codeOf(action: () => unknown): { code: string; hint: string | undefined } {
  try {
    action();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, hint: error.hint };
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('opening', () => {
  test('a new file has WAL, 16 KiB pages, foreign keys, and lies in a folder made for its owner only', () => {
    const folder = join(tempFolder(), 'data 🎬 Ünïcode');
    const database = open(join(folder, 'kinetone.sqlite'));
    expect(['journal_mode', 'page_size', 'foreign_keys', 'synchronous', 'busy_timeout'].map((name) => database.pragma(name, { simple: true }))).toEqual(['wal', 16_384, 1, 1, 5000]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('every table is STRICT and every migration has its own number and file name', () => {
    const database = open(join(tempFolder(), 'kinetone.sqlite'));
    const loose = database.prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'").pluck().all();
    expect(loose).toEqual([]);
    const folder = fileURLToPath(new URL('../../src-main/adapters/sqlite/migrations/', import.meta.url));
    const files = readdirSync(folder).filter((name) => name !== 'index.ts').sort();
    expect(migrations.map(({ version, name }) => `${String(version).padStart(3, '0')}-${name}.ts`)).toEqual(files);
  });
});

describe('migrating', () => {
  test('copies the old file first, keeps what it holds, and does nothing the second time', () => {
    const path = join(tempFolder(), 'kinetone.sqlite');
    const old = openDatabase(path, { log: silentLog, migrations: [first] });
    old.exec("INSERT INTO notes VALUES ('kept')");
    old.close();
    const database = open(path, [first, second]);
    expect(database.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept', mark: null }]);
    const copy = join(path, '../kinetone.before-002.sqlite');
    const before = new Database(copy, { readonly: true });
    expect(before.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'kept' }]);
    before.close();
    const { mtimeMs } = statSync(copy);
    open(path, [first, second]);
    expect(statSync(copy).mtimeMs).toBe(mtimeMs);
    expect(readdirSync(join(path, '..')).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('one that fails leaves the database as it was, with all of its statements undone', () => {
    const path = join(tempFolder(), 'kinetone.sqlite');
    openDatabase(path, { log: silentLog, migrations: [first] }).close();
    expect(() => openDatabase(path, { log: silentLog, migrations: [first, second, broken] })).toThrow('no such table');
    const database = open(path, [first]);
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name IN ('half', 'notes')").pluck().all()).toEqual(['notes']);
    expect(database.prepare('SELECT * FROM pragma_table_info(?)').all('notes')).toHaveLength(1);
  });

  test('a database newer than the program is left alone, byte for byte', () => {
    const path = join(tempFolder(), 'kinetone.sqlite');
    openDatabase(path, { log: silentLog, migrations: [first, { ...second, version: 99 }] }).close();
    const before = readFileSync(path);
    expect(codeOf(() => openDatabase(path, { log: silentLog, migrations: [first, second] }))).toEqual({ code: 'database-newer', hint: expect.stringContaining('Update Kinetone') as string });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('several processes that open a new data folder at once all succeed', async () => {
    const folder = tempFolder();
    const script = join(folder, 'open.ts');
    const source = (path: string): string => fileURLToPath(new URL(`../../src-main/${path}`, import.meta.url));
    writeFileSync(
      script,
      `import { openDatabase } from '${source('adapters/sqlite/database.ts')}';
       import { silentLog } from '${source('core/log.ts')}';
       const database = openDatabase('${join(folder, 'data/kinetone.sqlite')}', { log: silentLog });
       console.log('tables', database.prepare('SELECT COUNT(*) FROM migrations').pluck().get());`,
    );
    const children = Array.from({ length: 6 }, () => startNode(script, []));
    expect(await Promise.all(children.map((child) => child.line(/^tables/)))).toEqual(Array(6).fill(`tables ${migrations.length}`));
  });
});

describe('bad days', () => {
  test.each([
    ['garbage', (path: string) => writeFileSync(path, 'this is no database '.repeat(2000))],
    ['a damaged header', (path: string) => writeFileSync(path, readFileSync(path).fill(0, 0, 100))],
    ['a damaged schema', (path: string) => writeFileSync(path, readFileSync(path).fill(0xff, 100, 16_384))],
  ])('%s is database-corrupt with what to do, and is left as it is', (_, damage) => {
    const path = join(tempFolder(), 'kinetone.sqlite');
    openDatabase(path, { log: silentLog }).close();
    damage(path);
    const before = readFileSync(path);
    expect(codeOf(() => openDatabase(path, { log: silentLog }))).toEqual({ code: 'database-corrupt', hint: expect.stringContaining('before-') as string });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a data folder whose place is a file cannot be made', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(codeOf(() => openDatabase(join(folder, 'file/data/kinetone.sqlite'), { log: silentLog })).code).toBe('data-folder-read-only');
  });

  test.skipIf(!canMount)(`a read-only disk, new or with a database on it, is data-folder-read-only (${smallDiskReason})`, () => {
    const disk = smallDisk('8m');
    openDatabase(join(disk.folder, 'old/kinetone.sqlite'), { log: silentLog }).close();
    mkdirSync(join(disk.folder, 'empty'));
    disk.makeReadOnly();
    for (const path of ['old/kinetone.sqlite', 'empty/kinetone.sqlite', 'none/kinetone.sqlite']) {
      expect([path, codeOf(() => openDatabase(join(disk.folder, path), { log: silentLog })).code]).toEqual([path, 'data-folder-read-only']);
    }
    expect(codeOf(() => lockDataFolder(join(disk.folder, 'empty'))).code).toBe('data-folder-read-only');
  });

  test.skipIf(!canMount)(`a full disk is disk-full, what was stored before is kept, and work goes on once there is room (${smallDiskReason})`, () => {
    const disk = smallDisk('3m');
    const database = open(join(disk.folder, 'kinetone.sqlite'));
    const store = createJobStore(database);
    const job = { kind: 'media-poster', title: 'x'.repeat(100_000), payload: {}, priority: 0, maxAttempts: 4, stages: [], dedupeKey: null, idempotencyKey: null, parent: null, mediaId: null, projectId: null } as const;
    let stored = 0;
    const fill = (): void => {
      for (; stored < 200; stored += 1) store.insert({ ...job, id: `job${stored}` }, Date.now());
    };
    expect(codeOf(fill).code).toBe('disk-full');
    expect(stored).toBeGreaterThan(3);
    expect(store.list({ limit: 1000 })).toHaveLength(stored);
    disk.resize('64m');
    fill();
    expect(store.list({ limit: 1000 })).toHaveLength(200);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  test.skipIf(!canMount)(`a disk too full even for a new database is disk-full (${smallDiskReason})`, () => {
    const disk = smallDisk('64k');
    writeFileSync(join(disk.folder, 'filler'), Buffer.alloc(60 * 1024));
    expect(codeOf(() => openDatabase(join(disk.folder, 'kinetone.sqlite'), { log: silentLog })).code).toBe('disk-full');
  });
});

describe('one studio per data folder', () => {
  test('the second learns where the first is; after its end the folder is free', () => {
    const folder = tempFolder();
    const lock = lockDataFolder(folder);
    lock.announce('http://127.0.0.1:4711');
    expect(() => lockDataFolder(folder)).toThrow(
      expect.objectContaining({ code: 'data-folder-in-use', message: `The data folder is open in the Kinetone at http://127.0.0.1:4711 (process id ${process.pid}).` }),
    );
    lock.release();
    lock.release();
    lockDataFolder(folder).release();
    expect(existsSync(join(folder, 'studio.json'))).toBe(false);
  });

  test('a studio that was killed holds nothing', async () => {
    const folder = tempFolder();
    const script = join(folder, 'hold.ts');
    writeFileSync(
      script,
      `import { lockDataFolder } from '${fileURLToPath(new URL('../../src-main/adapters/sqlite/data-folder-lock.ts', import.meta.url))}';
       lockDataFolder('${folder}').announce('http://127.0.0.1:1');
       console.log('held');
       setInterval(() => undefined, 1000);`,
    );
    const child = startNode(script, []);
    await child.line(/held/);
    expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ code: 'data-folder-in-use', details: { path: folder, holder: { pid: child.process.pid, address: 'http://127.0.0.1:1' } } }));
    await child.end('SIGKILL');
    lockDataFolder(folder).release();
  });

  test('commands open the database beside a studio', () => {
    const folder = tempFolder();
    const lock = lockDataFolder(folder);
    const [studio, command] = [open(join(folder, 'kinetone.sqlite')), open(join(folder, 'kinetone.sqlite'))];
    createSettingsStore(command).change({ theme: 'light' });
    expect(createSettingsStore(studio).read().theme).toBe('light');
    lock.release();
  });
});

describe('settings', () => {
  test('have a default for everything, keep what is changed, and survive a value that no longer fits', () => {
    const path = join(tempFolder(), 'kinetone.sqlite');
    const database = open(path);
    expect(createSettingsStore(database).read()).toEqual(DEFAULT_SETTINGS);
    expect(createSettingsStore(database).change({ loudness: 'off', keys: { 'play.toggle': 'P' } })).toEqual({ ...DEFAULT_SETTINGS, loudness: 'off', keys: { 'play.toggle': 'P' } });
    database.prepare("UPDATE settings SET document = json_set(document, '$.theme', 'pink', '$.unknown', 1)").run();
    expect(createSettingsStore(open(path)).read()).toEqual({ ...DEFAULT_SETTINGS, loudness: 'off', keys: { 'play.toggle': 'P' } });
    rmSync(path);
  });
});
