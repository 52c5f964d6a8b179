/** Analysis from file to stored series, through the real FFmpeg, host process, addon and database. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { featureLayout } from '../../src-main/contract/feature-layout.ts';
import type { FeatureChunk } from '../../src-main/contract/hosts/sound.ts';
import { runAnalysis } from '../../src-main/core/vision/run-analysis.ts';
import type { AnalysisOptions } from '../../src-main/core/vision/run-analysis.ts';
import { frameTimes, makeFilm, makeMedia } from '../fixtures/make-media.ts';
import { importOne, mediaWorld, sharedWorld, tether } from '../fixtures/media-world.ts';
import type { MediaWorld } from '../fixtures/media-world.ts';
import { hasSharedMedia, sharedMedia, sharedMediaReason } from '../fixtures/shared-media.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const { columns } = featureLayout;

const shared = sharedWorld();

async function analyse(world: MediaWorld, path: string, options: Partial<AnalysisOptions> = {}): Promise<{ id: string; chunk: FeatureChunk }> {
  const { id } = await importOne(world, path);
  await world.features.ensure(id, { signal: new AbortController().signal, ...options });
  return { id, chunk: world.features.rows(id, 0, 1e9) };
}

const column = ({ rows, timestamps }: FeatureChunk, index: number): number[] => Array.from(timestamps, (_, frame) => rows[frame * columns + index] as number);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('timestamps', () => {
  test('of a film with variable rate are exact, frame by frame', async () => {
    const folder = tempFolder();
    // Keeps frames 0 1 2 7 8 12 of every 13: distances of 1, 4 and 5 ticks.
    const path = makeFilm(folder, 'uneven.mp4', { seconds: 3, filter: "select='not(mod(n,13))+eq(mod(n,13),1)+eq(mod(n,13),2)+eq(mod(n,13),7)+eq(mod(n,13),8)+eq(mod(n,13),12)'", extra: ['-fps_mode', 'vfr', '-bf', '2'] });
    const { chunk } = await analyse(shared(), path);
    expect([...chunk.timestamps]).toEqual(frameTimes(path));
    expect(chunk.timestamps.length).toBe(41);
  });

  test.each([
    ['30000/1001', 'film.mp4', []],
    ['24000/1001', 'film.mkv', []],
    ['50', 'film.ts', []],
    ['25', 'film.webm', ['-c:v', 'libvpx', '-deadline', 'realtime']],
  ])('at %s frames per second in %s are those of the file', async (rate, name, extra) => {
    const path = makeFilm(tempFolder(), name, { rate, extra });
    const { chunk } = await analyse(shared(), path);
    expect([...chunk.timestamps]).toEqual(frameTimes(path));
  });

  test('begin at the true time of the first frame when the sound begins earlier', async () => {
    const folder = tempFolder();
    const path = makeMedia(folder, 'late.mkv', [
      ...['-f', 'lavfi', '-i', 'sine=duration=2', '-itsoffset', '0.5', '-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=1'],
      ...['-map', '0', '-map', '1', '-c:a', 'libopus', '-c:v', 'libx264', '-bf', '0'],
    ]);
    const { chunk } = await analyse(shared(), path);
    expect([...chunk.timestamps]).toEqual(frameTimes(path));
    expect(chunk.timestamps[0]).toBeGreaterThan(0.45);
  });

  test.skipIf(!hasSharedMedia)(`of every real clip are those of ffprobe (skipped where ${sharedMediaReason})`, async () => {
    const world = shared();
    const names = ['odd/variable_frame_rate.mp4', 'odd/fps_59_94.mp4', 'odd/vp9_opus.webm', 'video/fire2.mp4', 'video/pigs_in_a_polka.gif'];
    for (const name of names) {
      const path = sharedMedia(...name.split('/'));
      const { chunk } = await analyse(world, path);
      expect([...chunk.timestamps], name).toEqual(frameTimes(path));
    }
  });
});

describe('the raster', () => {
  test('is the picture as shown: a quarter turn swaps the sides', async () => {
    const folder = tempFolder();
    const flat = makeFilm(folder, 'flat.mp4', { size: '320x180' });
    const turned = makeMedia(folder, 'turned.mp4', ['-i', flat, '-c', 'copy', '-metadata:s:v:0', 'rotate=90']);
    const world = shared();
    const { id } = await analyse(world, turned);
    expect(world.features.info(id)).toMatchObject({ raster_width: 180, raster_height: 320, frames: 30 });
    expect(world.library.get(id).probe.video).toMatchObject({ display_width: 180, display_height: 320 });
    expect(world.library.get(id).probe.video?.rotation_deg).toSatisfy((degrees: number) => degrees === 90 || degrees === 270);
  });

  test('is the picture as shown: pixels that are not square are made square', async () => {
    const path = makeFilm(tempFolder(), 'anamorphic.mp4', { size: '360x288', filter: 'setsar=16/15' });
    const world = shared();
    const { id } = await analyse(world, path);
    expect(world.features.info(id)).toMatchObject({ raster_width: 384, raster_height: 288 });
  });

  test('of a large picture has the area of 640 × 360, of a small one its own size', async () => {
    const folder = tempFolder();
    const world = shared();
    const large = await analyse(world, makeFilm(folder, 'large.mp4', { size: '1280x960', seconds: 0.2 }));
    const small = await analyse(world, makeFilm(folder, 'small.mp4', { size: '98x66', seconds: 0.2 }));
    expect(world.features.info(large.id)).toMatchObject({ raster_width: 554, raster_height: 414 });
    expect(world.features.info(small.id)).toMatchObject({ raster_width: 98, raster_height: 66 });
  });
});

/** A picture that moves right by an eighth of its width per second and comes in again on the left, at any size and rate. */
function movingFilm(folder: string, name: string, height: number, rate: number): string {
  const width = (height * 16) / 9;
  // Spots of every size, without a period that a search for correspondences could fall into.
  const spots = 'color=gray:size=320x180:rate=1:duration=1,noise=alls=100:all_seed=7,gblur=sigma=2,scale=1280:720:flags=bicubic,eq=contrast=4';
  const still = makeMedia(folder, 'still.png', ['-f', 'lavfi', '-i', spots, '-frames:v', '1']);
  const filter = `scroll=h=${-1 / 8 / rate},scale=${width}:${height}:flags=area`;
  return makeMedia(folder, name, ['-loop', '1', '-framerate', String(rate), '-t', '1.2', '-i', still, '-vf', filter, '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '10', '-pix_fmt', 'yuv420p']);
}

describe('the features of one scene', () => {
  test('agree between sizes and rates', async () => {
    const folder = tempFolder();
    const world = shared();
    const reference = (await analyse(world, movingFilm(folder, '360p30.mp4', 360, 30))).chunk;
    const others = [
      (await analyse(world, movingFilm(folder, '720p30.mp4', 720, 30))).chunk,
      (await analyse(world, movingFilm(folder, '360p60.mp4', 360, 60))).chunk,
      (await analyse(world, movingFilm(folder, '540p24.mp4', 540, 24))).chunk,
    ];
    // The first frame has no motion, whatever the rate.
    const level = (chunk: FeatureChunk, index: number): number => mean(column(chunk, index).slice(2));
    for (const chunk of others) {
      for (const index of [featureLayout.magnitude, featureLayout.brightness, featureLayout.colorfulness]) {
        expect(Math.abs(level(chunk, index) - level(reference, index)), `column ${index}`).toBeLessThanOrEqual(level(reference, index) * 0.1);
      }
    }
    // An eighth of the width per second, in diagonals.
    const truth = 16 / Math.hypot(16, 9) / 8;
    expect(Math.abs(level(reference, featureLayout.magnitude) / truth - 1)).toBeLessThan(0.15);
    expect(level(reference, featureLayout.direction)).toBeGreaterThan(0.9);
  });

  test('are the same when the film is analysed again', async () => {
    const path = movingFilm(tempFolder(), 'film.mp4', 180, 30);
    const first = await analyse(shared(), path);
    const second = await analyse(mediaWorld(), path);
    expect(second.chunk).toEqual(first.chunk);
  });
});

describe('an analysis', () => {
  test('shows its frames as they arrive, with pace and progress that never falls', async () => {
    const path = makeFilm(tempFolder(), 'film.mp4', { size: '640x360', seconds: 12 });
    const world = shared();
    const done: number[] = [];
    const seen: number[] = [];
    const speeds: number[] = [];
    const { id } = await importOne(world, path);
    await world.features.ensure(id, {
      signal: new AbortController().signal,
      onProgress: (progress) => {
        done.push(progress.done);
        seen.push(world.features.info(id).frames);
        speeds.push(progress.speed);
      },
    });
    expect(done.length).toBeGreaterThan(1);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(seen[0]).toBeLessThan(360);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBeGreaterThan(0);
    expect(speeds.at(-1)).toBeGreaterThan(0);
    expect(world.library.get(id).features).toBe('ready');
    expect(world.features.info(id)).toMatchObject({ state: 'ready', frames: 360, duration_s: 12 });
  });

  test('that is cancelled ends FFmpeg and leaves nothing', async () => {
    const path = makeFilm(tempFolder(), 'film.mp4', { size: '640x360', seconds: 30 });
    const world = shared();
    const { id } = await importOne(world, path);
    const stop = new AbortController();
    await expect(world.features.ensure(id, { signal: stop.signal, onProgress: () => stop.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(world.features.info(id)).toMatchObject({ state: 'none', frames: 0 });
    await expect.poll(() => readdirSync(world.folder.programs), { timeout: 4000 }).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('whose host is killed fails as retryable, leaves no FFmpeg, and succeeds when tried again', async () => {
    const path = makeFilm(tempFolder(), 'film.mp4', { size: '640x360', seconds: 15 });
    const world = shared();
    const { id } = await importOne(world, path);
    let killed = false;
    const kill = async (): Promise<void> => {
      const pid = await world.host.pid();
      if (!killed && pid !== null) process.kill(pid, 'SIGKILL');
      killed = true;
    };
    const failing = world.features.ensure(id, { signal: new AbortController().signal, onProgress: () => void kill() });
    await expect(failing).rejects.toMatchObject({ code: 'host-crashed', retryable: true });
    expect(world.features.info(id)).toMatchObject({ state: 'none', frames: 0 });
    if (tether !== null) await expect.poll(() => ffmpegOn(path)).toEqual([]);
    await world.features.ensure(id, { signal: new AbortController().signal });
    expect(world.features.info(id)).toMatchObject({ state: 'ready', frames: 450 });
  });

  test('of a film that ends early keeps what can be decoded and says so', async () => {
    const folder = tempFolder();
    const whole = makeFilm(folder, 'whole.mp4', { seconds: 4, extra: ['-movflags', '+faststart', '-g', '10'] });
    const bytes = readFileSync(whole);
    const cut = `${folder}/cut.mp4`;
    writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    const notes: string[] = [];
    const world = shared();
    const { id } = await importOne(world, cut);
    await runAnalysis(world.analysisPorts, id, { signal: new AbortController().signal, onNote: (line) => notes.push(line) });
    const info = world.features.info(id);
    expect(info.state).toBe('ready');
    expect(info.frames).toBeGreaterThan(30);
    expect(info.frames).toBeLessThan(110);
    expect(notes.join('\n')).toMatch(/The picture ends at/);
  });

  test.skipIf(process.platform !== 'linux')('of a long film takes no more memory than that of a short one', async () => {
    const folder = tempFolder();
    const world = mediaWorld();
    const peakMb = async (): Promise<number> => {
      const status = readFileSync(`/proc/${String(await world.host.pid())}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    };
    await analyse(world, makeFilm(folder, 'short.mp4', { size: '160x90', rate: '100', seconds: 10 }));
    const short = await peakMb();
    await analyse(world, makeFilm(folder, 'long.mp4', { size: '160x90', rate: '100', seconds: 50 }));
    const long = await peakMb();
    expect(long).toBeLessThan(300);
    // Every frame kept would be 4000 × 21.6 KB more.
    expect(long - short).toBeLessThan(40);
  });

  test('of a single frame has one row without motion', async () => {
    const path = makeFilm(tempFolder(), 'one.mp4', { seconds: 1, extra: ['-frames:v', '1'] });
    const { chunk } = await analyse(shared(), path);
    expect([chunk.timestamps.length, chunk.rows[featureLayout.magnitude], chunk.rows[featureLayout.sceneChange]]).toEqual([1, 0, 0]);
  });

  test('is not begun a second time by the queue, and its result is found', async () => {
    const path = makeFilm(tempFolder(), 'film.mp4', { seconds: 2 });
    const world = mediaWorld({ isRunning: true });
    const { id } = await importOne(world, path);
    const first = world.features.analyze(id);
    const second = world.features.analyze(id);
    expect(second.job_id).toBe(first.job_id);
    const job = await world.queue.finished(first.job_id as string);
    expect(job).toMatchObject({ state: 'completed', progress: 100, result: { frames: 60 } });
    expect(world.features.analyze(id)).toMatchObject({ job_id: null, info: { state: 'ready' } });
  });

  test('of a sound file is refused by name', async () => {
    const path = makeMedia(tempFolder(), 'tone.wav', ['-f', 'lavfi', '-i', 'sine=duration=1']);
    const world = shared();
    const { id } = await importOne(world, path);
    expect(() => world.features.analyze(id)).toThrow(expect.objectContaining({ code: 'media-no-video', message: expect.stringContaining('tone.wav') as string }));
  });
});

/** Ids of FFmpeg processes that read a file. */
function ffmpegOn(path: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path);
      } catch {
        return false;
      }
    })
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

