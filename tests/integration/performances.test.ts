/** Recorded performances: rendered again bit for bit from their events, and exported like any sonification. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { NO_DEVICE, OutputSettingsSchema, type Performance } from '../../src-main/contract/documents/session.ts';
import type { SonifyResult } from '../../src-main/contract/documents/sonify.ts';
import type { InspectPerformanceOutput } from '../../src-main/contract/hosts/performance.ts';
import { straightStretch } from '../../src-main/core/sonify/live/film-stretch.ts';
import { ffmpeg, streamsOf } from '../fixtures/films.ts';
import { plainMapping, soundingMapping } from '../fixtures/mapping.ts';
import { type LiveEar, listen } from '../fixtures/live-frames.ts';
import { frameAt, soundHost } from '../fixtures/sound-host.ts';
import { type Studio, openStudio } from '../fixtures/studio.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';
import { readWavHeader } from '../../src-main/core/sonify/wav-header.ts';

const output = OutputSettingsSchema.parse({ device: NO_DEVICE });
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

const artifactFile = (id: string, extension: string): string => join(studio.dataDir, 'artifacts', `${id}.${extension}`);

/** The samples of a 32-bit float WAV. */
function samplesOf(path: string): Float32Array {
  const bytes = readFileSync(path);
  const layout = readWavHeader(bytes, bytes.length);
  if (layout?.sampleFormat !== 'f32') throw new Error('not a float WAV');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset + layout.dataOffset, bytes.byteOffset + layout.dataOffset + layout.frames * layout.channels * 4));
}

/** Plays for a while with everything a performer does, and records from the middle of it. */
async function perform({ sample_rate = 48_000 }: { sample_rate?: 44_100 | 48_000 | 96_000 } = {}): Promise<Performance> {
  const { client } = studio;
  const { id } = await client.call('createSession', { body: { mapping: plainMapping, seed: 11 } });
  const params = { id };
  onTestFinished(() => void client.call('deleteSession', { params }).catch(() => undefined));
  await client.call('generateAudio', { params, body: { output: { ...output, sample_rate } } });
  const feed = (motion: number, hex: string): Promise<void> => client.call('storeFeatures', { params: { id, frame: 0 }, query: { feeds: '1' }, body: frameAt(0, { motion, hex, cut: motion > 0.7 ? 1 : 0 }) });
  const wait = async (samples: number): Promise<void> => {
    const { position } = await ear.next(id);
    await ear.next(id, (frame) => frame.position > position + samples);
  };
  await feed(0.3, '#ff2010');
  await wait(9000);
  await client.call('setSessionMapping', { params, body: { mapping: { ...soundingMapping, tempo: { source: 'fixed', bpm: 133 } }, morph_ms: 300 } });
  await wait(4000);
  await client.call('startRecording', { params });
  await feed(0.9, '#1020ff');
  await wait(12_000);
  await client.call('updateParameters', { params, body: { filter_resonance: 0.8 } });
  await client.call('controlSession', { params, body: { action: 'ceiling', db: -12 } });
  await feed(0.1, '#10ff20');
  await wait(12_000);
  await client.call('controlSession', { params, body: { action: 'volume', gain: 0.1 } });
  await feed(0.8, '#ffffff');
  await wait(3000);
  return client.call('stopRecording', { params });
}

