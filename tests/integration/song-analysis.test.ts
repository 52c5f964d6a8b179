/** Song analysis through the real FFmpeg, host process and addon, on sound whose beats are known. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { SongAnalyzer } from '../../src-main/adapters/native/song.ts';
import type { HeardSong } from '../../src-main/adapters/native/song.ts';
import { SongOutputSchema } from '../../src-main/contract/hosts/song.ts';
import { songMethod } from '../../src-main/hosts/methods/song.ts';
import type { SongAnalysis } from '../../src-main/contract/documents/song-analysis.ts';
import { beatFMeasure } from '../../src-main/core/song/metrics/beat-scores.ts';
import { LOOPS, renderLoop, truthOf } from '../fixtures/loops/index.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';
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

/** A 16-bit WAV file of mono samples. */
function writeWav(path: string, samples: Float32Array, rate: number): void {
  const bytes = Buffer.alloc(44 + 2 * samples.length);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  for (const [value, at] of [[1, 20], [1, 22], [2, 32], [16, 34]] as const) bytes.writeUInt16LE(value, at);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(2 * rate, 28);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(2 * samples.length, 40);
  for (const [i, x] of samples.entries()) bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(x * 32_767))), 44 + 2 * i);
  writeFileSync(path, bytes);
}

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
    ['one second of noise', noise(1)],
  ])('%s has no tempo, no beats and no key', async (_, samples) => {
    const song = await heard(samples);
    expect(song).toMatchObject({ duration: samples.length / RATE, tempo: null, tempo_confidence: 0, beats: [], downbeats: [], time_signature: null, key: null });
    expect(song.energy.length).toBe(Math.ceil(samples.length / RATE));
  });
});
