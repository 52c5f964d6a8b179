/** The command line as a user meets it: what it writes, its exit codes, what it leaves behind. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { SonifyResult } from '../../src-main/contract/documents/sonify.ts';
import { FeatureFrameSchema } from '../../src-main/contract/documents/feature-frame.ts';
import { film, loudnessOf, pictureHash, streamsOf } from '../fixtures/films.ts';
import { kinetone, temporaryFolder } from '../fixtures/program.ts';

const folder = temporaryFolder('cli');
afterAll(() => folder.remove());
const data = join(folder.path, 'data 🎬');
const at = (name: string): string => join(folder.path, name);
let source = '';
beforeAll(() => {
  source = film(folder.path, 'source.mp4', { seconds: 2, toneHz: 220 });
});
const run = (...args: string[]) => kinetone([...args, '--data-dir', data]);

test('sonify keeps the picture packet for packet and gives it a new sound of the same length at -14 LUFS', async () => {
  const ended = await run('sonify', source, '-o', at('film.mp4'), '--json');
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  const result = JSON.parse(ended.stdout) as SonifyResult;
  expect(result.verification.checks.filter((check) => !check.passed)).toEqual([]);
  expect(result.is_video_copied).toBe(true);
  const streams = streamsOf(at('film.mp4'));
  expect(pictureHash(at('film.mp4'))).toBe(pictureHash(source));
  expect(streams['audio']?.durationS).toBeCloseTo(2, 1);
  expect(Math.abs(loudnessOf(at('film.mp4')) + 14)).toBeLessThanOrEqual(0.6);
});

test.each(['wav', 'flac', 'mov', 'mkv'])('sonify writes .%s', async (extension) => {
  const ended = await run('sonify', source, '-o', at(`film.${extension}`), '--quiet');
  expect([ended.code, ended.stdout, ended.stderr]).toEqual([0, '', '']);
  const streams = streamsOf(at(`film.${extension}`));
  expect(Object.keys(streams).sort()).toEqual(extension === 'wav' || extension === 'flac' ? ['audio'] : ['audio', 'video']);
});

test('the same video, mapping and seed give the same sound, bit for bit; another seed gives another', async () => {
  for (const [name, seed] of [['one', '5'], ['two', '5'], ['three', '6']] as const) {
    await kinetone(['sonify', source, '-o', at(`${name}.wav`), '--seed', seed, '--quiet', '--data-dir', join(folder.path, `data-${name}`)]);
  }
  const [one, two, three] = ['one', 'two', 'three'].map((name) => readFileSync(at(`${name}.wav`)).subarray(400)) as [Buffer, Buffer, Buffer];
  expect([one.equals(two), one.equals(three)]).toEqual([true, false]);
});

test('--original mix keeps the film’s own tone under the new sound; drop does not', async () => {
  await run('sonify', source, '-o', at('mix.wav'), '--original', 'mix', '--loudness', 'off', '--quiet');
  await run('sonify', source, '-o', at('drop.wav'), '--original', 'drop', '--loudness', 'off', '--quiet');
  expect(readFileSync(at('mix.wav')).subarray(400).equals(readFileSync(at('drop.wav')).subarray(400))).toBe(false);
});

test('--stems writes bass, rhythm and atmosphere', async () => {
  const ended = await run('sonify', source, '-o', at('stems.wav'), '--stems', at('stems'), '--quiet');
  expect(ended.code).toBe(0);
  expect(readdirSync(at('stems')).sort()).toEqual(['atmosphere.wav', 'bass.wav', 'rhythm.wav']);
});

test('an existing file is not replaced unless it is said', async () => {
  writeFileSync(at('mine.mp4'), 'mine');
  const ended = await run('sonify', source, '-o', at('mine.mp4'));
  expect([ended.code, readFileSync(at('mine.mp4'), 'utf8')]).toEqual([1, 'mine']);
  expect(ended.stderr).toContain('[output-exists]');
  expect((await run('sonify', source, '-o', at('mine.mp4'), '--overwrite', '--quiet')).code).toBe(0);
  expect(streamsOf(at('mine.mp4'))['audio']).toBeDefined();
});

test('an original and the data folder are never written to, not even when it is allowed to replace files', async () => {
  const before = readFileSync(source);
  const original = await run('sonify', source, '-o', source, '--overwrite');
  expect([original.code, original.stderr.includes('[path-not-granted]'), readFileSync(source).equals(before)]).toEqual([1, true, true]);
  const inside = await run('sonify', source, '-o', join(data, 'logs', 'film.mp4'), '--overwrite');
  expect([inside.code, inside.stderr.includes('[path-not-granted]')]).toEqual([1, true]);
});

test('stems replace nothing unless it is said', async () => {
  mkdirSync(at('mine'), { recursive: true });
  writeFileSync(at('mine/bass.wav'), 'mine');
  const ended = await run('sonify', source, '-o', at('stems2.wav'), '--stems', at('mine'));
  expect([ended.code, ended.stderr.includes('[output-exists]'), readFileSync(at('mine/bass.wav'), 'utf8')]).toEqual([1, true, 'mine']);
});

test('a negative loudness is a value, and surplus words are refused', async () => {
  expect((await run('sonify', source, '-o', at('quiet.wav'), '--loudness', '-20', '--quiet')).code).toBe(0);
  expect(Math.abs(loudnessOf(at('quiet.wav')) + 20)).toBeLessThanOrEqual(0.6);
  expect((await run('sonify', source, 'other', '-o', at('x.wav'))).code).toBe(2);
});

test('analyze prints a list of FeatureFrames, or writes JSON and CSV with decimal points in any locale', async () => {
  const printed = await run('analyze', source, '--json');
  const frames = JSON.parse(printed.stdout) as unknown[];
  expect(frames.length).toBe(60);
  expect(FeatureFrameSchema.safeParse(frames[30]).error).toBeUndefined();
  const written = await kinetone(['analyze', source, '-o', at('features.csv'), '--quiet', '--data-dir', data], { env: { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' } });
  expect(written.code).toBe(0);
  const [header = '', first = ''] = readFileSync(at('features.csv'), 'utf8').split('\n');
  expect(first.split(',').length).toBe(header.split(',').length);
});

test('media: adding twice is one item; list, show and remove tell of it; the file stays', async () => {
  const first = JSON.parse((await run('media', 'add', source, '--json')).stdout) as { items: { item: { id: string }; is_new: boolean }[] };
  const again = JSON.parse((await run('media', 'add', source, '--json')).stdout) as typeof first;
  const id = first.items[0]?.item.id ?? '';
  expect([again.items[0]?.item.id, again.items[0]?.is_new]).toEqual([id, false]);
  expect((await run('media', 'show', id)).stdout).toContain('source.mp4');
  expect((await run('media', 'remove', id)).code).toBe(0);
  expect((await run('media', 'list')).stdout).not.toContain(id);
  expect(existsSync(source)).toBe(true);
});

test.each([
  [['sonify'], '-o OUT is missing'],
  [['sonify', 'x.mp4', '-o', 'out.avi'], 'one of .mp4'],
  [['sonify', 'x.mp4', '-o', 'out.mp4', '--seed', '-1'], '--seed'],
  [['sonify', 'x.mp4', '-o', 'out.mp4', '--loudness', 'loud'], '--loudness'],
  [['sonify', 'x.mp4', '-o', 'out.mp4', '--nonsense'], 'nonsense'],
  [['frobnicate'], 'no command'],
  [['media', 'explode'], 'add, list, show or remove'],
  [['jobs', 'show'], 'needs an ID'],
  [['serve', '--port', '99999'], '--port'],
])('%j is bad usage: exit code 2 and one line', async (args, says) => {
  const ended = await run(...args);
  expect([ended.code, ended.stdout]).toEqual([2, '']);
  expect(ended.stderr).toContain(says);
  expect(ended.stderr.trim().split('\n').length).toBe(1);
});

test.each([
  ['a file that is not there', ['sonify', '/nowhere/film.mp4', '-o', 'out.mp4'], 'media-not-found'],
  ['a mapping that is not there', ['sonify', 'SOURCE', '-o', 'out.mp4', '--mapping', 'nothing'], 'not-found'],
  ['a folder that is not there', ['sonify', 'SOURCE', '-o', '/nowhere/out.mp4'], 'output-unwritable'],
  ['a job that is not there', ['jobs', 'show', 'nothing'], 'job-not-found'],
])('%s fails with exit code 1 and says why', async (_what, args, code) => {
  const ended = await kinetone([...args.map((word) => (word === 'SOURCE' ? source : word)), '--data-dir', data], { cwd: folder.path });
  expect([ended.code, ended.stdout]).toEqual([1, '']);
  expect(ended.stderr).toContain(`[${code}]`);
  expect(ended.stderr).not.toContain('    at ');
});

test('without FFmpeg the command that installs it is said', async () => {
  mkdirSync(at('empty'), { recursive: true });
  const ended = await kinetone(['sonify', film(folder.path, 'other.mp4'), '-o', at('none.mp4'), '--data-dir', join(folder.path, 'no-ffmpeg')], { env: { PATH: at('empty'), FFMPEG_PATH: '' } });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/ffmpeg.*\[ffmpeg-missing\]/is);
});

test.skipIf(process.platform !== 'linux')('a data folder where none can ever be is said, not waited for', async () => {
  const ended = await kinetone(['media', 'list', '--data-dir', '/proc/kinetone/data']);
  expect([ended.code, ended.stderr.includes('[data-folder-read-only]')]).toEqual([1, true]);
});

test('a mapping file that is damaged is named with what is wrong in it', async () => {
  writeFileSync(at('bad.json'), '{"version":1,"id":"x"}');
  const ended = await run('sonify', source, '-o', at('bad.mp4'), '--mapping', at('bad.json'));
  expect([ended.code, ended.stderr.includes('[mapping-invalid]')]).toEqual([1, true]);
});

test('doctor explains the machine on the day the data folder cannot be opened, too', async () => {
  writeFileSync(at('file'), 'x');
  const ended = await kinetone(['doctor', '--json', '--data-dir', at('file')]);
  const { checks } = JSON.parse(ended.stdout) as { checks: { id: string; state: string }[] };
  expect([ended.code, checks.find((check) => check.id === 'data')?.state, checks.find((check) => check.id === 'ffmpeg')?.state]).toEqual([1, 'fail', 'ok']);
});

test('doctor explains the machine and help lists the commands', async () => {
  const report = JSON.parse((await run('doctor', '--json')).stdout) as { checks: { id: string }[] };
  expect(report.checks.map((check) => check.id)).toEqual(expect.arrayContaining(['ffmpeg', 'encoders', 'addon', 'audio', 'window', 'models', 'disk']));
  expect((await run('--help')).stdout).toContain('kinetone sonify VIDEO');
});
