import { createHash } from 'node:crypto';
import { readFile, readdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { KeptHashes } from './kept-hashes.ts';

const HOUR_MS = 3_600_000;

function world() {
  const folder = mkdtempSync(join(tmpdir(), 'kinetone-hashes-'));
  let reads = 0;
  const reader = {
    sha256: async (path: string) => {
      reads += 1;
      return createHash('sha256').update(await readFile(path)).digest('hex');
    },
  };
  let aheadMs = HOUR_MS;
  const hashes = () => new KeptHashes(folder, reader, { nowMs: () => Date.now() + aheadMs });
  return { folder, path: join(folder, 'clip.mp4'), hashes, reads: () => reads, setAhead: (ms: number) => (aheadMs = ms) };
}

test('a file that was not touched is read once, by whoever asks', async () => {
  const { path, hashes, reads } = world();
  await writeFile(path, 'one');
  const first = await hashes().sha256(path, {});
  expect([await hashes().sha256(path, {}), reads()]).toEqual([first, 1]);
});

test('other bytes of the same length are seen, even when the time of the change is set back', async () => {
  const { path, hashes, reads } = world();
  await writeFile(path, 'one');
  const { atime, mtime } = await stat(path);
  const first = await hashes().sha256(path, {});
  await writeFile(path, 'two');
  await utimes(path, atime, mtime);
  expect(await hashes().sha256(path, {})).not.toBe(first);
  expect(reads()).toBe(2);
});

test('another file moved to the name of the first is seen', async () => {
  const { folder, path, hashes } = world();
  await writeFile(path, 'one');
  await writeFile(join(folder, 'other'), 'two');
  const first = await hashes().sha256(path, {});
  await rename(join(folder, 'other'), path);
  expect(await hashes().sha256(path, {})).not.toBe(first);
});

test('a file written a moment ago is read again: a second write may fall on the same tick', async () => {
  const { folder, path, hashes, reads, setAhead } = world();
  setAhead(0);
  await writeFile(path, 'one');
  await hashes().sha256(path, {});
  await hashes().sha256(path, {});
  expect([reads(), (await readdir(folder)).filter((name) => name.endsWith('.hash'))]).toEqual([2, []]);
});

test('a damaged note is not believed', async () => {
  const { folder, path, hashes, reads } = world();
  await writeFile(path, 'one');
  const first = await hashes().sha256(path, {});
  for (const name of await readdir(folder)) if (name.endsWith('.hash')) await writeFile(join(folder, name), 'abc');
  expect([await hashes().sha256(path, {}), reads()]).toEqual([first, 2]);
});

test('a file that is gone is an error of its reader, not of the notes', async () => {
  const { path, hashes } = world();
  await expect(hashes().sha256(path, {})).rejects.toMatchObject({ code: 'ENOENT' });
});
