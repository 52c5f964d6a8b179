/** A render onto a disk that is too small or may not be written: the defined error, and nothing left under any name. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { film } from '../fixtures/films.ts';
import { kinetone } from '../fixtures/program.ts';
import { canMount, smallDisk, smallDiskReason } from '../fixtures/small-disk.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

if (!canMount) process.stdout.write(`skipped: ${smallDiskReason}\n`);

test.skipIf(!canMount)('an output disk that fills up: disk-full, and the disk is as it was', async () => {
  const folder = tempFolder();
  const disk = smallDisk('200k');
  const ended = await kinetone(['sonify', film(folder, 'film.mp4', { seconds: 4 }), '-o', join(disk.folder, 'out.mp4'), '--data-dir', join(folder, 'data')]);
  expect([ended.code, ended.stderr.includes('[disk-full]')]).toEqual([1, true]);
  expect(readdirSync(disk.folder)).toEqual([]);
});

test.skipIf(!canMount)('a data folder with little room: disk-full before anything is written', async () => {
  const folder = tempFolder();
  const disk = smallDisk('20m');
  const ended = await kinetone(['sonify', film(folder, 'film.mp4', { seconds: 2 }), '-o', join(folder, 'out.mp4'), '--data-dir', join(disk.folder, 'data')]);
  expect([ended.code, ended.stderr.includes('[disk-full]')]).toEqual([1, true]);
  expect(readdirSync(folder)).toEqual(['film.mp4']);
});

test.skipIf(!canMount)('a data folder that cannot be written is said at once', async () => {
  const disk = smallDisk('20m');
  disk.makeReadOnly();
  const ended = await kinetone(['media', 'list', '--data-dir', join(disk.folder, 'data')]);
  expect([ended.code, ended.stdout]).toEqual([1, '']);
  expect(ended.stderr).toContain('[data-folder-read-only]');
});

test.skipIf(!canMount)('an output folder that cannot be written is said before the work begins', async () => {
  const folder = tempFolder();
  const disk = smallDisk('20m');
  disk.makeReadOnly();
  const ended = await kinetone(['sonify', film(folder, 'film.mp4', { seconds: 2 }), '-o', join(disk.folder, 'out.mp4'), '--data-dir', join(folder, 'data')]);
  expect([ended.code, ended.stderr.includes('[output-unwritable]')]).toEqual([1, true]);
});
