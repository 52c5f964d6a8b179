/** The audio host killed under a sounding session: it sounds again with everything that was set, and others go on too. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { NO_DEVICE, OutputSettingsSchema } from '../../src-main/contract/documents/session.ts';
import { listen } from '../fixtures/live-frames.ts';
import { plainMapping, soundingMapping } from '../fixtures/mapping.ts';
import { childrenOf } from '../fixtures/processes.ts';
import { openStudio } from '../fixtures/studio.ts';

test.skipIf(process.platform !== 'linux')('a killed audio host is heard as a gap; mapping, parameters, level and ceiling are as they were', async () => {
  const studio = await openStudio();
  const ear = await listen(studio);
  onTestFinished(async () => {
    await ear.stop();
    await studio.close();
  });
  const { client } = studio;
  const output = OutputSettingsSchema.parse({ device: NO_DEVICE });
  const [{ id }, { id: other }] = [await client.call('createSession', { body: { mapping: plainMapping } }), await client.call('createSession', { body: { mapping: plainMapping } })];
  for (const [each, bpm] of [[id, 141], [other, 77]] as const) await client.call('generateAudio', { params: { id: each }, body: { output, parameters: { bpm } } });
  await client.call('setSessionMapping', { params: { id }, body: { mapping: soundingMapping } });
  await client.call('controlSession', { params: { id }, body: { action: 'ceiling', db: -30 } });
  await client.call('startRecording', { params: { id } });
  await ear.next(id, ({ position, peak_db: [left] }) => position > 48_000 && left !== null);
  // Whatever ends now leaves names that are swept, never a good one.
  expect(readdirSync(join(studio.dataDir, 'artifacts', 'work')).map((name) => name.replace(/^take-\w+\.(\w+)\.partial-\w+$/, '$1')).sort()).toEqual(['peaks', 'wav']);
  const [audio] = childrenOf(process.pid);
  expect(childrenOf(process.pid)).toHaveLength(1);
  process.kill(audio as number, 'SIGKILL');
  while (childrenOf(process.pid).includes(audio as number)) await sleep(10);
  // What is set meanwhile is not lost either.
  await client.call('updateParameters', { params: { id }, body: { filter_resonance: 0.8 } });
  const again = await ear.next(id, ({ position, peak_db: [left] }) => position < 24_000 && position > 12_000 && left !== null);
  expect(again.bpm).toBe(141);
  expect(again.parameters[2]).toBeCloseTo(0.8, 3);
  expect(again.peak_db[0]).toBeLessThanOrEqual(-29.5);
  expect((await ear.next(other)).bpm).toBe(77);
  // The recording died with its host, is said to be over, and leaves nothing behind.
  expect(await client.call('getSession', { params: { id } })).toMatchObject({ is_recording: false, ceiling_db: -30 });
  expect((await client.call('listArtifacts', { query: {} })).artifacts).toEqual([]);
  expect(readdirSync(join(studio.dataDir, 'artifacts', 'work'))).toEqual([]);
  await client.call('startRecording', { params: { id } });
  const { position } = await ear.next(id);
  await ear.next(id, (frame) => frame.position > position + 4800);
  expect((await client.call('stopRecording', { params: { id } })).duration_s).toBeGreaterThan(0.05);
});

test.skipIf(process.platform !== 'linux')('a session that was silenced by panic stays silent when its host is started again', async () => {
  const studio = await openStudio();
  const ear = await listen(studio);
  onTestFinished(async () => {
    await ear.stop();
    await studio.close();
  });
  const { client } = studio;
  const { id } = await client.call('createSession', { body: { mapping: soundingMapping } });
  await client.call('generateAudio', { params: { id }, body: { output: OutputSettingsSchema.parse({ device: NO_DEVICE }) } });
  await ear.next(id, ({ position, peak_db: [left] }) => position > 48_000 && left !== null);
  await client.call('controlSession', { params: { id }, body: { action: 'panic' } });
  await ear.next(id, ({ is_silenced: isSilenced }) => isSilenced);
  const [audio] = childrenOf(process.pid);
  process.kill(audio as number, 'SIGKILL');
  while (childrenOf(process.pid).includes(audio as number)) await sleep(10);
  const again = await ear.next(id, ({ position }) => position < 36_000 && position > 24_000);
  expect(again).toMatchObject({ is_silenced: true, peak_db: [null, null] });
  await client.call('controlSession', { params: { id }, body: { action: 'resume' } });
  expect((await ear.next(id, ({ peak_db: [left] }) => left !== null)).is_silenced).toBe(false);
});
