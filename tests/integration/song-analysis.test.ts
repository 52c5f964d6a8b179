/** Song analysis through the real FFmpeg, host process and addon, on sound whose beats are known. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { SongAnalyzer } from '../../src-main/adapters/native/song.ts';
import type { HeardSong } from '../../src-main/adapters/native/song.ts';
import { SongOutputSchema } from '../../src-main/contract/hosts/song.ts';
import { songMethod } from '../../src-main/hosts/methods/song.ts';
import type { SongAnalysis } from '../../src-main/contract/documents/song-analysis.ts';
import { beatFMeasure } from '../../src-main/core/song/metrics/beat-scores.ts';
import { LOOPS, renderLoop, truthOf } from '../fixtures/loops/index.ts';
import { hasSharedMedia, sharedMedia, sharedMediaReason } from '../fixtures/shared-media.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';
import { writeWav } from '../fixtures/write-wav.ts';
import { tether } from '../fixtures/media-world.ts';

const RATE = SongAnalyzer.sampleRate;

async function heard(samples: Float32Array): Promise<HeardSong> {
  const analyzer = new SongAnalyzer();
  analyzer.push(samples);
  return analyzer.finish();
}

/** A file's analysis by the host method, with the progress it told. */
async function analyzed(path: string, durationS: number, signal = new AbortController().signal): Promise<{ analysis: SongAnalysis; told: number[] }> {
  const told: number[] = [];
  const programs = { ffmpeg: 'ffmpeg', release: null, tether, recordFolder: null };
  const input = { programs, file: { path, demuxer: demuxerOf(path), name: 'song' }, duration_s: durationS, activations: null };
  const answer = await songMethod(input, { signal, emit: (event) => void told.push((event as { done: number }).done), caller: { call: () => Promise.reject(new Error('none')) } });
  return { analysis: SongOutputSchema.parse(answer).analysis, told };
}

const demuxerOf = (path: string): string => ({ wav: 'wav', mp3: 'mp3', m4a: 'mov', ogg: 'ogg' })[path.slice(path.lastIndexOf('.') + 1)] ?? 'wav';

const loop = (name: string): (typeof LOOPS)[number] => LOOPS.find((plan) => plan.name === name) as (typeof LOOPS)[number];

