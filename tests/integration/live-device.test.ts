/** Live sound on a real device: PulseAudio's null sinks stand for sound cards, their monitors for ears. */
import { beforeAll, describe, expect, test } from 'vitest';

import { listOutputDevices, measureLatency } from '../../src-main/adapters/native/audio-devices.ts';
import { LivePlayer } from '../../src-main/adapters/native/live-player.ts';
import { OutputSettingsSchema } from '../../src-main/contract/documents/session.ts';
import { compileMapping } from '../../src-main/core/sonify/mapping/index.ts';
import { soundingHost } from '../fixtures/audio-host.ts';
import { soundingMapping } from '../fixtures/mapping.ts';
import { type SoundServer, breaksBetween, hasSoundServer, soundServer, soundServerReason } from '../fixtures/sound-server.ts';

const PATIENCE_MS = 60_000;
const BLOCK_MS = 200;
const FROM_FRAME = 3 * 48_000;
const A = 'ALSA: card_a';
const B = 'ALSA: card_b';
let server: SoundServer;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function block(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

async function numberOf(id: string): Promise<number> {
  const { numbers } = await listOutputDevices();
  return numbers.find((device) => device.id === id)?.index ?? -2;
}

const player = (): LivePlayer => new LivePlayer({ sampleRate: 48_000, seed: 0, mapping: compileMapping(soundingMapping) });
const request = { backend: 'portaudio', rate: 48_000, bufferFrames: 256, firstChannel: 0, driftPpm: 0 } as const;
const loudest = (samples: Float32Array): number => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Plays on card A while this thread is blocked again and again. */
async function playBlocked(blocks: number): Promise<{ takenMs: number[]; share: number }> {
  const instrument = player();
  const ear = server.listen('card_a');
  await sleep(500);
  instrument.record(true);
  await instrument.open({ ...request, device: await numberOf(A) });
  const made: Float32Array[] = [];
  const takenMs: number[] = [];
  for (let i = 0; i < blocks; i += 1) {
    const before = instrument.state().position;
    block(BLOCK_MS);
    takenMs.push((instrument.state().position - before) / 48);
    await sleep(800);
    for (let taken = instrument.takeRecording(); taken !== null && taken.samples.length > 0; taken = instrument.takeRecording()) made.push(taken.samples);
  }
  await instrument.close();
  const heard = await ear.stop();
  const all = joined(made);
  // A null sink that was idle has played ahead: its first second and a half are its own affair.
  const { frames } = breaksBetween(all, heard, FROM_FRAME);
  return { takenMs, share: frames / (all.length / 2 - FROM_FRAME) };
}

describe.skipIf(!hasSoundServer)(`on a sound card (else skipped: ${soundServerReason})`, () => {
  beforeAll(async () => {
    server = await soundServer(['card_a', 'card_b']);
    Object.assign(process.env, server.env);
  });

  test('devices have a name, a host API, channels, a rate and a latency, and one is the default', async () => {
    const { devices, error } = await listOutputDevices({ withRates: true });
    expect(error).toBe('');
    expect(devices.map(({ id }) => id)).toEqual(expect.arrayContaining([A, B]));
    expect(devices.filter((device) => device.is_default)).toHaveLength(1);
    expect(devices.find(({ id }) => id === A)).toMatchObject({ name: 'card_a', host_api: 'ALSA', default_rate: expect.any(Number), rates: [44_100, 48_000, 88_200, 96_000] });
  });

  // Again where the machine was busy with something else; blocked JavaScript alone would fail every time.
  test('while JavaScript is blocked for 200 ms at a time it takes 200 ms of sound each time, sample for sample', { retry: 5 }, async () => {
    const { takenMs, share } = await playBlocked(8);
    const median = takenMs.toSorted((a, b) => a - b)[4] ?? 0;
    expect(median).toBeGreaterThan(0.8 * BLOCK_MS);
    // The bench measures the bar of no break at all.
    expect(share).toBeGreaterThan(0.8);
  });

  test('it says what latency the device reports, and the engine adds its look-ahead', async () => {
    const session = soundingHost({ device: A });
    await expect.poll(() => session.streams.length, { timeout: PATIENCE_MS }).toBe(1);
    const stream = session.streams[0]?.stream;
    expect(stream).toMatchObject({ backend: 'portaudio', device: 'card_a', host_api: 'ALSA', sample_rate: 48_000, buffer_frames: 256, problem: null });
    expect(stream?.latency_ms).toBeGreaterThan((1000 * 256) / 48_000);
    expect(stream?.latency_ms).toBeLessThan(20);
  });

  test('clicks that come back by the monitor measure how long sound takes', async () => {
    const measure = async (): Promise<number | null> => (await measureLatency(A, 48_000, 256)).latency_ms;
    await expect.poll(measure, { timeout: PATIENCE_MS }).toBeGreaterThan(2);
    // On a machine whose processor others take it says so instead of a figure that means nothing.
    const { latency_ms: again, problem } = await measureLatency(A, 48_000, 256);
    expect(again === null).toBe(problem !== null);
    if (again !== null) expect(again).toBeLessThan(350);
  });

  test('without a way back there is no figure but the reason', async () => {
    expect(await measureLatency('ALSA: nowhere', 48_000, 256)).toMatchObject({ latency_ms: null, problem: expect.stringContaining('nowhere') });
  });

  test('the device vanishes: it goes on with the next, and returns when it is back', async () => {
    const session = soundingHost({ device: A });
    await expect.poll(() => session.frames.length, { timeout: PATIENCE_MS }).toBeGreaterThan(60);
    const ear = server.listen('card_b');
    const before = session.frames.at(-1)?.position ?? 0;
    server.unplug('card_a');
    await expect.poll(() => session.streams.at(-1)?.stream, { timeout: PATIENCE_MS, interval: 5 }).toMatchObject({ backend: 'portaudio', problem: expect.stringContaining('card_a') });
    await expect.poll(() => loudest(ear.heard().slice(-9600)), { timeout: PATIENCE_MS }).toBeGreaterThan(0.01);
    await ear.stop();
    expect(session.frames.at(-1)?.position).toBeGreaterThan(before);
    server.plug('card_a');
    const again = server.listen('card_a');
    await expect.poll(() => session.streams.at(-1)?.stream, { timeout: PATIENCE_MS }).toMatchObject({ device: 'card_a', problem: null });
    await expect.poll(() => loudest(again.heard().slice(-9600)), { timeout: PATIENCE_MS }).toBeGreaterThan(0.01);
    await again.stop();
  });

  test('a card that is plugged in while another plays can be chosen at once', async () => {
    server.unplug('card_b');
    const session = soundingHost({ device: A });
    await expect.poll(() => session.streams.at(-1)?.stream.device, { timeout: PATIENCE_MS }).toBe('card_a');
    server.plug('card_b');
    await session.command({ kind: 'output', output: OutputSettingsSchema.parse({ device: B }) });
    expect(session.streams.at(-1)?.stream).toMatchObject({ device: 'card_b', problem: null });
  });

  test('without any device a clock keeps the time, and it says that nothing is heard', async () => {
    const env = { ...process.env };
    Object.assign(process.env, { PULSE_SERVER: 'unix:/nowhere/at/all' });
    const session = soundingHost({ device: null });
    await expect.poll(() => session.streams.length, { timeout: PATIENCE_MS }).toBeGreaterThan(0);
    Object.assign(process.env, env);
    expect(session.streams.at(-1)?.stream).toMatchObject({ backend: 'null', problem: expect.stringContaining('nothing is heard') });
    const before = session.frames.at(-1)?.position ?? 0;
    await expect.poll(() => session.frames.at(-1)?.position ?? 0, { timeout: PATIENCE_MS }).toBeGreaterThan(before + 24_000);
  });

  test('a suspended sink stops the clock, and the sound goes on when it resumes', async () => {
    const session = soundingHost({ device: A });
    await expect.poll(() => session.frames.length, { timeout: PATIENCE_MS }).toBeGreaterThan(30);
    server.pactl('suspend-sink', 'card_a', '1');
    await sleep(1000);
    server.pactl('suspend-sink', 'card_a', '0');
    const resumed = session.frames.at(-1)?.position ?? 0;
    await expect.poll(() => session.frames.at(-1)?.position ?? 0, { timeout: PATIENCE_MS }).toBeGreaterThan(resumed + 48_000);
    const ear = server.listen('card_a');
    await expect.poll(() => Math.max(loudest(ear.heard()), session.streams.at(-1)?.stream.device === 'card_a' ? 0 : 1), { timeout: PATIENCE_MS }).toBeGreaterThan(0.01);
    await ear.stop();
  });

  test('a pair of channels of a device with more is the only one that sounds', async () => {
    server.unplug('card_b');
    server.plug('card_b', 4);
    const ear = server.listen('card_b', 4);
    const instrument = player();
    await instrument.open({ ...request, device: await numberOf(B), firstChannel: 2 });
    await expect.poll(() => loudest(ear.heard()), { timeout: PATIENCE_MS }).toBeGreaterThan(0.05);
    await sleep(500);
    await instrument.close();
    const heard = await ear.stop();
    const peaks = Array.from({ length: 4 }, (_, channel) => loudest(heard.filter((_sample, i) => i % 4 === channel)));
    expect(peaks.map((peak) => peak > 0)).toEqual([false, false, true, true]);
    server.unplug('card_b');
    server.plug('card_b');
  });

  test('two sessions sound on two cards, each its own', async () => {
    const ears = [server.listen('card_a'), server.listen('card_b')];
    soundingHost({ device: A });
    soundingHost({ device: B, volume: 0.03 });
    const levels = (): number[] => ears.map((ear) => loudest(ear.heard()));
    await expect.poll(() => Math.min(...levels()), { timeout: PATIENCE_MS }).toBeGreaterThan(0.001);
    await sleep(1000);
    const [loud = 0, soft = 0] = levels();
    expect(loud).toBeGreaterThan(8 * soft);
    await Promise.all(ears.map((ear) => ear.stop()));
  });
});
