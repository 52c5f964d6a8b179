/** Films assembled from clips whose every picture carries its number: what is seen on each frame is read back from the file. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { estimateFilm, requireBlueprint } from '../../src-main/core/assembly/index.ts';
import { AacEncoder } from '../../src-main/core/assembly/render/aac.ts';
import { ffmpeg, loudnessOf, pictureHash, streamsOf } from '../fixtures/films.ts';
import { ffprobeJson } from '../fixtures/make-media.ts';
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

/** Stereo samples of the first channel, 48 kHz. */
function samplesOf(name: string): Float32Array {
  const raw = execFileSync('ffmpeg', ['-v', 'error', '-i', at(name), '-map', '0:a:0', '-ac', '1', '-ar', '48000', '-f', 'f32le', '-'], { maxBuffer: 1 << 28 });
  return new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
}
const rms = (samples: Float32Array, fromS: number, toS: number): number => {
  const part = samples.subarray(Math.round(fromS * 48_000), Math.round(toS * 48_000));
  return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length);
};
const db = (ratio: number): number => 20 * Math.log10(ratio);

test('the song’s clicks are heard on their sample beside the cuts on their frame, in MP4 and MKV', async () => {
  const clicks = at('clicks.wav');
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', "aevalsrc='if(lt(mod(n,24000),24),0.8,0)':s=48000:d=6", '-ac', '2', clicks]);
  for (const format of ['mp4', 'mkv']) {
    const moves = [1, 2, 3].map((clip) => ({ video_path: `${clip}.mp4`, length: 1, transition_type: 'crossfade', trim_start: 0.5 }));
    const { result } = await world.assemble(blueprintOf(moves, { output_format: format, normalize_audio: false }, 'clicks.wav'), `clicks.${format}`);
    const samples = samplesOf(`clicks.${format}`);
    expect(Math.abs(samples.length - 3 * 48_000)).toBeLessThanOrEqual(1024);
    for (const second of [0.5, 1, 1.5, 2, 2.5]) {
      const around = samples.subarray((second - 0.1) * 48_000, (second + 0.1) * 48_000);
      const peak = around.reduce((best, value, i) => (Math.abs(value) > Math.abs(around[best] ?? 0) ? i : best), 0);
      // The click is 24 samples long, and MKV counts in milliseconds.
      expect(Math.abs(peak - 4800)).toBeLessThanOrEqual(72);
    }
    expect(result.verification.checks.filter(({ passed, name }) => !passed && name !== 'Silence')).toEqual([]);
    expect(readNumbers(at(`clicks.${format}`)).length).toBe(90);
  }
});

test('clips are heard at their volume, under the song when there is one, at their own pitch at any speed', async () => {
  numberedFilm(folder, 'tone.mp4', { clip: 8, frames: 150, toneHz: 440 });
  const moves = [
    { video_path: 'tone.mp4', length: 1, trim_start: 0.5 },
    { video_path: 'tone.mp4', length: 1, trim_start: 1, volume_adjustment: 0.5, speed: 1.1 },
    { video_path: 'tone.mp4', length: 1, trim_start: 1, volume_adjustment: 0 },
    { video_path: '1.mp4', length: 1 },
  ];
  const own = { normalize_audio: false, add_audio_overlay: false };
  await world.assemble(blueprintOf(moves, own, 'clicks.wav'), 'own.mp4');
  const samples = samplesOf('own.mp4');
  const source = rms(samplesOf('tone.mp4'), 1, 2);
  expect(db(rms(samples, 0.1, 0.9) / source)).toBeCloseTo(0, 0);
  expect(Math.abs(db(rms(samples, 1.1, 1.9) / rms(samples, 0.1, 0.9)) + 6)).toBeLessThan(0.6);
  expect(Math.max(rms(samples, 2.1, 2.9), rms(samples, 3.1, 3.9))).toBeLessThan(1e-4);
  const crossings = samples.subarray(1.2 * 48_000, 1.8 * 48_000).reduce((count, value, i, all) => count + (i > 0 && value >= 0 && (all[i - 1] ?? 0) < 0 ? 1 : 0), 0);
  expect(Math.abs(crossings / 0.6 - 440)).toBeLessThan(8);
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo:d=5', at('quiet.wav')]);
  await world.assemble(blueprintOf(moves, { normalize_audio: false }, 'quiet.wav'), 'under.mp4');
  expect(Math.abs(db(rms(samplesOf('under.mp4'), 0.1, 0.9) / source) + 9)).toBeLessThan(0.6);
});

