/** Films assembled from clips whose every picture carries its number: what is seen on each frame is read back from the file. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { streamsOf } from '../fixtures/films.ts';
import { lastingFolder } from '../fixtures/temp-folder.ts';
import { assemblyWorld, blueprintOf } from '../fixtures/assembly-world.ts';
import { blockShare, numberedFilm, readNumbers } from '../fixtures/numbered-film.ts';

const folder = lastingFolder('assembly');
const at = (name: string): string => join(folder, name);
const world = assemblyWorld(folder);
beforeAll(() => {
  for (const clip of [1, 2, 3]) numberedFilm(folder, `${clip}.mp4`, { clip, frames: 120 });
});
/** [clip, frame] of every picture. */
const seen = (name: string) => readNumbers(at(name)).map(({ clip, frame }) => [clip, frame]);

test('cuts on and off the grid: every frame is the planned one, copied byte for byte where a keyframe allows it', async () => {
  const moves = [
    { video_path: '1.mp4', length: 1.5, trim_start: 0.5 },
    { video_path: '2.mp4', length: 1.37, trim_start: 0.7 },
    { video_path: '1.mp4', length: 0.2, trim_start: 2 },
    { video_path: '3.mp4', length: 1.93, trim_start: 0 },
  ];
  const { result } = await world.assemble(blueprintOf(moves), 'cuts.mp4');
  const starts = [0, 45, 86, 92, 150];
  const offsets = [15, 21, 60, 0];
  const planned = [1, 2, 1, 3].flatMap((clip, i) => Array.from({ length: (starts[i + 1] ?? 0) - (starts[i] ?? 0) }, (_, k) => [clip, (offsets[i] ?? 0) + k]));
  expect(seen('cuts.mp4')).toEqual(planned);
  // Only the second clip is entered between keyframes: 9 frames to its next.
  expect([result.frames, result.encoded_frames, result.copied_frames]).toEqual([150, 9, 141]);
  expect(result.verification.checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(streamsOf(at('cuts.mp4'))['audio']).toBeUndefined();
});

test('a crossfade mixes by the frame around its cut and moves no boundary; fade_black is black on the cut', async () => {
  const moves = [
    { video_path: '1.mp4', length: 1.5, trim_start: 0.5 },
    { video_path: '2.mp4', length: 1.5, trim_start: 1, transition_type: 'crossfade' },
    { video_path: '3.mp4', length: 1, trim_start: 0.4, transition_type: 'fade_black' },
  ];
  const { result } = await world.assemble(blueprintOf(moves), 'fades.mp4');
  const frames = readNumbers(at('fades.mp4'));
  expect(frames.length).toBe(120);
  // Frames 38 to 52 hold the crossfade: 7 before the cut on 45, 8 from it on.
  expect(frames.slice(0, 38).map(({ clip, frame }) => [clip, frame])).toEqual(Array.from({ length: 38 }, (_, k) => [1, 15 + k]));
  expect(frames.slice(53, 81).map(({ clip, frame }) => [clip, frame])).toEqual(Array.from({ length: 28 }, (_, k) => [2, 38 + k]));
  // Clip bits: 1 is 01, 2 is 10. What the one loses the other gains, a fifteenth a frame, half of each on the cut.
  const shares = frames.slice(38, 53).map(({ pixels }) => blockShare(pixels, 1, 1));
  shares.forEach((share, k) => expect(Math.abs(share - k / 15)).toBeLessThan(0.06));
  // Frame 90 is the cut of the fade: dark there, clear of the fade on both sides.
  const lumas = frames.map(({ luma }) => luma);
  expect(Math.max(lumas[90] ?? 255, lumas[89] ?? 255)).toBeLessThan(60);
  expect(Math.min(lumas[80] ?? 0, lumas[100] ?? 0)).toBeGreaterThan(180);
  expect(frames.slice(100).map(({ clip, frame }) => [clip, frame])).toEqual(Array.from({ length: 20 }, (_, k) => [3, 22 + k]));
  expect(result.transitions.map(({ cut_frame, first_frame, frames: length }) => [cut_frame, first_frame, length])).toEqual([[45, 38, 15], [90, 81, 18]]);
  expect(result.verification.checks.filter(({ passed }) => !passed)).toEqual([]);
});

test('speed shows the frame that is due, and a rate of 29.97 keeps every cut on its frame', async () => {
  const moves = [
    { video_path: '1.mp4', length: 2, speed: 1.1 },
    { video_path: '2.mp4', length: 2, speed: 0.9, trim_start: 0.9 },
  ];
  await world.assemble(blueprintOf(moves, { frame_rate: 29.97 }), 'speed.mp4');
  const frames = readNumbers(at('speed.mp4'));
  expect(frames.length).toBe(120);
  const rate = 30_000 / 1001;
  frames.forEach(({ clip, frame, doubt }, k) => {
    const [isSecond, own] = [k >= 60, k >= 60 ? k - 60 + Math.round((0.9 / 0.9) * rate) : k];
    expect(clip).toBe(isSecond ? 2 : 1);
    expect(Math.abs(frame - (own / rate) * (isSecond ? 0.9 : 1.1) * 30)).toBeLessThanOrEqual(1);
    expect(doubt).toBeLessThan(0.3);
  });
});

test('clips of other sizes, rates, codecs, rotations and aspects stand beside one another', async () => {
  const lossy = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-pix_fmt', 'yuv420p'];
  numberedFilm(folder, 'fifty.mp4', { clip: 4, frames: 100, rate: '50', extra: lossy });
  numberedFilm(folder, 'large.mkv', { clip: 5, frames: 40, rate: '24', extra: ['-vf', 'scale=640:384:flags=neighbor', '-c:v', 'mpeg4', '-q:v', '2'], toneHz: 440 });
  numberedFilm(folder, 'anamorphic.mp4', { clip: 6, frames: 40, extra: ['-vf', 'scale=80:96:flags=area,setsar=2', ...lossy] });
  numberedFilm(folder, 'turned.mp4', { clip: 7, frames: 40, extra: ['-vf', 'transpose=clock', ...lossy] });
  execFileSync('ffmpeg', ['-v', 'error', '-i', at('turned.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', at('turned90.mp4')]);
  const moves = ['fifty.mp4', 'large.mkv', 'anamorphic.mp4', 'turned90.mp4'].map((video_path) => ({ video_path, length: 1 }));
  const { result } = await world.assemble(blueprintOf(moves, { width: 160, height: 96 }), 'mixed.mp4');
  const frames = readNumbers(at('mixed.mp4'));
  expect(frames.length).toBe(120);
  expect(frames.map(({ clip }) => clip)).toEqual([4, 5, 6, 7].flatMap((clip) => Array.from({ length: 30 }, () => clip)));
  frames.slice(0, 30).forEach(({ frame }, k) => expect(Math.abs(frame - (k * 50) / 30)).toBeLessThanOrEqual(1));
  frames.slice(30, 60).forEach(({ frame }, k) => expect(Math.abs(frame - (k * 24) / 30)).toBeLessThanOrEqual(1));
  expect(frames.slice(60).map(({ frame }) => frame)).toEqual([...Array.from({ length: 30 }, (_, k) => k), ...Array.from({ length: 30 }, (_, k) => k)]);
  expect([result.width, result.height]).toEqual([160, 96]);
});
