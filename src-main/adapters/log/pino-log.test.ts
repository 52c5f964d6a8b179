/** The program's log: one JSON line per event, rotation, nothing secret, everything written at the end. */
import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { tempFolder } from '../../../tests/fixtures/temp-folder.ts';
import { AppError } from '../../contract/errors.ts';
import { createFileLog } from './pino-log.ts';

const linesOf = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('a line carries level, time, scope, the error with its code and stack, and no secret and no home path', () => {
  const folder = tempFolder();
  const log = createFileLog(folder, 'studio');
  const cause = new Error('deep');
  log.child({ scope: 'jobs' }).error(
    { err: new AppError('ffmpeg-failed', `Could not read ${homedir()}/film.mp4`, { cause, details: { token: 't0p' } }), authorization: 'Bearer s3cret', nested: { apiKey: 'k3y', path: `${homedir()}/x` } },
    `failed in ${homedir()}`,
  );
  log.debug({}, 'not at this level');
  log.close();
  const path = join(folder, 'studio.log');
  const text = readFileSync(path, 'utf8');
  for (const secret of ['s3cret', 'k3y', 't0p', homedir()]) expect(text).not.toContain(secret);
  expect(linesOf(path)).toMatchObject([
    { level: 'error', scope: 'jobs', pid: process.pid, msg: 'failed in ~', authorization: '[redacted]', nested: { path: '~/x' }, err: { code: 'ffmpeg-failed', message: 'Could not read ~/film.mp4', stack: expect.stringContaining('AppError') as string, cause: { message: 'deep' } } },
  ]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('five files of a bounded size are kept, the newest lines in the first, none cut in two', () => {
  const folder = tempFolder();
  const log = createFileLog(folder, 'studio', { maxBytes: 10_000 });
  for (let line = 0; line < 2000; line += 1) log.info({ line, filler: 'x'.repeat(100) }, 'filling');
  log.close();
  expect(readdirSync(folder).sort()).toEqual(['studio.1.log', 'studio.2.log', 'studio.3.log', 'studio.4.log', 'studio.log']);
  const names = ['studio.4.log', 'studio.3.log', 'studio.2.log', 'studio.1.log', 'studio.log'];
  for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(10_000);
  const kept = names.flatMap((name) => linesOf(join(folder, name)).map(({ line }) => line as number));
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, i) => 2000 - kept.length + i));
  expect(kept.length).toBeGreaterThan(200);
});

test('a log goes on where the last start left it', () => {
  const folder = tempFolder();
  for (const start of [1, 2]) {
    const log = createFileLog(folder, 'command');
    log.info({ start }, 'started');
    log.close();
  }
  expect(linesOf(join(folder, 'command.log')).map(({ start }) => start)).toEqual([1, 2]);
});

test('what is pending is written when the process exits in a hurry', () => {
  const folder = tempFolder();
  const script = join(folder, 'exit.ts');
  writeFileSync(
    script,
    `import { createFileLog } from '${fileURLToPath(new URL('./pino-log.ts', import.meta.url))}';
     const log = createFileLog('${folder}/logs', 'studio');
     for (let line = 0; line < 500; line += 1) log.info({ line }, 'last words');
     process.exit(3);`,
  );
  expect(() => execFileSync(process.execPath, [script], { stdio: 'pipe' })).toThrow();
  expect(existsSync(join(folder, 'logs/studio.log'))).toBe(true);
  expect(linesOf(join(folder, 'logs/studio.log')).map(({ line }) => line)).toEqual(Array.from({ length: 500 }, (_, i) => i));
});
