/** The seed's audio generation service over the whole product: real audio host, a clock instead of a sound card. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { NO_DEVICE, OutputSettingsSchema, type Session } from '../../src-main/contract/documents/session.ts';
import { rowOfFrame } from '../../src-main/contract/documents/feature-frame.ts';
import { parameters } from '../../src-main/contract/documents/parameters.ts';
import { plainMapping, soundingMapping } from '../fixtures/mapping.ts';
import { type LiveEar, listen } from '../fixtures/live-frames.ts';
import { frameAt } from '../fixtures/sound-host.ts';
import { type Studio, errorOf, openStudio } from '../fixtures/studio.ts';

const output = OutputSettingsSchema.parse({ device: NO_DEVICE });
const place = (parameter: keyof typeof parameters): number => Object.keys(parameters).indexOf(parameter);
const BASS = place('bass_intensity');

let studio: Studio;
let ear: LiveEar;
beforeAll(async () => {
  studio = await openStudio();
  ear = await listen(studio);
});
afterAll(async () => {
  await ear.stop();
  await studio.close();
});

async function session(body: object = {}): Promise<string> {
  const { id } = await studio.client.call('createSession', { body: { mapping: plainMapping, ...body } });
  onTestFinished(() => void studio.client.call('deleteSession', { params: { id } }).catch(() => undefined));
  return id;
}

const generate = (id: string, body: object = {}) => studio.client.call('generateAudio', { params: { id }, body: { output, ...body } });

describe('generateAudio', () => {
  test('answers the stream: id, rate, channels, latency', async () => {
    const stream = await generate(await session());
    expect(stream).toMatchObject({ backend: 'null', sample_rate: 48_000, channels: 2 });
    expect(stream.stream_id.length).toBeGreaterThan(0);
    expect(stream.latency_ms).toBeGreaterThan(0);
  });

  test('asked for twice at once answers both with the one stream', async () => {
    const id = await session();
    const [one, other] = await Promise.all([generate(id), generate(id)]);
    expect(one).toEqual(other);
    expect(await studio.client.call('getSession', { params: { id } })).toMatchObject({ stream: one });
  });

  test('takes what arrives while the sound is just beginning', async () => {
    const id = await session();
    const beginning = generate(id, { parameters: { bpm: 150 } });
    await studio.client.call('updateParameters', { params: { id }, body: { filter_resonance: 0.9 } });
    await studio.client.call('controlSession', { params: { id }, body: { action: 'ceiling', db: -20 } });
    await beginning;
    const frame = await ear.next(id, ({ bpm }) => bpm === 150);
    expect(frame.parameters[place('filter_resonance')]).toBeCloseTo(0.9, 3);
    expect(await studio.client.call('getSession', { params: { id } })).toMatchObject({ ceiling_db: -20, parameters: { bpm: 150, filter_resonance: 0.9 } });
  });

  test('begins again at another rate, and not under a recording', async () => {
    const id = await session();
    await generate(id);
    expect(await studio.client.call('setOutput', { params: { id }, body: { ...output, sample_rate: 96_000 } })).toMatchObject({ stream: { sample_rate: 96_000 } });
    await studio.client.call('startRecording', { params: { id } });
    await expect(studio.client.call('setOutput', { params: { id }, body: output })).rejects.toMatchObject({ code: 'session-recording' });
    await studio.client.call('stopRecording', { params: { id } });
  });
});

describe('updateParameters', () => {
  test('what is set by hand wins over the row that drives it, and null gives it back', async () => {
    const id = await session();
    await generate(id);
    const feed = async (motion: number): Promise<void> => studio.client.call('storeFeatures', { params: { id, frame: 0 }, query: { feeds: '1' }, body: frameAt(0, { motion }) });
    await feed(0.5);
    const driven = await ear.next(id, (frame) => (frame.parameters[BASS] ?? 0) > 0.45);
    expect(driven.parameters[BASS]).toBeLessThan(0.55);
    await studio.client.call('updateParameters', { params: { id }, body: { bass_intensity: 0.9 } });
    await ear.next(id, (frame) => Math.abs((frame.parameters[BASS] ?? 0) - 0.9) < 1e-3);
    await feed(0.1);
    // A whole release of the row later it still stands.
    const { position } = await ear.next(id);
    expect((await ear.next(id, (frame) => frame.position > position + 24_000)).parameters[BASS]).toBeCloseTo(0.9, 3);
    await studio.client.call('updateParameters', { params: { id }, body: { bass_intensity: null } });
    await feed(0.1);
    await ear.next(id, (frame) => Math.abs((frame.parameters[BASS] ?? 0) - 0.1) < 0.02);
  });

  test.each([{ bpm: 39 }, { bpm: 120.5 }, { bass_intensity: 1.1 }, { modulation_rate: 'fast' }])('refuses %j', async (body) => {
    const response = await studio.fetch(`/api/sessions/${await session()}/parameters`, { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    expect(await errorOf(response)).toMatchObject({ code: 'input-invalid' });
  });

  test('two sessions sound with their own', async () => {
    const [one, other] = [await session(), await session()];
    await generate(one, { parameters: { bpm: 90 } });
    await generate(other, { parameters: { bpm: 160 } });
    expect((await ear.next(one, ({ position }) => position > 9600)).bpm).toBe(90);
    expect((await ear.next(other, ({ position }) => position > 9600)).bpm).toBe(160);
  });
});

describe('stopGeneration', () => {
  const stop = (id: string) => studio.client.call('stopGeneration', { params: { id } });

  test('is nothing where nothing sounds, twice or at once', async () => {
    const id = await session();
    await stop(id);
    await generate(id);
    await Promise.all([stop(id), stop(id)]);
    await stop(id);
    expect(await studio.client.call('getSession', { params: { id } })).toMatchObject({ stream: null });
  });

  test('answers whoever waited for a sound that had not begun', async () => {
    // A studio of its own: its audio host is not started yet.
    const fresh = await openStudio();
    onTestFinished(() => fresh.close());
    const { id } = await fresh.client.call('createSession', { body: {} });
    const beginning = generateIn(fresh, id).then(() => 'began', (error: unknown) => (error as { code: string }).code);
    await fresh.client.call('updateParameters', { params: { id }, body: {} });
    await fresh.client.call('stopGeneration', { params: { id } });
    expect(['began', 'cancelled']).toContain(await beginning);
    expect(await fresh.client.call('getSession', { params: { id } })).toMatchObject({ stream: null });
  });

  test('is followed by a new sound from its beginning, again and again', async () => {
    const id = await session();
    for (let i = 0; i < 5; i += 1) {
      await generate(id);
      const first = await ear.next(id);
      expect(first.position).toBeLessThan(48_000);
      await stop(id);
    }
  });

  test('keeps the performance that was being recorded', async () => {
    const id = await session({ mapping: soundingMapping });
    await generate(id);
    await studio.client.call('startRecording', { params: { id } });
    await ear.next(id, ({ position }) => position > 9600);
    await stop(id);
    const { artifacts } = await studio.client.call('listArtifacts', { query: {} });
    const mine = artifacts.filter(({ provenance }) => provenance['session'] === id);
    expect(mine.map(({ kind }) => kind).sort()).toEqual(['audio', 'performance']);
    expect(await studio.client.call('getSession', { params: { id } })).toMatchObject({ is_recording: false, stream: null });
    const audio = mine.find(({ kind }) => kind === 'audio');
    const peaks = new Int16Array(await (await studio.fetch(`/api/artifacts/${audio?.id}/peaks`)).arrayBuffer());
    expect(peaks.length).toBe(3 * Math.ceil(((audio?.duration_s ?? 0) * 48_000) / 256));
    expect(Math.max(...peaks)).toBeGreaterThan(1000);
    expect(readdirSync(join(studio.dataDir, 'artifacts', 'work')).filter((name) => name.startsWith('take-'))).toEqual([]);
  });
});

test('two changes of the rate at once leave one sound, and it can be stopped', async () => {
  const id = await session();
  await generate(id);
  const at = (sample_rate: number) => studio.client.call('setOutput', { params: { id }, body: OutputSettingsSchema.parse({ ...output, sample_rate }) });
  await Promise.all([at(96_000), at(44_100)]);
  await ear.next(id);
  expect((await studio.client.call('getSession', { params: { id } })).stream).toMatchObject({ sample_rate: 44_100 });
  await studio.client.call('stopGeneration', { params: { id } });
  expect((await studio.client.call('getSession', { params: { id } })).stream).toBeNull();
  expect(await generate(id)).toMatchObject({ sample_rate: 48_000 });
});

test('a recording that is ended twice at once, and by the end of the sound, is kept once', async () => {
  const id = await session();
  await generate(id);
  await studio.client.call('startRecording', { params: { id } });
  const { position } = await ear.next(id);
  await ear.next(id, (frame) => frame.position > position + 9600);
  const end = () => studio.client.call('stopRecording', { params: { id } });
  const [one, other] = await Promise.all([end(), end(), studio.client.call('stopGeneration', { params: { id } })]);
  expect(other).toEqual(one);
  expect((await studio.client.call('getArtifact', { params: { id: one.artifact_id } })).size_bytes).toBeGreaterThan(44);
  expect(await studio.client.call('getSession', { params: { id } })).toMatchObject({ is_recording: false });
});

describe('over a restart', () => {
  const before = async (folder: Studio): Promise<Session> => {
    const created = await folder.client.call('createSession', { body: { mapping: soundingMapping, seed: 5 } });
    await folder.client.call('updateParameters', { params: { id: created.id }, body: { bpm: 99 } });
    await folder.client.call('storeFeatures', { params: { id: created.id, frame: 4 }, body: frameAt(0.2) });
    return created;
  };

  test('an anonymous session is there with what it saw, silent, until its day is over', async () => {
    const first = await openStudio();
    const { id } = await before(first);
    await generateIn(first, id);
    await first.close({ keepsFolder: true });
    const second = await openStudio(first.dataDir);
    expect(await second.client.call('getSession', { params: { id } })).toMatchObject({ seed: 5, parameters: { bpm: 99 }, stream: null, is_recording: false });
    const stored = await second.client.call('getFeatures', { params: { id, frame: 4 } });
    expect(rowOfFrame(stored)).toEqual(rowOfFrame(frameAt(0.2)));
    await second.close();
    const database = new Database(join(first.dataDir, 'kinetone.sqlite'));
    database.prepare("UPDATE sessions SET document = json_set(document, '$.expires_at', '2020-01-01T00:00:00.000Z')").run();
    database.close();
    const third = await openStudio(first.dataDir);
    expect(await third.client.call('listSessions')).toEqual({ sessions: [] });
    expect(await errorOf(await third.fetch(`/api/sessions/${id}/features/4`))).toMatchObject({ code: 'session-not-found' });
    await third.close({ removesFolder: true });
    expect(existsSync(first.dataDir)).toBe(false);
  });

  test('a project’s session has no end of its own, and a new one takes its place', async () => {
    const { project } = await studio.client.call('createProject', { body: { kind: 'sonify', name: 'Live' } });
    const first = await studio.client.call('createSession', { body: { project_id: project.id } });
    expect(first.expires_at).toBeNull();
    const second = await studio.client.call('createSession', { body: { project_id: project.id } });
    expect((await studio.client.call('listSessions')).sessions.filter(({ project_id }) => project_id === project.id).map(({ id }) => id)).toEqual([second.id]);
    await expect(studio.client.call('createSession', { body: { project_id: 'nobody' } })).rejects.toMatchObject({ code: 'not-found' });
  });
});

const generateIn = (where: Studio, id: string) => where.client.call('generateAudio', { params: { id }, body: { output } });

test('a session whose changes cannot be stored is played on all the same', async () => {
  const fresh = await openStudio();
  onTestFinished(() => fresh.close());
  const ears = await listen(fresh);
  onTestFinished(() => ears.stop());
  const { id } = await fresh.client.call('createSession', { body: {} });
  await generateIn(fresh, id);
  // What a full disk does to the table of sessions, without one.
  const database = new Database(join(fresh.dataDir, 'kinetone.sqlite'));
  database.exec("CREATE TRIGGER full BEFORE UPDATE ON sessions BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
  database.close();
  await fresh.client.call('updateParameters', { params: { id }, body: { bpm: 171 } });
  expect((await ears.next(id, ({ bpm }) => bpm === 171)).bpm).toBe(171);
});
