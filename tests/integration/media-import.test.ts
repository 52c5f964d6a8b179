/** Import: once each, in order, by path and by bytes; removed, moved, changed and missing files. */
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { followUps } from '../../src-main/core/jobs/index.ts';
import { makeFilm, makeMedia } from '../fixtures/make-media.ts';
import { importOne, mediaWorld } from '../fixtures/media-world.ts';
import type { MediaWorld } from '../fixtures/media-world.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const names = (items: { item: { name: string } }[]): string[] => items.map(({ item }) => item.name);
const streamOf = (bytes: Uint8Array): ReadableStream<Uint8Array> => new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();

/** Another file with the same size and ends: one byte in the middle of the raw samples differs. */
function withOtherMiddle(path: string, target: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] as number) ^ 0x55;
  writeFileSync(target, bytes);
}

/** A WAV of 3 MiB and more: its ends do not cover it. */
const longTone = (folder: string, name: string): string => makeMedia(folder, name, ['-f', 'lavfi', '-i', 'sine=duration=20', '-ar', '48000', '-ac', '2']);

describe('importing', () => {
  test('twice is one item, by the same path, by a link, by a copy and by upload', async () => {
    const folder = tempFolder();
    const world = mediaWorld();
    const path = makeFilm(folder, 'film.mp4');
    const first = await world.library.importPaths([path]);
    expect(first.items).toMatchObject([{ is_new: true, item: { name: 'film.mp4', kind: 'video' } }]);
    const id = first.items[0]?.item.id;

    symlinkSync(path, join(folder, 'link.mp4'));
    copyFileSync(path, join(folder, 'copy.mp4'));
    utimesSync(join(folder, 'copy.mp4'), 1, 1);
    for (const name of ['film.mp4', 'link.mp4', 'copy.mp4']) {
      expect((await world.library.importPaths([join(folder, name)])).items, name).toMatchObject([{ is_new: false, item: { id } }]);
    }
    expect((await world.library.importUpload(streamOf(readFileSync(path)), 'upload.mp4')).items).toMatchObject([{ is_new: false, item: { id } }]);
    expect(world.library.list()).toHaveLength(1);
    expect(readdirSync(world.folder.originals)).toEqual([]);
    expect(readdirSync(world.folder.incoming)).toEqual([]);
  });

  test('copies of one file in one go is one item', async () => {
    const folder = tempFolder();
    const world = mediaWorld();
    const path = makeFilm(folder, 'a.mp4');
    for (const name of ['b.mp4', 'c.mp4', 'd.mp4']) copyFileSync(path, join(folder, name));
    const { items } = await world.library.importPaths([folder]);
    expect(items).toHaveLength(1);
    expect(world.library.list()).toHaveLength(1);
  });

  test('files that agree in size and both ends but not in the middle are two items', async () => {
    const folder = tempFolder();
    const world = mediaWorld();
    const path = longTone(folder, 'one.wav');
    withOtherMiddle(path, join(folder, 'two.wav'));
    const { items } = await world.library.importPaths([path, join(folder, 'two.wav')]);
    expect(names(items)).toEqual(['one.wav', 'two.wav']);
    expect(new Set(items.map(({ item }) => item.id)).size).toBe(2);
  });

  test('a folder takes what is below it in order, without a word about what is no media', async () => {
    const folder = tempFolder();
    const world = mediaWorld();
    mkdirSync(join(folder, 'b/deep'), { recursive: true });
    makeFilm(folder, 'z.mp4', { size: '64x64' });
    makeFilm(join(folder, 'b'), 'take 10.mp4', { size: '66x64' });
    makeFilm(join(folder, 'b'), 'take 9.mp4', { size: '68x64' });
    makeMedia(join(folder, 'b/deep'), 'tone.flac', ['-f', 'lavfi', '-i', 'sine=duration=1']);
    writeFileSync(join(folder, 'notes.txt'), 'just notes');
    writeFileSync(join(folder, '.hidden.mp4'), 'x');
    writeFileSync(join(folder, 'broken.mp4'), Buffer.alloc(5000, 0xab));
    const { items, rejected } = await world.library.importPaths([folder]);
    expect(names(items)).toEqual(['tone.flac', 'take 9.mp4', 'take 10.mp4', 'z.mp4']);
    expect(rejected).toMatchObject([{ name: 'broken.mp4', error: { code: 'media-unreadable' } }]);
  });

  test('a folder does not follow links out of it, and a link that turns in a circle ends', async () => {
    const outside = tempFolder();
    const folder = tempFolder();
    makeFilm(outside, 'secret.mp4');
    makeFilm(folder, 'film.mp4', { size: '64x64' });
    symlinkSync(outside, join(folder, 'out'));
    symlinkSync(join(outside, 'secret.mp4'), join(folder, 'secret.mp4'));
    symlinkSync(folder, join(folder, 'round'));
    const { items } = await mediaWorld().library.importPaths([folder]);
    expect(names(items)).toEqual(['film.mp4']);
  });

  test('keeps the order of the paths and rejects by name what cannot be used', async () => {
    const folder = tempFolder();
    const paths = ['3.mp4', '1.mp4', '2.mp4'].map((name, i) => makeFilm(folder, name, { size: `${64 + i * 2}x64` }));
    const { items, rejected } = await mediaWorld().library.importPaths([paths[0] as string, join(folder, 'nothing.mp4'), ...paths.slice(1)]);
    expect(names(items)).toEqual(['3.mp4', '1.mp4', '2.mp4']);
    expect(rejected).toMatchObject([{ name: 'nothing.mp4', error: { code: 'media-not-found', message: 'There is no file nothing.mp4.' } }]);
  });

  test('by upload keeps a copy under our folder with the name the user knows, its full hash known', async () => {
    const folder = tempFolder();
    const world = mediaWorld();
    const path = makeFilm(folder, 'film.mp4');
    const { items } = await world.library.importUpload(streamOf(readFileSync(path)), '../../etc/пример 50% "a".mp4');
    expect(items).toMatchObject([{ item: { name: 'пример 50% "a".mp4', is_owned: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string } }]);
    const item = items[0]?.item;
    expect(readdirSync(world.folder.originals)).toEqual([item?.id]);
    rmSync(path);
    expect(readFileSync(world.library.pathOf(item?.id as string)).length).toBe(item?.size_bytes);
  });

  test('by upload refuses what is no media and keeps nothing of it', async () => {
    const world = mediaWorld();
    const { rejected } = await world.library.importUpload(streamOf(Buffer.from('hello')), 'notes.mp4');
    expect(rejected).toMatchObject([{ name: 'notes.mp4', error: { code: 'media-unsupported', message: 'notes.mp4 is a text file, not a video, sound or picture.' } }]);
    expect([readdirSync(world.folder.originals), readdirSync(world.folder.incoming)]).toEqual([[], []]);
  });

  test('an upload that breaks off leaves nothing', async () => {
    const world = mediaWorld();
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(100_000)),
      pull: (controller) => controller.error(new Error('the client went away')),
    });
    await expect(world.library.importUpload(broken, 'film.mp4')).rejects.toThrow('the client went away');
    expect([readdirSync(world.folder.incoming), world.library.list()]).toEqual([[], []]);
  });

  test('queues what follows once, and a playable copy where a page cannot play the file', async () => {
    const folder = tempFolder();
    const world = mediaWorld();
    const { id } = await importOne(world, makeMedia(folder, 'old.avi', ['-f', 'lavfi', '-i', 'testsrc2=duration=1', '-f', 'lavfi', '-i', 'sine=duration=1', '-c:v', 'mpeg4']));
    await world.library.importPaths([join(folder, 'old.avi')]);
    const kinds = world.queue.list({}).filter((job) => job.media_id === id).map((job) => job.kind).sort();
    expect(kinds).toEqual(['media-filmstrip', 'media-hash', 'media-peaks', 'media-poster', 'media-proxy']);
    expect(followUps('media-imported', world.library.get(id))).toHaveLength(4);
  });
});

