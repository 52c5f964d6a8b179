/**
 * Live output on PulseAudio's null sink through PortAudio, as the product plays: latency as reported and as measured, breaks
 * in a minute while JavaScript stalls and both cores encode, and the time from a flash in the picture to its sound.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { listOutputDevices, measureLatency } from '../../src-main/adapters/native/audio-devices.ts';
import { LivePlayer } from '../../src-main/adapters/native/live-player.ts';
import { type Mapping, MappingSchema } from '../../src-main/contract/documents/mapping.ts';
import { rowOfFrame } from '../../src-main/contract/documents/feature-frame.ts';
import { compileMapping } from '../../src-main/core/sonify/mapping/index.ts';
import { frameAt } from '../../tests/fixtures/frame-at.ts';
import { breaksBetween, hasSoundServer, soundServerReason, startSoundServer } from '../../tests/fixtures/pulse-daemon.ts';
import { type BenchContext, type BenchRow, median } from './row.ts';

const CARD = 'card_bench';
const RATE = 48_000;
const RUN_S = 60;
const STALL_MS = 200;
const STALL_EVERY_MS = 2000;
const FLASHES = 9;
const PEER = 'PortAudio 256 frames: 10.7 ms; naudiodon: a break per stall';

type Server = Awaited<ReturnType<typeof startSoundServer>>;

function instrument(mapping: Mapping): LivePlayer {
  return new LivePlayer({ sampleRate: RATE, seed: 0, mapping: compileMapping(mapping) });
}

function encoders(): ChildProcess[] {
  const args = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=1280x720:r=30', '-t', '600', '-c:v', 'libx264', '-f', 'null', '-'];
  return cpus().map(() => spawn('nice', ['-n', '10', 'ffmpeg', ...args], { stdio: 'ignore' }));
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

/** Plays for a minute while this thread is blocked every two seconds. @returns breaks on the monitor, and what the device counted. */
async function breaks(server: Server, mapping: Mapping, device: number): Promise<{ heard: number; counted: number; checkedS: number }> {
  const player = instrument(mapping);
  const ear = server.listen(CARD);
  await sleep(500);
  player.record(true);
  await player.open({ backend: 'portaudio', device, rate: RATE, bufferFrames: 256, firstChannel: 0, driftPpm: 0 });
  const made: Float32Array[] = [];
  for (const end = performance.now() + RUN_S * 1000; performance.now() < end; ) {
    for (const stall = performance.now() + STALL_MS; performance.now() < stall; );
    for (const next = performance.now() + STALL_EVERY_MS - STALL_MS; performance.now() < next; await sleep(50)) {
      for (let taken = player.takeRecording(); taken && taken.samples.length > 0; taken = player.takeRecording()) made.push(taken.samples);
    }
  }
  const { underruns } = player.health();
  await player.close();
  const { breaks: places, frames } = breaksBetween(joined(made), await ear.stop(), 3 * RATE);
  return { heard: places.length, counted: underruns, checkedS: frames / RATE };
}

/** From the call that brings a cut to the first loud sample on the monitor; the listener's own delay is in it. */
async function flashes(server: Server, mapping: Mapping, device: number): Promise<number> {
  const silent: Mapping = { ...mapping, resting: { rhythm_level: 1 }, rows: [] };
  const player = instrument(silent);
  await player.open({ backend: 'portaudio', device, rate: RATE, bufferFrames: 256, firstChannel: 0, driftPpm: 0 });
  await sleep(2500);
  const times: number[] = [];
  for (let i = 0; i < FLASHES; i += 1) {
    const ear = server.listen(CARD);
    // The last flash has to die away, or it is heard instead of the next.
    const isQuiet = (): boolean => ear.heard().length > RATE && ear.heard().subarray(-RATE / 5).every((sample) => Math.abs(sample) < 0.005);
    for (const end = performance.now() + 8000; !isQuiet() && performance.now() < end; ) await sleep(100);
    const before = ear.heard().length;
    const at = performance.now();
    player.pushRow(rowOfFrame(frameAt(i, { motion: 0, edges: 0, cut: 1 })));
    for (;;) {
      const heard = ear.heard();
      const onset = heard.subarray(before).findIndex((sample) => Math.abs(sample) > 0.02);
      if (onset >= 0 || performance.now() - at > 1000) {
        times.push(performance.now() - at - (heard.length - before - onset) / 2 / (RATE / 1000));
        break;
      }
      await sleep(1);
    }
    await ear.stop();
    await sleep(500);
  }
  await player.close();
  return median(times);
}

export async function liveRows({ repository, folder, say }: BenchContext): Promise<BenchRow[]> {
  if (!hasSoundServer) {
    say(`live output left out: ${soundServerReason}`);
    return [];
  }
  const place = join(folder, 'pulse');
  mkdirSync(place);
  const server = await startSoundServer(place, [CARD]);
  Object.assign(process.env, server.env);
  try {
    const mapping = MappingSchema.parse(JSON.parse(readFileSync(join(repository, 'resources/mappings/wobble.json'), 'utf8')));
    const sounding: Mapping = { ...mapping, rows: [], resting: { ...mapping.resting, bass_intensity: 0.8, rhythm_complexity: 0.7, pad_level: 0.6 } };
    const device = (await listOutputDevices()).numbers.find(({ id }) => id === `ALSA: ${CARD}`)?.index ?? -1;
    const probe = instrument(sounding);
    const { latencyMs } = await probe.open({ backend: 'portaudio', device, rate: RATE, bufferFrames: 256, firstChannel: 0, driftPpm: 0 });
    await probe.close();
    const measured = await measureLatency(`ALSA: ${CARD}`, RATE, 256);
    const quiet = await breaks(server, sounding, device);
    const working = encoders();
    const busy = await breaks(server, sounding, device).finally(() => working.forEach((child) => child.kill('SIGKILL')));
    const flashMs = await flashes(server, mapping, device);
    const text = ({ heard, counted, checkedS }: typeof quiet): string => `${heard} breaks in ${checkedS.toFixed(0)} s, ${counted} counted`;
    const row = (what: string, ours: string, bar: string): BenchRow => ({ what, ours, peer: PEER, ratio: null, bar });
    return [
      row('live output, 256 frames, reported', `${latencyMs.toFixed(1)} ms`, '≤ 12 ms'),
      row('live output, 256 frames, measured', measured.latency_ms === null ? (measured.problem ?? '') : `${measured.latency_ms.toFixed(1)} ms`, '≤ 20 ms'),
      row('breaks, JavaScript stalls 200 ms every 2 s', text(quiet), '0'),
      row('breaks, the same while both cores encode at nice 10', text(busy), '0'),
      row('flash in the picture → sound, median', flashMs > 0 ? `${flashMs.toFixed(0)} ms` : 'not measured: it was never quiet', '≤ 60 ms with a frame of 33 ms before it'),
    ];
  } finally {
    server.stop();
  }
}
