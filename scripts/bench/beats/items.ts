/** What beats are measured on: the forty generated loops, drum loops of Debian's sonic-pi-samples, real music with known beats. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LOOPS, renderLoop, truthOf } from '../../../tests/fixtures/loops/index.ts';
import { hasSharedMedia, sharedMedia } from '../../../tests/fixtures/shared-media.ts';
import { writeWav } from '../../../tests/fixtures/write-wav.ts';

export interface BeatItem {
  readonly name: string;
  readonly group: string;
  /** 44.1 kHz mono 16-bit WAV. */
  readonly path: string;
  /** Seconds; empty where only the tempo is known. */
  readonly beats: readonly number[];
  readonly tempo: number;
}

const RATE = 44_100;
/** Beats of each drum loop; its file is exactly that long, so that the grid of its repetitions is exact. */
const DRUM_LOOPS: Readonly<Record<string, number>> = { amen: 4, amen_full: 16, breakbeat: 4, garzul: 16, industrial: 2, mehackit1: 4, mika: 16, safari: 16 };
const DRUM_LOOP_FOLDER = '/usr/share/sonic-pi/samples';
const REPEATED_S = 45;

/** A file's sound as mono at 44.1 kHz. */
export function decoded(path: string): Float32Array {
  const bytes = execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-i', path, '-vn', '-ac', '1', '-ar', String(RATE), '-f', 'f32le', '-'], { maxBuffer: 1 << 30 });
  return new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
}

const grid = (first: number, gap: number, seconds: number): number[] => Array.from({ length: Math.max(0, Math.ceil((seconds - first) / gap)) }, (_, k) => first + k * gap);

function generated(folder: string): BeatItem[] {
  return LOOPS.map((plan, i) => {
    const path = join(folder, `loop-${String(i)}.wav`);
    writeWav(path, renderLoop(plan, RATE), RATE);
    const { beats } = truthOf(plan);
    const gaps = beats.slice(1).map((time, k) => time - (beats[k] as number));
    return { name: plan.name, group: plan.group, path, beats, tempo: 60 / (gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 1) };
  });
}

function drumLoops(folder: string): BeatItem[] {
  if (!existsSync(DRUM_LOOP_FOLDER)) return [];
  return Object.entries(DRUM_LOOPS).map(([name, count]) => {
    const once = decoded(join(DRUM_LOOP_FOLDER, `loop_${name}.flac`));
    const times = Math.ceil((REPEATED_S * RATE) / once.length);
    const samples = new Float32Array(times * once.length);
    for (let k = 0; k < times; k += 1) samples.set(once, k * once.length);
    const path = join(folder, `drums-${name}.wav`);
    writeWav(path, samples, RATE);
    const gap = once.length / RATE / count;
    return { name: `drum loop ${name}`, group: 'drum loops', path, beats: grid(0, gap, samples.length / RATE), tempo: 60 / gap };
  });
}

function realMusic(folder: string): BeatItem[] {
  if (!hasSharedMedia) return [];
  const chart = (): number[] => readFileSync(sharedMedia('music/stepmania_goin_under/beats.txt'), 'utf8').split('\n').filter((line) => /^\d/.test(line)).map((line) => Number(line.split(/\s/)[0]));
  const files: readonly [string, string, number, (() => number[]) | null][] = [
    ['Goin’ Under', 'music/stepmania_goin_under/audio.ogg', 210, chart],
    ['kick 808', 'music/annotated/kick_808_120bpm.mp3', 120, () => grid(0, 0.5, 10)],
    ['impulses', 'music/annotated/impulses_1second.flac', 60, () => grid(0, 1, 10)],
    ['hains001', 'music/annotated/hains001.flac', 100.16, null],
    ['country 00000', 'music/annotated/gtzan_country_00000.wav', 85.53, null],
    ['Falla Cancion', 'music/annotated/cuidado_FallaCancion.flac', 191.27, null],
    ['solo trumpet', 'music/solo_trumpet_90bpm.ogg', 90, null],
  ];
  return files.map(([name, file, tempo, beats], i) => {
    const path = join(folder, `real-${String(i)}.wav`);
    writeWav(path, decoded(sharedMedia(file)), RATE);
    return { name, group: 'real music', path, beats: beats?.() ?? [], tempo };
  });
}

export function beatItems(folder: string): BeatItem[] {
  return [...generated(folder), ...drumLoops(folder), ...realMusic(folder)];
}
