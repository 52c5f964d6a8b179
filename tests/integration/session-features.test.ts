/** The seed's video analysis service and feature store over the whole product: real SQLite, real vision host, no sound card. */
import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type AnalysisResult, AnalysisResultSchema, FeatureSeriesSchema } from '../../src-main/contract/documents/session-features.ts';
import { unpackedOverlay } from '../../src-main/contract/overlay.ts';
import { PICTURE, cameraFrame } from '../fixtures/camera-frames.ts';
import { frameAt } from '../fixtures/sound-host.ts';
import { type Studio, errorOf, openStudio } from '../fixtures/studio.ts';

let studio: Studio;
beforeAll(async () => void (studio = await openStudio()));
afterAll(() => studio.close());

const session = async (): Promise<string> => (await studio.client.call('createSession', { body: {} })).id;

function post(id: string, frame: number, { planes = cameraFrame(frame), query = '', timestamp = frame / 30 } = {}): Promise<Response> {
  return studio.fetch(`/api/sessions/${id}/frames/${frame}?width=${PICTURE.width}&height=${PICTURE.height}&timestamp=${timestamp}${query}`, { method: 'POST', body: planes });
}

async function look(id: string, frame: number, options: Parameters<typeof post>[2] = {}): Promise<AnalysisResult> {
  const response = await post(id, frame, options);
  if (!response.ok) throw await errorOf(response);
  return AnalysisResultSchema.parse(await response.json());
}

describe('analyzeFrame', () => {
  test('sees motion in the second frame of a moving picture, and stores what it saw', async () => {
    const id = await session();
    const first = await look(id, 0);
    const second = await look(id, 1);
    expect(first).toMatchObject({ session_id: id, frame: 0, outcome: 'seen', frames: 1, job_id: null });
    expect(first.features?.motion.average_magnitude).toBe(0);
    expect(second.features?.motion.average_magnitude).toBeGreaterThan(0);
    expect(second.features?.timestamp).toBe(1 / 30);
    expect(await studio.client.call('getFeatures', { params: { id, frame: 1 } })).toEqual(second.features);
  });

  test('two sessions compare each picture with their own last one', async () => {
    const [one, other] = [await session(), await session()];
    await look(one, 0);
    await look(one, 1);
    expect((await look(other, 1)).features?.motion.average_magnitude).toBe(0);
  });

  test('answers a frame that a newer one overtook as skipped, in order of their coming, and stores nothing of it', async () => {
    const id = await session();
    await look(id, 0);
    const results = await Promise.all(Array.from({ length: 12 }, (_, i) => look(id, i + 1)));
    const outcomes = results.map(({ outcome }) => outcome);
    expect(outcomes[0]).toBe('seen');
    expect(outcomes.at(-1)).toBe('seen');
    expect(outcomes.filter((outcome) => outcome === 'skipped').length).toBeGreaterThan(0);
    const { frames, missing } = await studio.client.call('getFeatureSeries', { params: { id }, query: { start: 0, end: 12 } });
    expect(frames.map(({ frame }) => frame)).toEqual([0, ...results.filter(({ outcome }) => outcome === 'seen').map(({ frame }) => frame)]);
    expect(missing.length).toBeGreaterThan(0);
  });

  test('keeps flow and edges where they are asked for', async () => {
    const id = await session();
    await look(id, 0);
    expect(await errorOf(await studio.fetch(`/api/sessions/${id}/overlay`))).toMatchObject({ code: 'not-found' });
    await look(id, 1, { query: '&overlay=1' });
    const overlay = unpackedOverlay(new Uint8Array(await (await studio.fetch(`/api/sessions/${id}/overlay`)).arrayBuffer()));
    expect(overlay).toMatchObject({ frame: 1, width: PICTURE.width, height: PICTURE.height, gridWidth: 10, gridHeight: 6 });
    expect(Math.max(...(overlay?.flow ?? []))).toBeGreaterThan(30);
    expect(overlay?.edges.some((edge) => edge === 255)).toBe(true);
  });

  test.each([
    ['a body of another size', { planes: cameraFrame(0).slice(1) }, 'input-invalid'],
    ['a body beyond any frame', { planes: new Uint8Array(400_000) }, 'request-too-large'],
    ['an odd side', { query: '&width=161' }, 'input-invalid'],
    ['too many pixels', { query: '&width=1280&height=720' }, 'input-invalid'],
    ['a time before the beginning', { query: '&timestamp=-1' }, 'input-invalid'],
  ])('refuses %s', async (_, options, code) => {
    expect(await errorOf(await post(await session(), 0, options))).toMatchObject({ code });
  });

  test('of a session that is not there is refused', async () => {
    expect(await errorOf(await post('nobody', 0))).toMatchObject({ code: 'session-not-found' });
  });
});

