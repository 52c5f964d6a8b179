import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { DataWorkFiles } from './work-files.ts';

function workFiles(): { files: DataWorkFiles; root: string } {
  const root = mkdtempSync(join(tmpdir(), 'kinetone-work-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return { files: new DataWorkFiles(root), root };
}

test('a result has its name only when it is whole, and a partial file stands for nothing', async () => {
  const { files } = workFiles();
  const target = files.workPath('key', 'wav');
  const partial = files.partialPath(target);
  writeFileSync(partial, 'sound');
  expect(files.hasWork('key', 'wav')).toBe(false);
  expect(await files.publish(partial, target)).toBe(5);
  expect([files.hasWork('key', 'wav'), existsSync(partial), readFileSync(target, 'utf8')]).toEqual([true, false, 'sound']);
});

test('intermediate results older than a week go, newer ones stay', async () => {
  const { files } = workFiles();
  const now = Date.now();
  for (const [key, days] of [['old', 8], ['new', 6]] as const) {
    writeFileSync(files.workPath(key, 'wav'), 'x');
    const at = new Date(now - days * 24 * 3600 * 1000);
    utimesSync(files.workPath(key, 'wav'), at, at);
  }
  await files.trim(now);
  expect([files.hasWork('old', 'wav'), files.hasWork('new', 'wav')]).toEqual([false, true]);
});

test('more than the disk has is refused before anything is written', async () => {
  const { files, root } = workFiles();
  await expect(files.requireSpace(join(root, 'x.wav'), 2 ** 60)).rejects.toMatchObject({ code: 'disk-full' });
});

test('a copy is independent of its source', async () => {
  const { files, root } = workFiles();
  writeFileSync(join(root, 'a'), 'one');
  await files.copy(join(root, 'a'), join(root, 'b'));
  writeFileSync(join(root, 'a'), 'two');
  expect(readFileSync(join(root, 'b'), 'utf8')).toBe('one');
});

test('a folder that is not there is said in the user’s words', async () => {
  const { files } = workFiles();
  const partial = files.partialPath(files.workPath('key', 'wav'));
  writeFileSync(partial, 'x');
  await expect(files.publish(partial, '/nowhere/out.wav')).rejects.toMatchObject({ code: 'output-unwritable' });
});
