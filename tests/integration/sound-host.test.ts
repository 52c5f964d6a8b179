/** Rendering and mastering through a real host process: files, lengths, loudness, cancelling, a preview inside the whole. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import type { MasterInput, RenderInput } from '../../src-main/contract/hosts/sound.ts';
import { compileMapping, readMapping } from '../../src-main/core/sonify/mapping/index.ts';
import { readWavHeader } from '../../src-main/core/sonify/wav-header.ts';
import { frameAt, soundHost } from '../fixtures/sound-host.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const RATE = 48_000;
const SECONDS = 12;
const mapping = readMapping(JSON.parse(readFileSync(new URL('../../resources/mappings/wobble.json', import.meta.url), 'utf8')));
const frames = Array.from({ length: SECONDS * 30 }, (_, i) => frameAt(i / 30, { motion: 0.1 + 0.3 * Math.abs(Math.sin(i / 40)), edges: 0.05 + 0.1 * ((i % 90) / 90) }));
const { host, sound } = soundHost(frames);
afterAll(() => host.stop());

const quiet = { signal: new AbortController().signal };
function renderInput(path: string, change: Partial<RenderInput> = {}): RenderInput {
  return {
    mapping: compileMapping(mapping) as unknown as Record<string, unknown>,
    seed: 7,
    sample_rate: RATE,
    start_sample: 0,
    skip_samples: 0,
    samples: SECONDS * RATE,
    media_id: 'film',
    first_chunk: 0,
    premaster_path: path,
    stem_paths: null,
    trace_hz: 0,
    ...change,
  };
}
function samplesOf(path: string): Float32Array {
  const bytes = readFileSync(path);
  const layout = readWavHeader(bytes, bytes.length);
  if (!layout) throw new Error(`${path} is no WAV`);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset + layout.dataOffset, bytes.byteOffset + layout.dataOffset + layout.frames * 8));
}
const rms = (samples: Float32Array): number => Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

test('a render has every sample of the film, is audible, and is the same bit for bit the next time', async () => {
  const folder = tempFolder();
  const [first, second] = [join(folder, 'a.wav'), join(folder, 'b.wav')];
  const output = await sound.render(renderInput(first), quiet);
  await sound.render(renderInput(second), quiet);
  const samples = samplesOf(first);
  expect([samples.length / 2, output.samples]).toEqual([SECONDS * RATE, SECONDS * RATE]);
  expect(rms(samples)).toBeGreaterThan(0.02);
  expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
});

test('a preview is the same music as the whole: its beat and its level agree with that stretch', async () => {
  const folder = tempFolder();
  const [whole, part] = [join(folder, 'whole.wav'), join(folder, 'part.wav')];
  await sound.render(renderInput(whole), quiet);
  const output = await sound.render(renderInput(part, { start_sample: 2 * RATE, skip_samples: 4 * RATE, samples: 3 * RATE, trace_hz: 60 }), quiet);
  const stretch = samplesOf(whole).slice(6 * RATE * 2, 9 * RATE * 2);
  const preview = samplesOf(part);
  expect(preview.length).toBe(stretch.length);
  expect(Math.abs(20 * Math.log10(rms(preview) / rms(stretch)))).toBeLessThan(1.5);
  expect(output.trace.length / output.trace_columns).toBeCloseTo(180, -1);
});

test('stems are written beside the premaster and are as long', async () => {
  const folder = tempFolder();
  const stems = ['bass', 'rhythm', 'atmosphere'].map((name) => join(folder, `${name}.wav`)) as [string, string, string];
  await sound.render(renderInput(join(folder, 'mix.wav'), { stem_paths: stems }), quiet);
  expect(stems.map((path) => samplesOf(path).length / 2)).toEqual([SECONDS * RATE, SECONDS * RATE, SECONDS * RATE]);
});

test.each([-14, -18, -23])('mastering lands on %i LUFS within half a LU, at most -1 dBTP, sample for sample as long', async (target) => {
  const folder = tempFolder();
  const [source, result, peaks] = [join(folder, 'source.wav'), join(folder, 'result.wav'), join(folder, 'peaks')];
  await sound.render(renderInput(source), quiet);
  const input: MasterInput = { source_path: source, target_path: result, target_lufs: target, ceiling_db: -1, format: 'f32', comment: 'Kinetone', peaks_path: peaks };
  const output = await sound.master({ ...input, samples: SECONDS * RATE, sample_rate: RATE }, quiet);
  expect(Math.abs((output.integrated_lufs ?? 0) - target)).toBeLessThanOrEqual(0.5);
  expect(output.true_peak_db).toBeLessThanOrEqual(-0.95);
  expect(samplesOf(result).length).toBe(SECONDS * RATE * 2);
  expect(statSync(peaks).size).toBe(Math.ceil((SECONDS * RATE) / 256) * 6);
});

test('a cancelled render stops at once and the host goes on', async () => {
  const folder = tempFolder();
  const controller = new AbortController();
  const long = renderInput(join(folder, 'long.wav'), { samples: 3600 * RATE });
  const running = sound.render(long, { signal: controller.signal, onProgress: () => controller.abort() });
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await sound.render(renderInput(join(folder, 'next.wav'), { samples: RATE }), quiet);
  expect(readdirSync(folder)).toContain('next.wav');
});

test('a folder that is not there is said, not a stack', async () => {
  const path = join(tempFolder(), 'missing', 'a.wav');
  await expect(sound.render(renderInput(path), quiet)).rejects.toMatchObject({ code: 'output-unwritable' });
});
