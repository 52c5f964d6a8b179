/** What is made from media: posters, filmstrips, waveforms, playable copies, and the keys they are kept under. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { filmstripPlan } from '../../src-main/core/media/filmstrip-plan.ts';
import { ffprobeJson, makeFilm, makeMedia } from '../fixtures/make-media.ts';
import { importOne, mediaWorld, sharedWorld } from '../fixtures/media-world.ts';
import type { MediaWorld } from '../fixtures/media-world.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const shared = sharedWorld();

/** Mean colour of a part of a picture as [r, g, b], decoded by FFmpeg. */
function meanColor(path: string, crop: string): number[] {
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-f', 'jpeg_pipe', '-i', `file:${path}`, '-vf', `crop=${crop},scale=1:1:flags=area,format=rgb24`, '-frames:v', '1', '-f', 'rawvideo', 'pipe:1']);
  return [...bytes];
}

/** A film whose grey level is the whole second it shows: second k has luma 16 + 20 k. */
function clockFilm(folder: string, name: string, seconds: number, extra: string[] = []): string {
  const source = `color=black:size=160x90:rate=10:duration=${seconds},geq=lum='16+20*floor(T+0.001)':cb=128:cr=128`;
  return makeMedia(folder, name, ['-f', 'lavfi', '-i', source, '-c:v', 'libx264', '-qp', '1', '-pix_fmt', 'yuv420p', ...extra]);
}

async function derive(world: MediaWorld, path: string, kind: 'poster' | 'filmstrip' | 'peaks' | 'proxy'): Promise<string> {
  const { id } = await importOne(world, path);
  const make = { poster: 'makePoster', filmstrip: 'makeFilmstrip', peaks: 'makePeaks', proxy: 'makeProxy' } as const;
  await world.derived[make[kind]](id, {});
  return id;
}

describe('a poster', () => {
  test('is a JPEG of the picture as shown, 360 lines high', async () => {
    const flat = makeFilm(tempFolder(), 'flat.mp4', { size: '640x480', seconds: 3, filter: 'setsar=4/3' });
    const world = shared();
    const { path, mimeType } = world.derived.poster(await derive(world, flat, 'poster'));
    expect(mimeType).toBe('image/jpeg');
    const [stream] = ffprobeJson(path, ['-f', 'jpeg_pipe', '-show_streams']).streams ?? [];
    expect(stream).toMatchObject({ codec_name: 'mjpeg', width: 640, height: 360 });
  });

  test('does not show the black that films begin with', async () => {
    const film = makeMedia(tempFolder(), 'fade.mp4', ['-f', 'lavfi', '-i', 'color=white:size=160x90:rate=10:duration=10,fade=in:st=0:d=0.9', '-c:v', 'libx264', '-pix_fmt', 'yuv420p']);
    const world = shared();
    const { path } = world.derived.poster(await derive(world, film, 'poster'));
    expect(Math.min(...meanColor(path, 'iw:ih:0:0'))).toBeGreaterThan(200);
  });
});

