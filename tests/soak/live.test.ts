/** An instrument played for a long time beside a busy core: time never goes back, nothing grows, and every command is taken. */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { rowOfFrame } from '../../src-main/contract/documents/feature-frame.ts';
import { NO_DEVICE } from '../../src-main/contract/documents/session.ts';
import { listOutputDevices } from '../../src-main/adapters/native/audio-devices.ts';
import { LivePlayer } from '../../src-main/adapters/native/live-player.ts';
import { compileMapping } from '../../src-main/core/sonify/mapping/index.ts';
import { soundingHost } from '../fixtures/audio-host.ts';
import { plainMapping, soundingMapping } from '../fixtures/mapping.ts';
import { frameAt } from '../fixtures/sound-host.ts';
import { hasSoundServer, soundServer, soundServerReason } from '../fixtures/sound-server.ts';
import { SLACK_MS, soakMs } from './duration.ts';

const RATE = 48_000;
const MOST_MEMORY_MB = 400;
const OPENINGS = soakMs > 60_000 ? 200 : 20;

/** A program that takes a core for itself, below the priority of sound, as a batch render is. */
function busyCore(): void {
  const busy = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  if (busy.pid !== undefined) setPriority(busy.pid, 10);
  onTestFinished(() => void busy.kill('SIGKILL'));
}

function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

test.skipIf(process.platform !== 'linux')('a session that is played and edited all the time keeps time and holds no more memory than at first', { timeout: soakMs + SLACK_MS }, async () => {
  busyCore();
  const session = soundingHost({ device: NO_DEVICE, mapping: plainMapping });
  await expect.poll(() => session.frames.length, { timeout: SLACK_MS }).toBeGreaterThan(0);
  const startMs = performance.now();
  const first = session.frames.at(-1)?.position ?? 0;
  let commands = 0;
  for (let i = 0; performance.now() - startMs < soakMs; i += 1) {
    await session.command({ kind: 'row', row: rowOfFrame(frameAt(0, { motion: (i % 20) / 20, edges: (i % 7) / 7, cut: i % 50 === 0 ? 1 : 0 })) as Float32Array<ArrayBuffer> });
    if (i % 10 === 0) await session.command({ kind: 'mapping', mapping: i % 20 === 0 ? soundingMapping : plainMapping, morph_ms: 200 });
    commands += 1;
    await sleep(20);
  }
  const [elapsedS, positions] = [(performance.now() - startMs) / 1000, session.frames.map(({ position }) => position)];
  expect(positions.every((position, i) => position >= (positions[i - 1] ?? 0))).toBe(true);
  const playedS = ((positions.at(-1) ?? 0) - first) / RATE;
  expect(Math.abs(playedS - elapsedS)).toBeLessThan(1 + 0.02 * elapsedS);
  expect(commands).toBeGreaterThan(10);
  expect(residentMb((await session.host.pid()) ?? 0)).toBeLessThan(MOST_MEMORY_MB);
  await session.stop();
});

test.skipIf(!hasSoundServer)(`a device opened and closed ${OPENINGS} times leaves no thread, no file and no memory behind (else skipped: ${soundServerReason})`, { timeout: SLACK_MS * 3 }, async () => {
  const server = await soundServer(['card_soak']);
  Object.assign(process.env, server.env);
  const player = new LivePlayer({ sampleRate: RATE, seed: 0, mapping: compileMapping(soundingMapping) });
  const device = (await listOutputDevices()).numbers.find(({ id }) => id === 'ALSA: card_soak')?.index ?? -1;
  const open = async (): Promise<void> => {
    await player.open({ backend: 'portaudio', device, rate: RATE, bufferFrames: 256, firstChannel: 0, driftPpm: 0 });
    await sleep(20);
    await player.close();
  };
  for (let i = 0; i < 5; i += 1) await open();
  const [files, threads, memoryMb] = [readdirSync('/proc/self/fd').length, readdirSync('/proc/self/task').length, residentMb(process.pid)];
  for (let i = 0; i < OPENINGS; i += 1) await open();
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(files + 1);
  expect(readdirSync('/proc/self/task').length).toBeLessThanOrEqual(threads + 1);
  expect(residentMb(process.pid)).toBeLessThan(memoryMb + 60);
});
