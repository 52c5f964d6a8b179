/** The log sheets of jobs. */
import { appendFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { tempFolder } from '../../../tests/fixtures/temp-folder.ts';
import { createJobLogFiles } from './job-log-files.ts';

const atMs = Date.UTC(2026, 0, 1);

test('notes, errors and commands are read back in order, with home paths shortened', () => {
  const sheets = createJobLogFiles(join(tempFolder(), 'logs/jobs'));
  sheets.append('job1', { atMs, kind: 'note', text: 'attempt 1 of 4' });
  sheets.append('job1', { atMs, kind: 'command', text: `ffmpeg -i ${homedir()}/in.mp4` });
  sheets.append('job1', { atMs, kind: 'error', text: 'attempt failed', fields: { err: new Error(`no ${homedir()}/in.mp4`) } });
  const { lines, commands } = sheets.read('job1');
  expect(commands).toEqual(['ffmpeg -i ~/in.mp4']);
  expect(lines.map((line) => line.split(' ').slice(0, 2))).toEqual(['note', 'command', 'error'].map((kind) => ['2026-01-01T00:00:00.000Z', kind]));
  expect(lines.join()).toContain('no ~/in.mp4');
  expect(lines.join()).not.toContain(homedir());
});

test('a line that a killed process left half written is skipped', () => {
  const folder = tempFolder();
  const sheets = createJobLogFiles(folder);
  sheets.append('job1', { atMs, kind: 'note', text: 'whole' });
  appendFileSync(join(folder, 'job1.log'), '{"atMs":1,"kind":"no');
  expect(sheets.read('job1').lines).toHaveLength(1);
});

test('a sheet is bounded, and a long one is read from its newest end', () => {
  const sheets = createJobLogFiles(tempFolder());
  for (let line = 0; line < 12_000; line += 1) sheets.append('job1', { atMs, kind: 'note', text: `${line} ${'x'.repeat(1000)}` });
  const { lines } = sheets.read('job1');
  expect(lines.length).toBeLessThan(1100);
  expect(lines.length).toBeGreaterThan(900);
  expect(Buffer.byteLength(JSON.stringify(lines))).toBeLessThan(2 << 20);
});

test('ids that are no ids never become paths; an unknown job has an empty sheet; a removed one too', () => {
  const folder = tempFolder();
  const sheets = createJobLogFiles(folder);
  for (const id of ['../x', 'a/b', '', 'A', 'a\0']) expect(() => sheets.append(id, { atMs, kind: 'note', text: '' })).toThrow();
  expect(readdirSync(folder)).toEqual([]);
  expect(sheets.read('nothing')).toEqual({ lines: [], commands: [] });
  sheets.append('job1', { atMs, kind: 'note', text: 'x' });
  sheets.remove('job1');
  sheets.remove('job1');
  expect(sheets.read('job1').lines).toEqual([]);
});