describe('replay', () => {
  test.each([44_100, 48_000, 96_000] as const)('gives the recorded samples bit for bit at %i Hz', async (sample_rate) => {
    const performance = await perform({ sample_rate });
    expect(performance).toMatchObject({ lost_frames: 0 });
    expect(performance.events).toBeGreaterThan(6);
    const recorded = samplesOf(artifactFile(performance.artifact_id, 'wav'));
    const { host } = soundHost([]);
    onTestFinished(() => host.stop());
    const [folder, events] = [tempFolder(), artifactFile(performance.events_artifact_id, 'jsonl')];
    const { head } = (await host.call('inspectPerformance', { events_path: events })) as { head: { start_sample: number; samples: number } };
    expect(head).toMatchObject({ samples: recorded.length / 2, seed: 11, sample_rate, lost_events: 0 });
    const stems = ['bass', 'rhythm', 'atmosphere'].map((name) => join(folder, `${name}.wav`));
    await host.call('replay', { events_path: events, first_sample: head.start_sample, samples: head.samples, premaster_path: join(folder, 'again.wav'), stem_paths: stems });
    const again = samplesOf(join(folder, 'again.wav'));
    expect(Buffer.compare(Buffer.from(again.buffer), Buffer.from(recorded.buffer))).toBe(0);
    expect(recorded.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeGreaterThan(0.05);
    for (const stem of stems) expect(samplesOf(stem).length).toBe(recorded.length);
  });
});

/** An export to its end. */
async function exported(performance_id: string, format: 'wav' | 'flac' | 'mp4' | 'mkv', settings: object = {}): Promise<SonifyResult> {
  const { client } = studio;
  const { job_id: id } = await client.call('startRender', { body: { performance_id, settings: { format, loudness: 'off', original: 'drop', stems: false, ...settings } } });
  for (;;) {
    const job = await client.call('getJob', { params: { id } });
    if (job.state === 'completed') return job.result as SonifyResult;
    if (job.state === 'failed') throw new Error(job.error?.message);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const failedChecks = ({ verification }: SonifyResult) => verification.checks.filter(({ passed }) => !passed);

describe('an export of a performance', () => {
  test('as WAV has the recorded samples, its stems sum up to what came before the master, and a project takes it', async () => {
    const performance = await perform();
    const recorded = samplesOf(artifactFile(performance.artifact_id, 'wav'));
    const result = await exported(performance.events_artifact_id, 'wav', { stems: true });
    expect(failedChecks(result)).toEqual([]);
    expect(result.duration_s).toBe(recorded.length / 2 / 48_000);
    const pcm = execFileSync('ffmpeg', ['-v', 'error', '-i', artifactFile(result.artifact_id, 'wav'), '-f', 'f32le', '-'], { maxBuffer: 1 << 28 });
    const exportedSamples = new Float32Array(pcm.buffer.slice(pcm.byteOffset, pcm.byteOffset + pcm.byteLength));
    // 24 bits hold it to half a step.
    expect(exportedSamples.length).toBe(recorded.length);
    expect(exportedSamples.every((sample, i) => Math.abs(sample - (recorded[i] ?? 0)) < 2 ** -23)).toBe(true);
    expect(result.stem_artifact_ids).toHaveLength(3);
    for (const id of result.stem_artifact_ids) expect(samplesOf(artifactFile(id, 'wav')).length).toBe(recorded.length);
    expect(await studio.client.call('getArtifact', { params: { id: result.artifact_id } })).toMatchObject({ provenance: { performance: performance.events_artifact_id, seed: 11 }, media_id: null });
  });

  test('whose recorded sound was deleted is rendered from its events, by either id while both are there', async () => {
    const performance = await perform();
    const first = await exported(performance.artifact_id, 'wav');
    const before = readFileSync(artifactFile(first.artifact_id, 'wav'));
    await studio.client.call('deleteArtifact', { params: { id: performance.artifact_id } });
    const second = await exported(performance.events_artifact_id, 'wav');
    const again = readFileSync(artifactFile(second.artifact_id, 'wav'));
    expect(again.subarray(-8000).equals(before.subarray(-8000))).toBe(true);
    expect(again.length).toBe(before.length);
  });

  test('as FLAC reaches the loudness asked for', async () => {
    const result = await exported((await perform()).events_artifact_id, 'flac', { loudness: -20 });
    expect(failedChecks(result)).toEqual([]);
    expect(result.loudness).toMatchObject({ target_lufs: -20, is_target_reached: true });
  });

  test('as a film is refused where it went over none', async () => {
    await expect(exported((await perform()).events_artifact_id, 'mp4')).rejects.toThrow(/straight stretch/);
  });

  test('whose events are damaged is refused', async () => {
    const performance = await perform();
    const path = artifactFile(performance.events_artifact_id, 'jsonl');
    const text = readFileSync(path, 'utf8');
    rmSync(path);
    execFileSync('tee', [path], { input: text.slice(0, -20) });
    await expect(exported(performance.events_artifact_id, 'wav')).rejects.toThrow(/cannot be read/);
  });

  test.each(['mp4', 'mkv'] as const)('over one stretch of a film as %s shows just that stretch, in its place under the sound', async (format) => {
    const { client } = studio;
    const path = join(tempFolder(), 'ramp.mp4');
    // Frame n has the grey 16 + 2n, so that a picture tells its number.
    ffmpeg('-f', 'lavfi', '-i', "color=black:size=320x180:rate=25:duration=4,geq=lum='16+2*N':cb=128:cr=128", '-c:v', 'libx264', '-g', '40', '-pix_fmt', 'yuv420p', path);
    const imported = (await client.call('importMedia', { body: { paths: [path] } })).items[0]?.item;
    const session = await client.call('createSession', { body: { mapping: soundingMapping, source: { kind: 'media', media_id: imported?.id ?? '' } } });
    const params = { id: session.id };
    await client.call('generateAudio', { params, body: { output } });
    await ear.next(session.id, ({ is_starved, position }) => !is_starved && position > 9600);
    await client.call('startRecording', { params });
    await client.call('setTransport', { params, body: { is_playing: true, position_s: 1.21 } });
    await ear.next(session.id, ({ film_s }) => film_s > 2.4);
    await client.call('setTransport', { params, body: { is_playing: false } });
    await ear.next(session.id, ({ is_playing }) => !is_playing);
    const performance = await client.call('stopRecording', { params });
    await client.call('deleteSession', { params });
    const { host } = soundHost([]);
    onTestFinished(() => host.stop());
    const { head, film } = (await host.call('inspectPerformance', { events_path: artifactFile(performance.events_artifact_id, 'jsonl') })) as InspectPerformanceOutput;
    const stretch = straightStretch(film, { start: head.start_sample, samples: head.samples, rate: head.sample_rate });
    // A jump and the start that follows it are two commands, a buffer or two apart.
    expect(stretch?.startS).toBeGreaterThanOrEqual(1.2099);
    expect(stretch?.startS).toBeLessThan(1.24);
    const result = await exported(performance.events_artifact_id, format, { loudness: -16 });
    expect(failedChecks(result)).toEqual([]);
    expect(result.duration_s).toBe((stretch?.samples ?? 0) / 48_000);
    const made = artifactFile(result.artifact_id, format);
    const endFrame = Math.ceil(((stretch?.startS ?? 0) + result.duration_s) * 25);
    expect(Math.abs((streamsOf(made)['video']?.packets ?? 0) - (endFrame - 31))).toBeLessThanOrEqual(1);
    const [grey = 0] = execFileSync('ffmpeg', ['-v', 'error', '-i', made, '-frames:v', '1', '-pix_fmt', 'yuv420p', '-f', 'rawvideo', '-']);
    // Frame 31 is the first after 1.21 s.
    expect(Math.abs(grey - (16 + 2 * 31))).toBeLessThanOrEqual(1);
  });
});