describe('an item', () => {
  const filmWorld = async (): Promise<{ world: MediaWorld; folder: string; path: string; id: string }> => {
    const folder = tempFolder();
    const world = mediaWorld();
    const path = makeFilm(folder, 'film.mp4');
    return { world, folder, path, id: (await importOne(world, path)).id };
  };

  test('that is removed leaves the list and its file, and comes back by restore or import under its id', async () => {
    const { world, path, id } = await filmWorld();
    expect(world.library.remove(id).removed_at).not.toBeNull();
    expect(world.library.list()).toEqual([]);
    expect(readFileSync(path).length).toBeGreaterThan(0);
    expect(world.library.restore(id)).toMatchObject({ id, removed_at: null });
    world.library.remove(id);
    expect((await world.library.importPaths([path])).items).toMatchObject([{ is_new: true, item: { id, removed_at: null } }]);
  });

  test('whose file is gone is missing, and is found again where it comes back', async () => {
    const { world, folder, path, id } = await filmWorld();
    renameSync(path, join(folder, 'elsewhere.mp4'));
    await world.library.refresh();
    expect(world.library.get(id).is_missing).toBe(true);
    expect(() => world.library.pathOf(id)).toThrow(expect.objectContaining({ code: 'media-missing', message: 'film.mp4 is not where it was.' }));
    renameSync(join(folder, 'elsewhere.mp4'), path);
    await world.library.refresh();
    expect(world.library.get(id).is_missing).toBe(false);
  });

  test('whose file moved is relinked by import, by its new path, or by a folder above it; another file is refused', async () => {
    const { world, folder, path, id } = await filmWorld();
    const other = makeFilm(folder, 'other.mp4', { size: '64x64' });
    renameSync(path, join(folder, 'moved.mp4'));
    expect((await world.library.importPaths([join(folder, 'moved.mp4')])).items).toMatchObject([{ is_new: false, item: { id, is_missing: false } }]);
    expect(world.library.pathOf(id)).toBe(join(folder, 'moved.mp4'));

    mkdirSync(join(folder, 'archive/2026'), { recursive: true });
    renameSync(join(folder, 'moved.mp4'), join(folder, 'archive/2026/kept.mp4'));
    await expect(world.library.relink(id, other)).rejects.toMatchObject({ code: 'input-invalid' });
    expect(await world.library.relink(id, join(folder, 'archive'))).toMatchObject({ id, is_missing: false });
    expect(world.library.pathOf(id)).toBe(join(folder, 'archive/2026/kept.mp4'));
  });

  test('whose file was exported anew under its name is what the file is now', async () => {
    const { world, folder, id } = await filmWorld();
    makeFilm(folder, 'film.mp4', { size: '96x64', seconds: 2 });
    await world.library.refresh();
    expect(world.library.get(id)).toMatchObject({ sha256: null, is_missing: false, probe: { duration_s: 2, video: { width: 96, height: 64 } } });
  });

  test('whose file was only touched keeps its identity once the full hash is known', async () => {
    const { world, path, id } = await filmWorld();
    const sha256 = 'a'.repeat(64);
    world.library.identify(id, sha256);
    const before = world.library.record(id).identity;
    utimesSync(path, 5, 5);
    await world.library.refresh();
    // The hash on record was made up: the file says otherwise.
    expect(world.library.record(id).identity).not.toBe(before);

    const real = await filmWorld();
    const hash = await real.world.host.call('hash', { path: real.path });
    real.world.library.identify(real.id, (hash as { sha256: string }).sha256);
    const identity = real.world.library.record(real.id).identity;
    utimesSync(real.path, 5, 5);
    await real.world.library.refresh();
    expect(real.world.library.record(real.id)).toMatchObject({ identity, isMissing: false });
  });

  test('that does not exist is named in the error', () => {
    expect(() => mediaWorld().library.get('nothing')).toThrow(expect.objectContaining({ code: 'media-not-found' }));
  });
});
