/** The data folder on bad days: full, read-only, oddly named, half-written. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { writeAtomic } from '../../src-main/adapters/files/atomic-write.ts';
import { chooseDataFolder, openDataFolder } from '../../src-main/adapters/files/data-folder.ts';
import { requireSpace } from '../../src-main/adapters/files/free-space.ts';
import { sweepPartials } from '../../src-main/adapters/files/sweep.ts';
import { makeFilm } from '../fixtures/make-media.ts';
import { importOne, mediaWorld } from '../fixtures/media-world.ts';
import { canMount, smallDisk, smallDiskReason } from '../fixtures/small-disk.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const reason = canMount ? '' : ` (skipped: ${smallDiskReason})`;

/** Leaves so many bytes free on a small disk. */
function fill(folder: string, leaveBytes: number): string {
  const path = join(folder, 'filler');
  const { bavail, bsize } = JSON.parse(execFileSync('stat', ['-f', '-c', '{"bavail":%a,"bsize":%S}', folder], { encoding: 'utf8' })) as { bavail: number; bsize: number };
  writeFileSync(path, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
  return path;
}

describe.skipIf(!canMount)(`a full disk${reason}`, () => {
  test('ends an analysis with disk-full, leaves nothing of it, and the same analysis succeeds when there is room', async () => {
    const disk = smallDisk('40m').folder;
    const film = makeFilm(tempFolder(), 'film.mp4', { size: '64x64', rate: '60', seconds: 80 });
    const world = mediaWorld({ folder: join(disk, 'data') });
    const { id } = await importOne(world, film);
    const filler = fill(disk, 300_000);
    await expect(world.features.ensure(id, { signal: new AbortController().signal })).rejects.toMatchObject({ code: 'disk-full' });
    expect(world.library.get(id).features).not.toBe('ready');
    rmSync(filler);
    await world.features.ensure(id, { signal: new AbortController().signal });
    expect(world.features.info(id)).toMatchObject({ state: 'ready', frames: 4800 });
  });

  test('refuses an upload before it fills the disk, and leaves nothing of it', async () => {
    const world = mediaWorld({ folder: join(smallDisk('120m').folder, 'data') });
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array((sent += 1) > 0 ? 1 << 20 : 0)) });
    await expect(world.library.importUpload(endless, 'film.mp4')).rejects.toMatchObject({ code: 'disk-full' });
    expect(readdirSync(world.folder.incoming)).toEqual([]);
  });

  test('ends the making of a playable copy with disk-full and leaves nothing of it', async () => {
    const disk = smallDisk('90m').folder;
    const world = mediaWorld({ folder: join(disk, 'data') });
    const { id } = await importOne(world, makeFilm(tempFolder(), 'film.mp4', { size: '640x360', seconds: 5 }));
    fill(disk, 100_000);
    await expect(world.derived.makeProxy(id, {})).rejects.toMatchObject({ code: 'disk-full' });
    expect(execFileSync('find', [world.folder.derived, '-type', 'f'], { encoding: 'utf8' })).toBe('');
  });

  test('leaves a file that was to be replaced as it was', async () => {
    const disk = smallDisk('4m').folder;
    const path = join(disk, 'kept.json');
    await writeAtomic(path, 'before');
    fill(disk, 4096);
    await expect(writeAtomic(path, Buffer.alloc(1 << 20))).rejects.toMatchObject({ code: 'ENOSPC' });
    expect([readFileSync(path, 'utf8'), readdirSync(disk).sort()]).toEqual(['before', ['filler', 'kept.json']]);
  });

  test('is found out before the work begins', async () => {
    const disk = smallDisk('100m').folder;
    await expect(requireSpace(disk, 90 << 20)).rejects.toMatchObject({ code: 'disk-full', hint: expect.any(String) as string });
    await expect(requireSpace(disk, 1 << 20)).resolves.toBeUndefined();
  });
});