describe('a click track', () => {
  const plan = loop('click 96');

  test('has the same beats, to 2 ms, from WAV, MP3, AAC and Vorbis: encoder delay is removed', async () => {
    const folder = tempFolder();
    const wav = join(folder, 'click.wav');
    writeWav(wav, renderLoop(plan, 44_100), 44_100);
    const original = await analyzed(wav, plan.seconds);
    expect(beatFMeasure(truthOf(plan).beats, original.analysis.beats)).toBeGreaterThan(0.98);
    const worst: number[] = [];
    for (const [name, codec] of [['click.mp3', 'libmp3lame'], ['click.m4a', 'aac'], ['click.ogg', 'libvorbis']] as const) {
      const path = join(folder, name);
      execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', wav, '-c:a', codec, '-b:a', '160k', path]);
      const { analysis } = await analyzed(path, plan.seconds);
      expect(analysis.beats.length).toBe(original.analysis.beats.length);
      worst.push(Math.max(...analysis.beats.map((time, k) => Math.abs(time - (original.analysis.beats[k] as number)))));
    }
    expect(Math.max(...worst)).toBeLessThan(0.002);
  });

  test('tells its progress up to 1 and ends with AbortError when cancelled', async () => {
    const wav = join(tempFolder(), 'click.wav');
    writeWav(wav, renderLoop(plan, 44_100), 44_100);
    const { told, analysis } = await analyzed(wav, plan.seconds);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect([told.length > 3, told.at(-1), analysis.duration]).toEqual([true, 1, 40]);
    await expect(analyzed(wav, plan.seconds, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('generated loops', () => {
  const songs = LOOPS.map((plan) => ({ plan, truth: truthOf(plan), song: heard(renderLoop(plan, RATE)) }));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

  test('have their beats found, all together and in every group', { timeout: 120_000 }, async () => {
    const scores = new Map<string, number[]>();
    for (const { plan, truth, song } of songs) scores.set(plan.group, [...(scores.get(plan.group) ?? []), beatFMeasure(truth.beats, (await song).beats)]);
    expect(mean([...scores.values()].flat())).toBeGreaterThan(0.96);
    expect([...scores].filter(([, values]) => mean(values) < 0.9)).toEqual([]);
  });

  test('have the tempo of their grid to 1 %, and ramps are called variable', async () => {
    for (const { plan, truth, song } of songs) {
      const { tempo, is_tempo_variable: isVariable } = await song;
      const gaps = truth.beats.slice(1).map((time, k) => time - (truth.beats[k] as number)).sort((a, b) => a - b);
      const real = 60 / (gaps[Math.floor(gaps.length / 2)] as number);
      expect([plan.name, plan.group === 'ramp' ? Math.abs((tempo ?? 0) / real - 1) < 0.03 : Math.abs((tempo ?? 0) / real - 1) < 0.01]).toEqual([plan.name, true]);
      expect([plan.name, isVariable]).toEqual([plan.name, plan.group === 'ramp']);
    }
  });

  test('have their bars found where the music tells them', async () => {
    const told = songs.filter(({ plan }) => plan.group !== 'click');
    const scores: number[] = [];
    const meters: string[] = [];
    for (const { plan, truth, song } of told) {
      const { downbeats, time_signature: meter } = await song;
      scores.push(beatFMeasure(truth.downbeats, downbeats));
      const wanted = plan.group === '3/4' || plan.group === '6/8' ? plan.group : '4/4';
      if (meter !== wanted) meters.push(`${plan.name}: ${String(meter)}`);
    }
    expect(mean(scores)).toBeGreaterThan(0.85);
    expect(meters.length).toBeLessThanOrEqual(2);
  });

  test('give numbers that hold together', async () => {
    for (const { song } of songs) {
      const answer = await song;
      const analysis = SongOutputSchema.parse({ analysis: { version: 1, ...answer, beat_source: 'onsets' }, complaint: null }).analysis;
      expect(analysis.downbeats.every((time) => analysis.beats.includes(time))).toBe(true);
      expect(analysis.key_moments.every(({ time }) => analysis.downbeats.includes(time))).toBe(true);
      expect(analysis.tempo_confidence + analysis.tempo_alternatives.reduce((sum, { confidence }) => sum + confidence, 0)).toBeLessThan(1.000001);
      expect(analysis.sections.map(({ start }) => start)).toEqual([0, ...analysis.sections.slice(0, -1).map(({ end }) => end)]);
      expect(analysis.sections.at(-1)?.end).toBeCloseTo(analysis.duration, 6);
    }
  });
});

describe.skipIf(!hasSharedMedia)(`real music${hasSharedMedia ? '' : `: ${sharedMediaReason}`}`, () => {
  const decoded = (file: string): Float32Array => {
    const bytes = execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', sharedMedia('music', file), '-vn', '-ac', '1', '-ar', String(RATE), '-f', 'f32le', '-'], { maxBuffer: 1 << 28 });
    return new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
  };

  test('a dance track of 210 beats per minute has the beats of its chart, not half of them', async () => {
    const chart = readFileSync(sharedMedia('music/stepmania_goin_under/beats.txt'), 'utf8').split('\n').filter((line) => /^\d/.test(line)).map((line) => Number(line.split(/\s/)[0]));
    const song = await heard(decoded('stepmania_goin_under/audio.ogg'));
    expect(song.tempo).toBeCloseTo(210, 0);
    expect(beatFMeasure(chart, song.beats)).toBeGreaterThan(0.95);
  });

  test.each([
    ['annotated/hains001.flac', 100.16],
    ['annotated/gtzan_country_00000.wav', 85.53],
  ])('%s has its annotated tempo, or tells it as an alternative', async (file, tempo) => {
    const song = await heard(decoded(file));
    const told = [song.tempo ?? 0, ...song.tempo_alternatives.map((other) => other.tempo)];
    expect(told.some((value) => Math.abs(value / tempo - 1) < 0.03)).toBe(true);
  });

  test.each(['jfk.flac', 'librispeech_198-209-0000.ogg', 'vad_test_60s.flac'])('speech (%s) has no tempo', async (file) => {
    const song = await heard(decoded(`../speech/${file}`));
    expect(song).toMatchObject({ tempo: null, beats: [], rhythm_strength: 0 });
  });
});

describe('what is no music', () => {
  const noise = (seconds: number): Float32Array => {
    let seed = 3;
    return Float32Array.from({ length: seconds * RATE }, () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 31 - 1;
    });
  };

  test.each([
    ['nothing at all', new Float32Array(0)],
    ['one second of silence', new Float32Array(RATE)],
    ['a minute of silence', new Float32Array(60 * RATE)],
    ['a minute of noise', noise(60)],
    ['12 seconds of noise', noise(12)],
    ['one second of noise', noise(1)],
  ])('%s has no tempo, no beats and no key', async (_, samples) => {
    const song = await heard(samples);
    expect(song).toMatchObject({ duration: samples.length / RATE, tempo: null, tempo_confidence: 0, beats: [], downbeats: [], time_signature: null, key: null });
    expect(song.energy.length).toBe(Math.ceil(samples.length / RATE));
  });
});
