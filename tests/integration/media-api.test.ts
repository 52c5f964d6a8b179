/** Media and features through the fetch handler, answers checked against the contract's schemas. */
import { readFileSync, rmSync } from 'node:fs';

import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { featureHandlers } from '../../src-main/api/features.ts';
import type { Api } from '../../src-main/api/index.ts';
import { mediaHandlers } from '../../src-main/api/media.ts';
import type { MediaItem } from '../../src-main/contract/documents/media-item.ts';
import { FeatureFrameSchema } from '../../src-main/contract/documents/feature-frame.ts';
import { PicturePairs } from '../../src-main/core/vision/index.ts';
import { apiOf, jsonRequest } from '../fixtures/api.ts';
import { makeFilm, makeMedia } from '../fixtures/make-media.ts';
import { sharedWorld } from '../fixtures/media-world.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const shared = sharedWorld();
let api: Api;
const program = 'program' as const;

beforeAll(() => {
  const { library, derived, features, analysisPorts } = shared();
  api = apiOf({ ...mediaHandlers({ library, derived }), ...featureHandlers(features, new PicturePairs(analysisPorts)) });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => api.fetch(new Request(`http://kinetone.local${path}`, { headers }), program);
const json = async (response: Promise<Response>): Promise<never> => (await (await response).json()) as never;

async function importFilm(path: string): Promise<MediaItem> {
  const { items } = (await json(api.fetch(jsonRequest('POST', '/api/media', { paths: [path] }), program))) as { items: { item: MediaItem }[] };
  return items[0]?.item as MediaItem;
}

describe('media', () => {
  test('is imported by path by a program, listed, shown, removed and restored; a page may not name paths', async () => {
    const path = makeFilm(tempFolder(), 'film.mp4', { size: '66x64' });
    const refused = await api.fetch(jsonRequest('POST', '/api/media', { paths: [path] }), 'browser');
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'request-forbidden']);
    const { id } = await importFilm(path);
    expect(((await json(get('/api/media?kind=video'))) as { items: MediaItem[] }).items.map((item) => item.id)).toContain(id);
    expect(await json(api.fetch(jsonRequest('DELETE', `/api/media/${id}`), program))).toMatchObject({ id, removed_at: expect.any(String) as string });
    expect(((await json(get('/api/media'))) as { items: MediaItem[] }).items.map((item) => item.id)).not.toContain(id);
    expect(await json(api.fetch(jsonRequest('POST', `/api/media/${id}/restore`), program))).toMatchObject({ id, removed_at: null });
    expect((await get('/api/media/nothing')).status).toBe(404);
    expect(JSON.stringify(await json(get(`/api/media/${id}`))), 'no path leaves').not.toContain('/tmp');
  });

  test('is uploaded by its bytes, and played by range', async () => {
    const bytes = readFileSync(makeFilm(tempFolder(), 'film.mp4', { size: '68x64' }));
    const upload = new Request('http://kinetone.local/api/media/upload?name=clip%20%F0%9F%8E%AC.mp4', { method: 'POST', body: bytes, headers: { 'content-type': 'application/octet-stream' } });
    const { items } = (await json(api.fetch(upload, 'browser'))) as { items: { item: MediaItem }[] };
    expect(items[0]?.item).toMatchObject({ name: 'clip 🎬.mp4', is_owned: true });
    const part = await get(`/api/media/${items[0]?.item.id ?? ''}/playable`, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-type')]).toEqual([206, `bytes 100-199/${bytes.length}`, 'video/mp4']);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 200));
  });

  test('has poster, filmstrip and waveform once they are made, and says so before', async () => {
    const path = makeMedia(tempFolder(), 'film.mp4', ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:duration=2', '-f', 'lavfi', '-i', 'sine=duration=2', '-c:v', 'libx264', '-c:a', 'aac', '-pix_fmt', 'yuv420p']);
    const { id } = await importFilm(path);
    for (const part of ['poster', 'filmstrip', 'filmstrip/0', 'peaks', 'peaks/0']) expect((await get(`/api/media/${id}/${part}`)).status, part).toBe(404);
    const { derived } = shared();
    await derived.makePoster(id, {});
    await derived.makeFilmstrip(id, {});
    await derived.makePeaks(id, {});
    expect((await get(`/api/media/${id}/poster`)).headers.get('content-type')).toBe('image/jpeg');
    const strip = (await json(get(`/api/media/${id}/filmstrip`))) as { sheets: number };
    expect((await get(`/api/media/${id}/filmstrip/${strip.sheets - 1}`)).status).toBe(200);
    const { levels } = (await json(get(`/api/media/${id}/peaks`))) as { levels: { level: number; count: number }[] };
    const peaks = new Int16Array(await (await get(`/api/media/${id}/peaks/0`)).arrayBuffer());
    expect(peaks.length).toBe((levels[0]?.count ?? 0) * 3);
    expect(Math.max(...peaks)).toBeGreaterThan(3000);
  });

  test('whose file is gone answers 410 for its bytes and says what to do', async () => {
    const folder = tempFolder();
    const { id } = await importFilm(makeFilm(folder, 'film.mp4', { size: '70x64' }));
    rmSync(`${folder}/film.mp4`);
    const response = await get(`/api/media/${id}/file`);
    expect([response.status, await response.json()]).toMatchObject([410, { code: 'media-missing', hint: expect.any(String) as string }]);
    expect(await json(get(`/api/media/${id}`))).toMatchObject({ is_missing: true });
  });
});

describe('features', () => {
  test('are asked for frame by frame, by range and stride, as a curve and as exports', async () => {
    const { id } = await importFilm(makeFilm(tempFolder(), 'my film.v2.mp4', { size: '96x64', rate: '25', seconds: 2 }));
    expect(await json(get(`/api/media/${id}/features`))).toMatchObject({ state: 'none', frames: 0, duration_s: 2, raster_width: 96, raster_height: 64 });
    expect((await get(`/api/media/${id}/features/export?format=csv`)).status).toBe(409);
    await shared().features.ensure(id, { signal: new AbortController().signal });

    expect(await json(get(`/api/media/${id}/features/frames/10`))).toMatchObject({ timestamp: 0.4 });
    expect((await get(`/api/media/${id}/features/frames/50`)).status).toBe(404);
    const series = (await json(get(`/api/media/${id}/features/series?start=40&end=60&stride=4`))) as { frames: { frame: number }[]; missing: number[][] };
    expect([series.frames.map(({ frame }) => frame), series.missing]).toEqual([[40, 44, 48], [[50, 60]]]);

    const curve = new Float32Array(await (await get(`/api/media/${id}/features/curve?column=40&start_s=0&end_s=4&points=8`)).arrayBuffer());
    expect(curve.length).toBe(24);
    expect([...curve.subarray(0, 12)].every((value) => value > 0 && value < 1)).toBe(true);
    expect([...curve.subarray(12)].every(Number.isNaN)).toBe(true);

    const csv = await get(`/api/media/${id}/features/export?format=csv`);
    expect(csv.headers.get('content-disposition')).toContain('my film.v2.features.csv');
    expect((await csv.text()).trimEnd().split('\n')).toHaveLength(51);
    const frames = z.array(FeatureFrameSchema).parse(await json(get(`/api/media/${id}/features/export?format=json`)));
    expect(frames).toHaveLength(50);
  });

  test('come at most 1000 in one answer, and whole as an export', async () => {
    const { id } = await importFilm(makeFilm(tempFolder(), 'long.mp4', { size: '64x64', rate: '60', seconds: 18 }));
    await shared().features.ensure(id, { signal: new AbortController().signal });
    const framesOf = async (query: string): Promise<number> => ((await json(get(`/api/media/${id}/features/series?${query}`))) as { frames: unknown[] }).frames.length;
    expect(await json(get(`/api/media/${id}/features/series?start=0&end=1000`))).toMatchObject({ code: 'request-too-large', hint: expect.any(String) as string });
    expect([await framesOf('start=0&end=999'), await framesOf('start=80&end=5000'), await framesOf('end=1079&stride=2')]).toEqual([1000, 1000, 540]);
    expect(await json(get(`/api/media/${id}/features/export?format=json`))).toHaveLength(1080);
  });

  test('that are not stored are listed as missing, and a column that is none is refused', async () => {
    const { id } = await importFilm(makeFilm(tempFolder(), 'film.mp4', { size: '72x64' }));
    expect(((await json(get(`/api/media/${id}/features/series?start=0&end=1000000`))) as { missing: number[][] }).missing).toEqual([[0, 1_000_000]]);
    expect((await get(`/api/media/${id}/features/curve?column=99&end_s=1&points=1`)).status).toBe(400);
  });

  test('are queued once by two requests', async () => {
    const { id } = await importFilm(makeFilm(tempFolder(), 'film.mp4', { size: '74x64' }));
    const ask = (): Promise<{ job_id: string; info: { job_id: string } }> => json(api.fetch(jsonRequest('POST', `/api/media/${id}/analysis`), program));
    const [first, second] = [await ask(), await ask()];
    expect(first.job_id).toBe(second.job_id);
    expect(second.info.job_id).toBe(first.job_id);
  });
});