describe('the data folder', () => {
  test('is made for this user alone, also under a name with emoji and quotes', () => {
    const root = join(tempFolder(), 'Daten 🎬 "и" 100%', 'kinetone');
    const folder = openDataFolder({ flag: root });
    expect(statSync(root).mode & 0o777).toBe(0o700);
    for (const part of [folder.originals, folder.incoming, folder.derived, folder.artifacts, folder.logs, folder.programs]) expect(existsSync(part)).toBe(true);
    expect(readdirSync(root).some((name) => name.startsWith('.write-test'))).toBe(false);
  });

  test('works whole under a name with emoji, quotes and percent signs', async () => {
    const world = mediaWorld({ folder: join(tempFolder(), 'Daten 🎬 "и" 100%d', 'kinetone') });
    const { id } = await importOne(world, makeFilm(tempFolder(), 'film.mp4', { seconds: 1 }));
    await world.derived.makeFilmstrip(id, {});
    await world.derived.makeProxy(id, {});
    await world.features.ensure(id, { signal: new AbortController().signal });
    expect(world.library.get(id)).toMatchObject({ filmstrip: 'ready', proxy: 'ready', features: 'ready' });
  });

  test('is chosen by the flag, then the environment, then the place of the platform', () => {
    expect(chooseDataFolder({ flag: '/a', environment: { KINETONE_DATA_DIR: '/b' } })).toBe('/a');
    expect(chooseDataFolder({ environment: { KINETONE_DATA_DIR: '/b' } })).toBe('/b');
    expect(chooseDataFolder({ environment: { HOME: '/home/u' }, platform: 'linux' })).toBe('/home/u/.local/share/kinetone');
    expect(chooseDataFolder({ environment: { HOME: '/home/u', XDG_DATA_HOME: '/x' }, platform: 'linux' })).toBe('/x/kinetone');
    expect(chooseDataFolder({ environment: { HOME: '/Users/u' }, platform: 'darwin' })).toBe('/Users/u/Library/Application Support/Kinetone');
    expect(chooseDataFolder({ environment: {}, platform: 'linux' })).toBe(join(homedir(), '.local/share/kinetone'));
    expect(() => chooseDataFolder({ flag: 'a\0b' })).toThrow(expect.objectContaining({ code: 'input-invalid' }));
  });

  test('that cannot be made is the error data-folder-read-only, naming it', () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, 'x');
    expect(() => openDataFolder({ flag: join(file, 'data') })).toThrow(expect.objectContaining({ code: 'data-folder-read-only', message: expect.stringContaining(file) as string }));
  });

  test.skipIf(!canMount)(`on a read-only disk is the error data-folder-read-only${reason}`, () => {
    const disk = smallDisk('4m');
    mkdirSync(join(disk.folder, 'data'));
    disk.makeReadOnly();
    expect(() => openDataFolder({ flag: join(disk.folder, 'data') })).toThrow(expect.objectContaining({ code: 'data-folder-read-only' }));
  });

  test.skipIf(process.getuid?.() === 0)('that this user may not write is the error data-folder-read-only (skipped as root)', () => {
    const root = tempFolder();
    chmodSync(root, 0o500);
    onTestFinished(() => chmodSync(root, 0o700));
    expect(() => openDataFolder({ flag: root })).toThrow(expect.objectContaining({ code: 'data-folder-read-only' }));
  });

  test('is swept of old half-written files, and of nothing else', async () => {
    const folder = openDataFolder({ flag: tempFolder() });
    const old = [join(folder.artifacts, 'film.mp4.partial-0123456789ab'), join(folder.incoming, 'upload')];
    const kept = [join(folder.artifacts, 'film.mp4'), join(folder.artifacts, 'new.mp4.partial-0123456789ab'), join(folder.incoming, 'running')];
    for (const path of [...old, ...kept]) writeFileSync(path, 'x');
    for (const path of [...old, kept[0] as string]) utimesSync(path, 1, 1);
    expect((await sweepPartials([folder.artifacts, folder.derived], folder.incoming, Date.now())).sort()).toEqual([...old].sort());
    expect(kept.every((path) => existsSync(path))).toBe(true);
  });
});