test('loudness is normalised to its target, and a hardware encoder that is not there is replaced and explained', async () => {
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', "aevalsrc='0.05*sin(2*PI*330*t)*(1+sin(2*PI*2*t))':s=44100:d=8", '-ac', '2', at('song.wav')]);
  const moves = [1, 2].map((clip) => ({ video_path: `${clip}.mp4`, length: 3 }));
  const { result } = await world.assemble(blueprintOf(moves, { video_codec: 'h264_amf', loudness_lufs: -16 }, 'song.wav'), 'loud.mp4');
  expect(Math.abs(loudnessOf(at('loud.mp4')) + 16)).toBeLessThanOrEqual(0.6);
  expect([result.encoder, result.notes.filter((note) => note.startsWith('h264_amf does not work here')).length]).toEqual(['libx264', 1]);
  const tags = ffprobeJson(at('loud.mp4'), ['-show_entries', 'format_tags=comment']).format as unknown as { tags: { comment: string } };
  expect(tags.tags.comment).toBe('Kinetone test; blueprint test; assembly 2');
});

test('a film of a second run takes every copy and joint of the first, and a preset asks for its size', async () => {
  const moves = [1, 2].map((clip) => ({ video_path: `${clip}.mp4`, length: 1, trim_start: 0.4, transition_type: 'wipeleft' }));
  const first = await world.assemble(blueprintOf(moves), 'once.mp4');
  const again = await world.assemble(blueprintOf(moves), 'twice.mp4');
  expect([first.result.copies_made, again.result.copies_made]).toEqual([0, 0]);
  // Only the file itself is written again.
  expect(again.commands.filter((line) => line.includes('libx264'))).toEqual([]);
  expect(pictureHash(at('twice.mp4'))).toBe(pictureHash(at('once.mp4')));
  const estimate = await estimateFilm(world.ports, { blueprint: requireBlueprint(blueprintOf(moves, { preset: 'low' })), roots: { main: folder, named: {}, library: {} }, output: null, project_id: null }, new AbortController().signal);
  expect([estimate.width, estimate.height, estimate.copies_missing, estimate.frames]).toEqual([1200, 720, 2, 60]);
  expect(Math.min(estimate.time_s, estimate.size_bytes, estimate.disk_bytes, estimate.free_bytes)).toBeGreaterThan(0);
});

test('the bitrate that is asked for is the film’s within a tenth', async () => {
  for (const seed of [1, 2]) ffmpeg('-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=30:duration=6,noise=alls=12:allf=t:all_seed=${seed}`, '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '16', at(`noise${seed}.mp4`));
  await world.assemble(blueprintOf([1, 2].map((seed) => ({ video_path: `noise${seed}.mp4`, length: 5.5 })), { video_bitrate: '800k' }), 'bitrate.mp4');
  const { streams = [] } = ffprobeJson(at('bitrate.mp4'), ['-show_entries', 'stream=bit_rate']);
  expect(Math.abs(Number(streams[0]?.['bit_rate']) / 800_000 - 1)).toBeLessThan(0.1);
});

test('clips that are too short are all named, and nothing is written', async () => {
  const moves = [1, 2].map((clip) => ({ video_path: `${clip}.mp4`, length: 5 }));
  await expect(world.assemble(blueprintOf(moves), 'short.mp4')).rejects.toMatchObject({ code: 'clip-too-short', details: { faults: [{ pointer: '/moves/0/duration' }, { pointer: '/moves/1/duration' }] } });
  expect(existsSync(at('short.mp4'))).toBe(false);
});

