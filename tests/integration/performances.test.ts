/** Recorded performances: rendered again bit for bit from their events, and exported like any sonification. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { NO_DEVICE, OutputSettingsSchema, type Performance } from '../../src-main/contract/documents/session.ts';
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
