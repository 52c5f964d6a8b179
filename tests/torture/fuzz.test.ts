/**
 * Damaged files, made from good ones by a seeded generator: whatever is done to the bytes, the outcome is an item whose
 * features are whole or an error that names the file; no hang, no crash of ours, nothing left running or half stored.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { AppError } from '../../src-main/contract/errors.ts';
import { randomOf } from '../fixtures/feature-series.ts';
import { makeFilm, makeMedia } from '../fixtures/make-media.ts';
import { sharedWorld } from '../fixtures/media-world.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

/** More in `npm run soak`. */
const FILES = Number(process.env['KINETONE_FUZZ_FILES'] ?? 16);
const SEED = Number(process.env['KINETONE_FUZZ_SEED'] ?? 1);

const shared = sharedWorld();
const sources: Buffer[] = [];

beforeAll(() => {
  const folder = shared().folder.root;
  const small = { size: '64x48', seconds: 1 };
  for (const name of ['a.mp4', 'a.mkv', 'a.ts', 'a.avi']) sources.push(readFileSync(makeFilm(folder, name, small)));
  sources.push(readFileSync(makeMedia(folder, 'a.gif', ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=10:duration=1'])));
  sources.push(readFileSync(makeMedia(folder, 'a.webm', ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=10:duration=1', '-f', 'lavfi', '-i', 'sine=duration=1', '-c:v', 'libvpx', '-deadline', 'realtime'])));
});

/** One of: bytes changed, a stretch doubled, a stretch cut out, the end cut off, bits turned in the first kilobyte. */
function damage(source: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * source.length);
  const length = Math.floor(random() * Math.min(4000, source.length - at));
  switch (Math.floor(random() * 5)) {
    case 0: {
      const changed = Buffer.from(source);
      for (let i = 0; i < 40; i += 1) changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256);
      return changed;
    }
    case 1:
      return Buffer.concat([source.subarray(0, at + length), source.subarray(at)]);
    case 2:
      return Buffer.concat([source.subarray(0, at), source.subarray(at + length)]);
    case 3:
      return source.subarray(0, at);
    default: {
      const changed = Buffer.from(source);
      for (let i = 0; i < 6; i += 1) {
        const place = Math.floor(random() * Math.min(1024, changed.length));
        changed[place] = (changed[place] as number) ^ (1 << Math.floor(random() * 8));
      }
      return changed;
    }
  }
}

/** What happened to one file; every other end is a fault of ours and throws. */
async function outcome(path: string): Promise<string> {
  const { library, features, derived } = shared();
  const { items, rejected } = await library.importPaths([path]);
  const [refused] = rejected;
  if (refused) return refused.error.code;
  const item = items[0]?.item;
  if (!item) throw new Error('neither imported nor rejected');
  if (item.kind !== 'video') return item.kind;
  try {
    await derived.makePoster(item.id, {});
    await features.ensure(item.id, { signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'internal') throw error;
    return error.code;
  }
  const { state, frames } = features.info(item.id);
  const { timestamps } = features.rows(item.id, 0, 1e9);
  expect([state, timestamps.length]).toEqual(['ready', frames]);
  expect([...timestamps]).toEqual([...timestamps].sort((a, b) => a - b));
  return 'ready';
}

test(`${FILES} damaged files each end as an item or a named error (seed ${SEED})`, { timeout: 60_000 + FILES * 10_000 }, async () => {
  const folder = tempFolder();
  const allowed = /^(ready|audio|image|media-(unreadable|unsupported|empty|no-video|too-large-picture|playlist-refused)|ffmpeg-failed)$/;
  for (let file = 0; file < FILES; file += 1) {
    const random = randomOf(SEED * 100_003 + file);
    const path = join(folder, `damaged-${file}.bin`);
    writeFileSync(path, damage(sources[file % sources.length] as Buffer, random));
    expect(await outcome(path), `file ${file} of seed ${SEED}`).toMatch(allowed);
  }
  await expect.poll(() => readdirSync(shared().folder.programs)).toEqual([]);
});