describe('the feature store', () => {
  test('stores in place of what was there, answers exactly one frame, and names what is missing', async () => {
    const id = await session();
    for (const frame of [3, 1, 7]) await studio.client.call('storeFeatures', { params: { id, frame }, body: frameAt(frame / 10) });
    await studio.client.call('storeFeatures', { params: { id, frame: 3 }, body: frameAt(0.35, { motion: 0.75 }) });
    expect(await studio.client.call('getFeatures', { params: { id, frame: 3 } })).toMatchObject({ timestamp: 0.35, motion: { average_magnitude: 0.75 } });
    expect(await errorOf(await studio.fetch(`/api/sessions/${id}/features/2`))).toMatchObject({ code: 'not-found' });
    const series = await studio.client.call('getFeatureSeries', { params: { id }, query: { start: 1, end: 9 } });
    expect(series.frames.map(({ frame }) => frame)).toEqual([1, 3, 7]);
    expect(series.missing).toEqual([[2, 2], [4, 6], [8, 9]]);
  });

  test('refuses more frames than one answer holds, and a range that runs backwards', async () => {
    const id = await session();
    for (let frame = 0; frame <= 1000; frame += 1) await studio.client.call('storeFeatures', { params: { id, frame }, body: frameAt(frame) });
    expect(await errorOf(await studio.fetch(`/api/sessions/${id}/features?start=0&end=1000`))).toMatchObject({ code: 'request-too-large' });
    expect(FeatureSeriesSchema.parse(await (await studio.fetch(`/api/sessions/${id}/features?start=1&end=1000`)).json()).frames).toHaveLength(1000);
    expect(await errorOf(await studio.fetch(`/api/sessions/${id}/features?start=5&end=4`))).toMatchObject({ code: 'input-invalid' });
  });

  test('of a deleted session is gone with it', async () => {
    const id = await session();
    await studio.client.call('storeFeatures', { params: { id, frame: 0 }, body: frameAt(0) });
    await studio.client.call('deleteSession', { params: { id } });
    expect(await errorOf(await studio.fetch(`/api/sessions/${id}/features/0`))).toMatchObject({ code: 'session-not-found' });
  });
});

test('sessions never mix, however their calls interleave', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, session));
  const call = fc.record({ session: fc.nat(ids.length - 1), frame: fc.nat(20), motion: fc.double({ min: 0, max: 1, noNaN: true }) });
  const model = ids.map(() => new Map<number, number>());
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 40 }), async (calls) => {
      // Calls on one session and frame keep their order; all others run at once.
      const tails = new Map<string, Promise<unknown>>();
      for (const { session: of, frame, motion } of calls) {
        const store = (): Promise<void> => studio.client.call('storeFeatures', { params: { id: ids[of] as string, frame }, body: frameAt(frame, { motion: Math.fround(motion) }) });
        tails.set(`${of}/${frame}`, (tails.get(`${of}/${frame}`) ?? Promise.resolve()).then(store));
        model[of]?.set(frame, Math.fround(motion));
      }
      await Promise.all(tails.values());
      for (const [index, id] of ids.entries()) {
        const { frames } = await studio.client.call('getFeatureSeries', { params: { id }, query: { start: 0, end: 20 } });
        const expected = [...(model[index] ?? [])].sort(([a], [b]) => a - b);
        expect(frames.map(({ frame, features }) => [frame, features.motion.average_magnitude])).toEqual(expected);
      }
    }),
    { numRuns: 25 },
  );
});

test('the OpenAPI page names the seed’s operations', async () => {
  const page = (await (await studio.fetch('/openapi.json')).json()) as { paths: Record<string, Record<string, { operationId: string }>> };
  const ids = Object.values(page.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  const services = ['video_analysis_service', 'audio_generation_service', 'feature_store_service'].map((name) => readFileSync(new URL(`../../resources/idl/${name}.thrift`, import.meta.url), 'utf8'));
  const named = services.flatMap((text) => [...text.matchAll(/^ {4}\S+ (\w+)\(/gm)].map(([, name]) => name));
  expect(named).toHaveLength(8);
  expect(ids).toEqual(expect.arrayContaining(named));
});