test('sound whose encoder adds much to its peaks is kept under the ceiling all the same', async () => {
  // Bursts of noise at full scale through a small bitrate: AAC adds well over a decibel.
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', "aevalsrc='if(lt(mod(t,0.25),0.05),2*random(0)-1,0)':s=48000:d=4", '-ac', '2', at('bursts.wav')]);
  const { result } = await world.assemble(blueprintOf([{ video_path: '1.mp4', length: 3 }], { audio_bitrate: '64k', loudness_lufs: -9 }, 'bursts.wav'), 'bursts.mp4');
  expect(result.verification.checks.find(({ name }) => name === 'True peak')).toMatchObject({ passed: true });
});

test('a sound encoded in pieces is as long and as true as one encoded whole, at every seam', async () => {
  const samples = 20 * 48_000 + 77;
  // A chord that wanders under bursts of noise and clicks: tones, hiss and attacks.
  const tones = '0.2*sin(2*PI*(220+40*sin(t))*t)+0.1*sin(2*PI*1870*t)+0.3*(random(0)-0.5)*lt(mod(t,0.7),0.1)+0.6*lt(mod(n,24000),24)';
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', `aevalsrc='${tones}|${tones}':s=48000:d=21`, '-af', `atrim=end_sample=${samples}`, '-c:a', 'pcm_f32le', at('long.wav')]);
  const [whole, pieces] = ['whole.m4a', 'pieces.m4a'];
  const options = { signal: new AbortController().signal };
  await new AacEncoder(world.ports).encode({ source: at('long.wav'), samples, bitrate: 192_000, target: at(whole) }, options);
  await new AacEncoder(world.ports, 320).encode({ source: at('long.wav'), samples, bitrate: 192_000, target: at(pieces) }, options);
  const durations = [whole, pieces].map((name) => ffprobeJson(at(name), ['-show_entries', 'stream=start_pts,duration_ts,nb_frames']));
  expect(durations[1]).toEqual(durations[0]);
  expect(readFileSync(at(pieces)).equals(readFileSync(at(whole)))).toBe(false);
  const [truth, one, joined] = ['long.wav', whole, pieces].map(samplesOf) as [Float32Array, Float32Array, Float32Array];
  const noiseDb = (sound: Float32Array, from: number, to: number): number => {
    let [error, signal] = [0, 0];
    for (let i = from; i < to; i += 1) [error, signal] = [error + ((sound[i] ?? 0) - (truth[i] ?? 0)) ** 2, signal + (truth[i] ?? 0) ** 2];
    return 10 * Math.log10(error / signal);
  };
  expect(noiseDb(joined, 0, samples)).toBeLessThan(noiseDb(one, 0, samples) + 0.5);
  // A tenth of a second is heard as one: nowhere is the joined one clearly worse.
  for (let from = 0; from + 4800 < samples; from += 4800) expect(noiseDb(joined, from, from + 4800)).toBeLessThan(Math.max(noiseDb(one, from, from + 4800) + 4, -12));
});

