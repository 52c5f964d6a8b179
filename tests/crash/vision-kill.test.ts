/** The vision host killed under a sounding camera session: the sound goes on, and the next frame is looked at by a new host. */
import { setTimeout as sleep } from 'node:timers/promises';

import { onTestFinished, expect, test } from 'vitest';

import { NO_DEVICE, OutputSettingsSchema } from '../../src-main/contract/documents/session.ts';
import type { AnalysisResult } from '../../src-main/contract/documents/session-features.ts';
import { PICTURE, cameraFrame } from '../fixtures/camera-frames.ts';
import { childrenOf } from '../fixtures/processes.ts';
import { openStudio } from '../fixtures/studio.ts';

test.skipIf(process.platform !== 'linux')('a killed vision host costs at most the frame it looked at', async () => {
  const studio = await openStudio();
  onTestFinished(() => studio.close());
  const { id } = await studio.client.call('createSession', { body: {} });
  await studio.client.call('generateAudio', { params: { id }, body: { output: OutputSettingsSchema.parse({ device: NO_DEVICE }) } });
  const sounding = childrenOf(process.pid);
  const look = (frame: number): Promise<Response> =>
    studio.fetch(`/api/sessions/${id}/frames/${frame}?width=${PICTURE.width}&height=${PICTURE.height}&timestamp=${frame / 30}`, { method: 'POST', body: cameraFrame(frame) });
  expect((await look(0)).status).toBe(200);
  const vision = childrenOf(process.pid).filter((pid) => !sounding.includes(pid));
  expect(vision).toHaveLength(1);
  process.kill(vision[0] as number, 'SIGKILL');
  while (childrenOf(process.pid).includes(vision[0] as number)) await sleep(10);
  // The one that meets the dead host may fail; those after it are seen.
  await look(1);
  const seen = [(await (await look(2)).json()) as AnalysisResult, (await (await look(3)).json()) as AnalysisResult];
  expect(seen.map(({ outcome }) => outcome)).toEqual(['seen', 'seen']);
  expect(seen[1]?.features?.motion.average_magnitude).toBeGreaterThan(0);
  // The audio host is the same process, and the session sounds.
  expect(childrenOf(process.pid)).toEqual(expect.arrayContaining(sounding));
  expect((await studio.client.call('getSession', { params: { id } })).stream).not.toBeNull();
});
