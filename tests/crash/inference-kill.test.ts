/** The inference host killed while a model hears a song: the job is tried again and ends with what the model heard. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { childrenOf } from '../fixtures/processes.ts';
import { hasSharedMedia, sharedMedia } from '../fixtures/shared-media.ts';
import { hasSharedModels, sharedModels, sharedModelsReason } from '../fixtures/shared-models.ts';
import { openStudio } from '../fixtures/studio.ts';

const isInference = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('hosts/inference');
  } catch {
    return false;
  }
};

const canRun = process.platform === 'linux' && hasSharedModels && hasSharedMedia;

test.skipIf(!canRun)(`a song is heard by the model although its host is killed${hasSharedModels ? '' : ` (skipped: ${sharedModelsReason})`}`, async () => {
  const studio = await openStudio();
  onTestFinished(() => studio.close());
  await studio.client.call('addModels', { body: { path: sharedModels('beatnet') } });
  const { items } = await studio.client.call('importMedia', { body: { paths: [sharedMedia('music', 'vibe_ace.ogg')] } });
  const id = items[0]?.item.id ?? '';
  // It is listened to by itself first; the next time its beginning is not missed.
  while ((await studio.client.call('getSong', { params: { id } })).state !== 'ready') await sleep(50);
  const { job_id: job } = await studio.client.call('analyzeSong', { params: { id }, body: { again: true } });
  if (job === null) throw new Error('Nothing is heard again.');
  let killed: number | undefined;
  while (killed === undefined) {
    killed = childrenOf(process.pid).find(isInference);
    await sleep(5);
  }
  // It has begun to listen: its FFmpeg runs.
  while (childrenOf(killed).length === 0) await sleep(5);
  process.kill(killed, 'SIGKILL');
  let state = 'pending';
  while (state !== 'completed') {
    await sleep(50);
    const now = await studio.client.call('getJob', { params: { id: job } });
    if (now.state === 'failed') throw new Error(`the job failed: ${now.error?.message ?? ''}`);
    state = now.state;
  }
  const song = await studio.client.call('getSong', { params: { id } });
  expect(song.analysis?.beat_source).toBe('beatnet');
  expect(childrenOf(process.pid).filter(isInference)).not.toContain(killed);
});