describe('a filmstrip', () => {
  test('shows in tile n the picture at n times the interval', async () => {
    const world = shared();
    const id = await derive(world, clockFilm(tempFolder(), 'clock.mp4', 11), 'filmstrip');
    const strip = world.derived.filmstrip(id);
    expect(strip).toMatchObject({ interval_s: 0.1, tiles: 110, sheets: 3, tile_width: 160, tile_height: 90 });
    for (const tile of [0, 5, 9, 10, 19, 20, 49, 50, 73, 109]) {
      const { path } = world.derived.filmstripSheet(id, Math.floor(tile / 50));
      const place = tile % 50;
      const [level = 0] = meanColor(path, `100:50:${(place % 10) * 160 + 30}:${Math.floor(place / 10) * 90 + 20}`);
      // Luma 16 + 20 k in limited range is grey 20 k × 255 / 219.
      expect(Math.abs(level - (20 * Math.floor(tile / 10) * 255) / 219), `tile ${tile}`).toBeLessThan(6);
    }
  });

  test('of a very long film has at most 600 tiles and decodes key frames only', () => {
    const video = { codec: 'h264', width: 1920, height: 1080, display_width: 1920, display_height: 1080, rotation_deg: 0, frame_rate: '30/1', is_variable_rate: false, pixel_format: 'yuv420p', bit_depth: 8 };
    expect(filmstripPlan(video, 36_000)).toMatchObject({ interval_s: 60, tiles: 600, sheets: 12, isKeyFramesOnly: true });
    expect(filmstripPlan(video, 36_000_000).tiles).toBeLessThanOrEqual(600);
    expect(filmstripPlan(video, 0)).toMatchObject({ tiles: 1, sheets: 1 });
    expect(filmstripPlan({ ...video, display_width: 16_384, display_height: 2 }, 10).tile_width).toBe(360);
  });

  test('can be asked for sheet by sheet while it is made', async () => {
    const world = mediaWorld();
    const { id } = await importOne(world, makeFilm(tempFolder(), 'film.mp4', { size: '160x90', rate: '10', seconds: 30 }));
    const seen: number[] = [];
    await world.derived.makeFilmstrip(id, {
      onProgress: () => {
        if (world.library.get(id).filmstrip === 'making' && seen.length > 0) expect(existsSync(world.derived.filmstripSheet(id, 0).path)).toBe(true);
        seen.push(1);
      },
    });
    const sheets = world.events.states.flatMap((event) => (event.type === 'media-changed' && event.item.id === id ? [event.item.filmstrip] : []));
    expect(sheets.filter((state) => state === 'making').length).toBeGreaterThan(2);
    expect(sheets.at(-1)).toBe('ready');
    expect(() => world.derived.filmstripSheet(id, 99)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('a waveform', () => {
  test('has the extremes and the level of the sound, on every level', async () => {
    // A sine of amplitude 1/2 for 10 s, then silence for 10 s.
    const tone = makeMedia(tempFolder(), 'tone.wav', ['-f', 'lavfi', '-i', "aevalsrc='0.5*sin(2*PI*1000*t)*lt(t,10)':s=48000:d=20", '-c:a', 'pcm_s16le']);
    const world = shared();
    const id = await derive(world, tone, 'peaks');
    const info = world.derived.peaksInfo(id);
    expect(info).toMatchObject({ sample_rate: 48_000, frames_per_peak: 256 });
    expect(info.levels[0]).toEqual({ level: 0, count: 3750 });
    for (const { level, count } of info.levels) {
      const bytes = readFileSync(world.derived.peaksLevel(id, level).path);
      expect(bytes.length).toBe(count * 6);
      const values = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
      const loud = Math.floor(count / 4) * 3;
      const silent = Math.floor((count * 3) / 4) * 3;
      for (const [i, expected] of [-16_384, 16_384, 11_585].entries()) expect(Math.abs((values[loud + i] as number) - expected), `level ${level}`).toBeLessThan(180);
      expect([...values.subarray(silent, silent + 3)]).toEqual([0, 0, 0]);
    }
  });

  test('of a file without sound is refused by name', async () => {
    const world = shared();
    const { id } = await importOne(world, makeFilm(tempFolder(), 'mute.mp4'));
    await expect(world.derived.makePeaks(id, {})).rejects.toMatchObject({ code: 'media-no-audio', message: 'mute.mp4 has no sound.' });
  });
});

describe('a playable copy', () => {
  test('is made of what a page cannot play, in the original’s time, and is then what is played', async () => {
    const folder = tempFolder();
    const film = makeMedia(folder, 'old.avi', ['-f', 'lavfi', '-i', 'testsrc2=size=722x404:rate=25:duration=2', '-f', 'lavfi', '-i', 'sine=duration=2', '-c:v', 'mpeg4', '-c:a', 'mp2']);
    const world = mediaWorld();
    const { id } = await importOne(world, film);
    expect(() => world.derived.playable(id)).toThrow(expect.objectContaining({ code: 'media-unsupported', retryable: true }));
    await world.derived.makeProxy(id, {});
    const { path, mimeType } = world.derived.playable(id);
    expect(mimeType).toMatch(/^video\/(mp4|webm)$/);
    const { streams = [], format = {} } = ffprobeJson(path, ['-show_streams', '-show_format']);
    expect(streams.map((stream) => stream['codec_name'])).toEqual(['h264', 'aac']);
    expect(Number(streams[0]?.['nb_frames'])).toBe(50);
    expect(Math.abs(Number(format['duration']) - 2)).toBeLessThan(0.1);
    expect(world.library.get(id).proxy).toBe('ready');
  });

  test('is made of a sound that a page cannot play', async () => {
    const world = shared();
    const id = await derive(world, makeMedia(tempFolder(), 'tone.aiff', ['-f', 'lavfi', '-i', 'sine=duration=3']), 'proxy');
    const { path, mimeType } = world.derived.playable(id);
    expect(mimeType).toMatch(/^audio\//);
    expect(Math.abs(Number(ffprobeJson(path, ['-show_format']).format?.['duration']) - 3)).toBeLessThan(0.1);
  });

  test('is not needed for H.264 with AAC, and is made when a page asks for it', async () => {
    const world = mediaWorld();
    const film = makeFilm(tempFolder(), 'film.mp4');
    const { id, proxy } = await importOne(world, film);
    expect(proxy).toBe('not-applicable');
    expect(world.derived.playable(id)).toMatchObject({ path: film, mimeType: 'video/mp4' });
    expect(world.queue.get(world.library.requestProxy(id))).toMatchObject({ kind: 'media-proxy', media_id: id });
  });
});

describe('what was made', () => {
  test('stays when the full hash becomes known, and is found by a copy of the file', async () => {
    const folder = tempFolder();
    const world = mediaWorld({ isRunning: true });
    const film = makeFilm(folder, 'film.mp4', { seconds: 2 });
    const { id } = await importOne(world, film);
    await expect.poll(() => world.library.get(id), { timeout: 20_000 }).toMatchObject({ poster: 'ready', filmstrip: 'ready', peaks: 'not-applicable', sha256: expect.any(String) as string });
    expect(existsSync(world.derived.poster(id).path)).toBe(true);
    expect(world.library.record(id).identity).toBe(`sha256:${execFileSync('sha256sum', [film], { encoding: 'utf8' }).slice(0, 64)}`);
    expect(world.store.derived(world.library.record(id).identity).map((record) => record.state)).toEqual(['ready', 'ready']);
  });

  test('features stay as well', async () => {
    const world = mediaWorld();
    const { id } = await importOne(world, makeFilm(tempFolder(), 'film.mp4'));
    const key = await world.features.ensure(id, { signal: new AbortController().signal });
    const { sha256 } = (await world.host.call('hash', { path: world.library.pathOf(id) })) as { sha256: string };
    const old = world.library.record(id).identity;
    world.library.identify(id, sha256);
    world.blocks.adopt(old, world.library.record(id).identity);
    expect(world.features.readyKey(id)).toBe(key.replace(old, `sha256:${sha256}`));
    expect(world.library.get(id).features).toBe('ready');
  });

  test('by an older version is stale, and another is made beside it', async () => {
    const world = mediaWorld();
    const id = await derive(world, makeFilm(tempFolder(), 'film.mp4'), 'poster');
    world.database.exec("UPDATE media_derived SET version = 0, folder = 'poster/old'");
    expect(world.library.get(id).poster).toBe('stale');
    expect(() => world.derived.poster(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
    await world.derived.makePoster(id, {});
    expect(world.library.get(id).poster).toBe('ready');
    expect(world.store.derived(world.library.record(id).identity)).toHaveLength(1);
  });

  test('by a maker that was killed before it was on record is swept after an hour, and nothing else', async () => {
    const world = mediaWorld();
    await derive(world, makeFilm(tempFolder(), 'film.mp4'), 'poster');
    for (const [name, at] of [['old', 1], ['new', Date.now() / 1000]] as const) {
      mkdirSync(join(world.folder.derived, 'proxy', name), { recursive: true });
      utimesSync(join(world.folder.derived, 'proxy', name), at, at);
    }
    expect(await world.derived.sweep()).toBe(1);
    expect(readdirSync(join(world.folder.derived, 'proxy'))).toEqual(['new']);
    expect(readdirSync(join(world.folder.derived, 'poster'))).toHaveLength(1);
  });

  test('by a maker that was killed does not count, and is made anew', async () => {
    const world = mediaWorld();
    const id = await derive(world, makeFilm(tempFolder(), 'film.mp4'), 'poster');
    world.database.exec("UPDATE media_derived SET state = 'making', details = NULL, updated_ms = updated_ms - 120000");
    expect(world.library.get(id).poster).toBe('none');
    await world.derived.makePoster(id, {});
    expect(world.library.get(id).poster).toBe('ready');
  });

  test('is gone when the making is cancelled or fails, and the failure is kept', async () => {
    const world = mediaWorld();
    const film = makeFilm(tempFolder(), 'film.mp4', { size: '640x360', seconds: 20 });
    const SHOT_S = 1_700_000_000;
    utimesSync(film, SHOT_S, SHOT_S);
    const { id } = await importOne(world, film);
    const stop = new AbortController();
    await expect(world.derived.makeProxy(id, { signal: stop.signal, onCommand: () => stop.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(world.library.get(id).proxy).toBe('not-applicable');
    expect(readdirSync(join(world.folder.derived, 'proxy'))).toEqual([]);
    // Damaged on the disk: the same size and time, other bytes.
    writeFileSync(film, Buffer.alloc(statSync(film).size, 1));
    utimesSync(film, SHOT_S, SHOT_S);
    await expect(world.derived.makePoster(id, {})).rejects.toMatchObject({ code: 'media-unreadable' });
    expect(world.library.get(id).poster).toBe('failed');
  });
});