test('a clip of a changing rate shows at each film frame what it shows at that time, in MOV as well', async () => {
  // 30 pictures a second for a second, then 15; the last lasts.
  numberedFilm(folder, 'changing.mp4', { clip: 9, frames: 60, extra: ['-vf', "setpts='if(lt(N,30),N/30,1+(N-30)/15)/TB'", '-fps_mode', 'vfr', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12', '-pix_fmt', 'yuv420p'] });
  const { result } = await world.assemble(blueprintOf([{ video_path: 'changing.mp4', length: 2.5 }], { output_format: 'mov' }), 'changing.mov');
  const frames = readNumbers(at('changing.mov'));
  expect(frames.length).toBe(75);
  frames.forEach(({ frame, doubt }, k) => {
    expect(Math.abs(frame - (k < 30 ? k : 30 + (k - 30) / 2))).toBeLessThanOrEqual(k < 30 ? 0 : 1);
    expect(doubt).toBeLessThan(0.3);
  });
  expect(result.verification.checks.filter(({ passed }) => !passed)).toEqual([]);
});

test('a wide clip fills a square film when cropped, and stands between bars when padded', async () => {
  // White, with a tenth of red at both ends: what is cropped away.
  ffmpeg('-f', 'lavfi', '-i', 'color=white:s=320x160:r=30:d=2,drawbox=w=32:h=160:t=fill:c=red,drawbox=x=288:w=32:h=160:t=fill:c=red', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', at('wide.mp4'));
  const lumaOf = (name: string, x: number, y: number): number => execFileSync('ffmpeg', ['-v', 'error', '-i', at(name), '-frames:v', '1', '-vf', `crop=8:8:${x}:${y},scale=1:1,format=gray`, '-f', 'rawvideo', '-'])[0] ?? -1;
  for (const fit of ['crop', 'pad']) await world.assemble(blueprintOf([{ video_path: 'wide.mp4', length: 1 }], { width: 160, height: 160, fit }), `${fit}.mp4`);
  expect(Math.min(lumaOf('crop.mp4', 0, 0), lumaOf('crop.mp4', 152, 152), lumaOf('crop.mp4', 76, 76))).toBeGreaterThan(225);
  expect([lumaOf('pad.mp4', 76, 0), lumaOf('pad.mp4', 76, 152)].every((luma) => luma < 24)).toBe(true);
  expect(lumaOf('pad.mp4', 76, 76)).toBeGreaterThan(225);
  // Red at the padded one's end, where the cropped one is white.
  expect(lumaOf('pad.mp4', 2, 76)).toBeLessThan(120);
});

test('damaged notes beside kept joints and sound are no fault: what they are about is made again', async () => {
  const moves = [{ video_path: '1.mp4', length: 1 }, { video_path: '2.mp4', length: 1, trim_start: 1, transition_type: 'crossfade' }];
  await world.assemble(blueprintOf(moves), 'noted.mp4');
  const work = at('data/artifacts/work');
  for (const name of readdirSync(work).filter((file) => file.endsWith('.json'))) writeFileSync(join(work, name), '{"offsets":[0,');
  await world.assemble(blueprintOf(moves), 'noted-again.mp4');
  expect(pictureHash(at('noted-again.mp4'))).toBe(pictureHash(at('noted.mp4')));
});

test('black and frozen pictures of a clip are found and told by their times; those of a fade are meant', async () => {
  const moving = 'testsrc2=size=320x180:rate=30:duration=';
  const graph = `${moving}6,drawbox=c=black:t=fill:enable='between(t,2,4.99)',tpad=stop_mode=clone:stop_duration=3[a];${moving}3[b];[a][b]concat`;
  ffmpeg('-f', 'lavfi', '-i', graph, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', at('dark.mp4'));
  const moves = [
    { video_path: '1.mp4', length: 2, trim_start: 0 },
    { video_path: 'dark.mp4', length: 11, trim_start: 0, transition_type: 'fade_black' },
  ];
  const { result } = await world.assemble(blueprintOf(moves), 'dark-film.mp4');
  // Dark from 4 to 7 and standing from 8 to 11; what is dark stands, too. Seen about once a second, so known to a second.
  for (const [name, spans] of [['Black pictures', [[4, 7]]], ['Frozen pictures', [[4, 7], [8, 11]]]] as const) {
    const { passed, measured } = result.verification.checks.find((check) => check.name === name) ?? {};
    const found = [...(measured ?? '').matchAll(/([\d.]+)–([\d.]+) s/g)].map(([, start, end]) => [Number(start), Number(end)]);
    expect([passed, found.length], measured).toEqual([false, spans.length]);
    spans.forEach(([from, to], i) => {
      const [start = Number.NaN, end = Number.NaN] = found[i] ?? [];
      expect([start >= from - 0.05, start < from + 1.1, end <= to + 0.05, end > to - 1.1], measured).toEqual([true, true, true, true]);
    });
  }
});
