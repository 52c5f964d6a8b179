/** A performance is recorded until the disk is full: what was played before is kept. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { readWavHeader } from '../../src-main/core/sonify/wav-header.ts';
import { Recorder } from '../../src-main/hosts/live/recorder.ts';
import { canMount, smallDisk, smallDiskReason } from '../fixtures/small-disk.ts';

const RATE = 48_000;

/** Gives out frames that are numbered by their samples, a tenth of a second at a time. */
class NumberedTap {
  given = 0;
  #isRecording = false;

  record(isOn: boolean): boolean {
    this.#isRecording = isOn;
    return true;
  }

  takeRecording(): { samples: Float32Array; start: number; lostFrames: number; isDone: boolean } {
    const frames = this.#isRecording ? RATE / 10 : 0;
    const samples = Float32Array.from({ length: frames * 2 }, (_, i) => (this.given * 2 + i) / 2 ** 24);
    this.given += frames;
    return { samples, start: 500, lostFrames: 0, isDone: !this.#isRecording };
  }
}

async function record(size: string, seconds: number) {
  const disk = smallDisk(size);
  const [sound, peaks] = [join(disk.folder, 'take.wav'), join(disk.folder, 'take.peaks')];
  const tap = new NumberedTap();
  const recorder = new Recorder(tap, RATE);
  await recorder.start(sound, peaks);
  for (let i = 0; i < seconds * 10; i += 1) {
    recorder.collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { recorder, tap, sound, peaks, disk };
}

test.skipIf(!canMount)(`a full disk ends the sound a little before it, and leaves room for the events (${smallDiskReason})`, async () => {
  const { recorder, tap, sound, peaks, disk } = await record('8m', 40);
  const { start, samples, lostFrames } = await recorder.stop();
  expect(start).toBe(500);
  // Eight megabytes hold 21 s; a megabyte and 6 % of them are given back.
  expect(samples).toBeGreaterThan(14 * RATE);
  expect(samples + lostFrames).toBe(tap.given);
  const bytes = readFileSync(sound);
  const layout = readWavHeader(bytes, bytes.length);
  expect([layout?.frames, layout?.sampleRate, bytes.length - (layout?.dataOffset ?? 0)]).toEqual([samples, RATE, samples * 8]);
  for (const at of [0, 1, samples - 1]) expect(bytes.readFloatLE((layout?.dataOffset ?? 0) + at * 8)).toBe((at * 2) / 2 ** 24);
  expect(readFileSync(peaks).length).toBe(Math.ceil(samples / 256) * 6);
  expect(() => writeFileSync(join(disk.folder, 'events'), Buffer.alloc(1 << 20))).not.toThrow();
});

test.skipIf(!canMount)(`a disk that was full at once is said, and nothing is left (${smallDiskReason})`, async () => {
  const { recorder, sound } = await record('1m', 6);
  await expect(recorder.stop()).rejects.toMatchObject({ code: 'disk-full' });
  expect(() => readFileSync(sound)).toThrow();
});
