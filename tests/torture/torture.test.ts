/** The torture folder: every bad file has its defined outcome, every hostile name works, every real clip is taken. */
import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { makeFilm, makeMedia } from '../fixtures/make-media.ts';
import { importOne, sharedWorld } from '../fixtures/media-world.ts';
import { hasSharedMedia, sharedMedia, sharedMediaReason } from '../fixtures/shared-media.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';
import { BAD_FILES, HOSTILE_NAMES } from './bad-files.ts';

const shared = sharedWorld();
const signal = new AbortController().signal;

describe('what cannot be used says what it is and why', () => {
  test.each(BAD_FILES.map((file) => [file.name, file] as const))('%s', async (_, file) => {
    const path = file.make(tempFolder());
    const { items, rejected } = await shared().library.importPaths([path]);
    expect(items).toEqual([]);
    expect(rejected).toHaveLength(1);
    const [{ error, name } = { error: null, name: '' }] = rejected;
    expect(error).toMatchObject({ code: file.code, message: expect.stringMatching(file.says) as string, hint: expect.any(String) as string });
    expect(error?.message).toContain(name);
    // No folder, no stack, no inside of FFmpeg reaches a person.
    expect(error?.message).not.toMatch(/\/tmp\/|0x[0-9a-f]{6}|\bat \w+ \(/);
  });
});

describe('a hostile name is a name', () => {
  test.each(HOSTILE_NAMES.map((name) => [JSON.stringify(name).slice(0, 60), name] as const))('%s', async (_, name) => {
    const world = shared();
    const folder = tempFolder();
    const path = join(folder, name);
    // Of its own bytes each: files of the same bytes are one item.
    renameSync(makeFilm(folder, 'film.mp4', { size: `${64 + 2 * HOSTILE_NAMES.indexOf(name)}x64`, seconds: 0.5 }), path);
    const { id, name: kept } = await importOne(world, path);
    expect(kept).toBe(name);
    await world.derived.makePoster(id, {});
    await world.derived.makeFilmstrip(id, {});
    await world.features.ensure(id, { signal });
    expect(world.features.info(id)).toMatchObject({ state: 'ready', frames: 15 });
    expect(readdirSync(folder), 'nothing else was made').toEqual([name]);
  });
});

describe('unusual media is media', () => {
  test('a film with one frame has one row', async () => {
    const world = shared();
    const { id, probe } = await importOne(world, makeFilm(tempFolder(), 'one.mp4', { extra: ['-frames:v', '1'] }));
    await world.features.ensure(id, { signal });
    expect(world.features.info(id).frames).toBe(1);
    expect(probe.duration_s).toBeGreaterThan(0);
  });

  test('a sound with a cover is a sound', async () => {
    const folder = tempFolder();
    const cover = makeMedia(folder, 'cover.png', ['-f', 'lavfi', '-i', 'testsrc2=size=64x64', '-frames:v', '1']);
    const song = makeMedia(folder, 'song.mp3', ['-f', 'lavfi', '-i', 'sine=duration=1', '-i', cover, '-map', '0', '-map', '1', '-c:v', 'png', '-disposition:v', 'attached_pic']);
    expect(await importOne(shared(), song)).toMatchObject({ kind: 'audio', probe: { video: null, audio: { codec: 'mp3' } }, features: 'not-applicable' });
  });

  test('a still is a picture', async () => {
    const folder = tempFolder();
    for (const name of ['a.png', 'a.jpg', 'a.bmp', 'a.tif']) {
      const path = makeMedia(folder, name, ['-f', 'lavfi', '-i', 'testsrc2=size=70x50', '-frames:v', '1', '-update', '1']);
      expect(await importOne(shared(), path), name).toMatchObject({ kind: 'image', probe: { video: { width: 70, height: 50 } } });
    }
  });

  test('a stream without a stated duration is measured', async () => {
    const raw = makeFilm(tempFolder(), 'raw.h264', { seconds: 3, extra: ['-f', 'h264'] });
    expect((await importOne(shared(), raw)).probe.duration_s).toBeGreaterThan(2.5);
  });

  test('a wrong extension does not matter', async () => {
    const folder = tempFolder();
    const path = join(folder, 'film.txt');
    renameSync(makeFilm(folder, 'film.mkv'), path);
    expect((await importOne(shared(), path)).kind).toBe('video');
  });

  test.each([['1x1'], ['2x2'], ['3x5'], ['16384x2'], ['2x2000']])('a picture of %s is analysed', async (size) => {
    const world = shared();
    const path = makeMedia(tempFolder(), 'film.mkv', ['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=10:duration=0.5`, '-c:v', 'ffv1']);
    const { id } = await importOne(world, path);
    await world.derived.makePoster(id, {});
    await world.features.ensure(id, { signal });
    expect(world.features.info(id)).toMatchObject({ state: 'ready', frames: 5 });
  });
});

/** What shared/media/odd must give: kind and frames, or the error. */
const ODD: readonly (readonly [string, string | { kind: string; frames?: number }])[] = [
  ['audio_only.mp4', { kind: 'audio' }],
  ['fps_59_94.mp4', { kind: 'video', frames: 120 }],
  ['garbage.mp4', 'media-unreadable'],
  ['hevc_10bit.mp4', { kind: 'video', frames: 60 }],
  ['no_audio.mp4', { kind: 'video', frames: 90 }],
  ['odd_dimensions_427x239.mp4', { kind: 'video', frames: 60 }],
  ['portrait_202x360.mp4', { kind: 'video', frames: 90 }],
  ['rotated_90_metadata.mp4', { kind: 'video', frames: 90 }],
  ['single_frame.mp4', { kind: 'video', frames: 1 }],
  ['truncated_faststart.mp4', { kind: 'video', frames: 50 }],
  ['truncated_no_moov.mp4', 'media-unreadable'],
  ['variable_frame_rate.mp4', { kind: 'video', frames: 35 }],
  ['vp9_opus.webm', { kind: 'video', frames: 60 }],
  ['wrong_extension.mov', { kind: 'video', frames: 90 }],
  ['zero_bytes.mp4', 'media-empty'],
  ['ünïcödé näme – 50% (1).mp4', { kind: 'video', frames: 90 }],
];

describe.skipIf(!hasSharedMedia)(`real media (skipped where ${sharedMediaReason})`, () => {
  test.each(ODD)('odd/%s', async (name, expected) => {
    const world = shared();
    const { items, rejected } = await world.library.importPaths([sharedMedia('odd', name)]);
    if (typeof expected === 'string') return expect(rejected).toMatchObject([{ name, error: { code: expected } }]);
    // wrong_extension.mov and two others are the same bytes: one item under the first name.
    const [first] = items;
    expect(first?.item.kind).toBe(expected.kind);
    if (expected.frames === undefined) return;
    await world.features.ensure(first?.item.id as string, { signal });
    expect(world.features.info(first?.item.id as string)).toMatchObject({ state: 'ready', frames: expected.frames });
  });

  test('the folder of odd files imports what it can in one go', async () => {
    const { items, rejected } = await shared().library.importPaths([sharedMedia('odd')]);
    expect(rejected.map(({ name }) => name).sort()).toEqual(['garbage.mp4', 'truncated_no_moov.mp4', 'zero_bytes.mp4']);
    expect(items.length + rejected.length).toBeLessThanOrEqual(readdirSync(sharedMedia('odd')).length);
    expect(items.length).toBeGreaterThanOrEqual(10);
  });
});
