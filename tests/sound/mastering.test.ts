/** Loudness and true peak against FFmpeg's meter and the conformance files; the export's loudness lands where asked. */
import { spawnSync } from 'node:child_process';

import { describe, expect, test } from 'vitest';

import { probes, seriesOf } from '../../scripts/listen/probes.ts';
import { loudnessOf, renderMapping } from '../../scripts/listen/render.ts';
import { Finalizer, LoudnessMeter } from '../../src-main/adapters/native/mastering.ts';
import { peaks } from '../../src-main/adapters/native/peaks.ts';
import { nextGain } from '../../src-main/core/sonify/loudness-plan.ts';
import { hasSharedMedia, sharedMedia, sharedMediaReason } from '../fixtures/shared-media.ts';
import { RATE, builtIn, defaultMapping } from './fixtures.ts';

const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';
const hasFfmpeg = spawnSync(ffmpeg, ['-version']).status === 0;

/** Integrated loudness and true peak as FFmpeg's ebur128 filter reads them. */
function ffmpegLoudness(stereo: Float32Array): { lufs: number; truePeakDb: number } {
  const input = Buffer.from(stereo.buffer, stereo.byteOffset, stereo.byteLength);
  const args = ['-hide_banner', '-nostats', '-f', 'f32le', '-ar', String(RATE), '-ac', '2', '-i', 'pipe:0', '-af', 'ebur128=peak=true', '-f', 'null', '-'];
  const { stderr } = spawnSync(ffmpeg, args, { input, maxBuffer: 1 << 28 });
  const summary = stderr.toString().split('Summary:').at(-1) ?? '';
  const read = (pattern: RegExp): number => Number(pattern.exec(summary)?.[1]);
  return { lufs: read(/I:\s+(-?[\d.]+) LUFS/), truePeakDb: read(/Peak:\s+(-?[\d.]+) dBFS/) };
}

const probe = (name: string) => {
  const found = probes.find((one) => one.name === name);
  if (!found) throw new Error(`no probe ${name}`);
  return seriesOf(10, RATE, found.sceneAt);
};

describe('the loudest the engine can be asked for', () => {
  test.each(builtIn.map((mapping) => [mapping.name, mapping] as const))('%s stays at or below -1 dBTP by two meters', async (_, mapping) => {
    const loud = { ...mapping, master: { gain_db: 12, compression: 0 } };
    const { master } = await renderMapping(loud, probe('hard-cuts'), 10 * RATE);
    expect(loudnessOf(master).truePeakDb).toBeLessThanOrEqual(-1);
    if (hasFfmpeg) expect(ffmpegLoudness(master).truePeakDb).toBeLessThanOrEqual(-1);
  });
});

describe.skipIf(!hasFfmpeg)('compared with ffmpeg (skipped when there is no ffmpeg)', () => {
  test.each(builtIn.map((mapping) => [mapping.name, mapping] as const))('%s: integrated loudness agrees within 0.1 LU, true peak within 0.3 dB', async (_, mapping) => {
    const { master } = await renderMapping(mapping, probe('busy-motion'), 10 * RATE);
    const ours = loudnessOf(master);
    const theirs = ffmpegLoudness(master);
    expect(Math.abs(ours.lufs - theirs.lufs)).toBeLessThanOrEqual(0.1);
    expect(Math.abs(ours.truePeakDb - theirs.truePeakDb)).toBeLessThanOrEqual(0.3);
  });

  test.skipIf(!hasSharedMedia)(`the conformance recordings read what their names say (needs ${sharedMediaReason})`, () => {
    const decode = (file: string): Float32Array => {
      const { stdout } = spawnSync(ffmpeg, ['-v', 'error', '-i', sharedMedia('music', 'loudness', file), '-f', 'f32le', '-ar', String(RATE), '-ac', '2', '-'], { maxBuffer: 1 << 28 });
      return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
    };
    expect(Math.abs(loudnessOf(decode('1kHz_sine_-20LUFS.flac')).lufs + 20)).toBeLessThanOrEqual(0.1);
    expect(Math.abs(loudnessOf(decode('seq-3341-1-16bit.flac')).lufs + 23)).toBeLessThanOrEqual(0.1);
  });
});

/** Gain and limiter over a whole programme, its delay taken out. */
async function finalize(programme: Float32Array, gainDb: number): Promise<Float32Array> {
  const finalizer = new Finalizer({ sampleRate: RATE, gainDb, ceilingDb: -1 });
  const body = programme.slice();
  await finalizer.process(body);
  const tail = await finalizer.flush();
  const out = new Float32Array(programme.length);
  const late = 2 * finalizer.latencyFrames;
  out.set(body.subarray(late));
  out.set(tail, programme.length - late);
  return out;
}

describe('the loudness of an export', () => {
  test.each(builtIn.map((mapping) => [mapping.name, mapping] as const))('%s lands within 0.5 LU of -14 LUFS, limited at -1 dBTP', async (_, mapping) => {
    const { master } = await renderMapping(mapping, probe('slow-pan'), 10 * RATE);
    let gainDb = 0;
    for (let pass = 0; pass < 4; pass += 1) {
      const next = nextGain({ targetLufs: -14, measuredLufs: loudnessOf(await finalize(master, gainDb)).lufs, gainDb });
      if (next === null) break;
      gainDb = next;
    }
    const measured = loudnessOf(await finalize(master, gainDb));
    expect(Math.abs(measured.lufs + 14)).toBeLessThanOrEqual(0.5);
    expect(measured.truePeakDb).toBeLessThanOrEqual(-1);
  });

  test('the finalizer without gain and without anything to limit is a delay of whole frames', async () => {
    const { master } = await renderMapping({ ...defaultMapping, master: { gain_db: -18, compression: 0 } }, probe('slow-pan'), RATE);
    expect(await finalize(master, 0)).toEqual(master);
  });
});

test('the meter says what is in it so far, and refuses half a frame', () => {
  const meter = new LoudnessMeter(RATE, 2);
  expect(meter.integrated()).toBe(Number.NEGATIVE_INFINITY);
  expect(meter.truePeakDb()).toBe(Number.NEGATIVE_INFINITY);
  expect(() => meter.push(new Float32Array(3))).toThrow(/whole frames/);
  const sine = Float32Array.from({ length: 2 * RATE }, (_, i) => 0.1 * Math.sin((2 * Math.PI * 1000 * Math.floor(i / 2)) / RATE));
  meter.push(sine);
  expect(meter.momentary()).toBeCloseTo(-20, 1);
});

test('peaks are minimum, maximum and root mean square of each stretch, the last one shorter', () => {
  const samples = Float32Array.of(0.5, -0.5, 0.25, -1, 0.1, 0.2);
  const out = new Int16Array(6);
  peaks(samples, 2, 2, out);
  const full = 32_767;
  expect([...out]).toEqual([-full, Math.round(0.5 * full), Math.round(Math.sqrt((0.25 + 0.25 + 0.0625 + 1) / 4) * full), Math.round(0.1 * full), Math.round(0.2 * full), Math.round(Math.sqrt(0.025) * full)]);
  expect(() => peaks(samples, 2, 2, new Int16Array(5))).toThrow(/Int16Array of 6/);
});
