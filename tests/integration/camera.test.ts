/** kinetone play camera: a picture that FFmpeg paints stands for the camera; everything behind it is real. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { linuxCameras } from '../../src-main/adapters/ffmpeg/camera-input.ts';
import { watchCamera } from '../../src-main/adapters/ffmpeg/watch-camera.ts';
import { readWavHeader } from '../../src-main/core/sonify/wav-header.ts';
import { childrenOf } from '../fixtures/processes.ts';
import { kinetone } from '../fixtures/program.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const script = fileURLToPath(new URL('./camera-play.ts', import.meta.url));
const painted = (seconds: number): string[] => ['-re', '-f', 'lavfi', '-i', `testsrc2=size=1280x720:rate=30:duration=${seconds}`];
const play = (args: readonly string[], input: readonly string[]) => {
  const running = promisify(execFile)(process.execPath, [script, 'play', 'camera', '--device', 'none', ...args, '--', ...input]);
  return { child: running.child, ended: running.then(({ stdout }) => ({ code: 0, stdout, stderr: '' }), (error: { code: number; stdout: string; stderr: string }) => error) };
};

test('plays what the camera sees, records it, and ends when the camera does', async () => {
  const folder = tempFolder();
  const recording = join(folder, 'take.wav');
  const { code, stdout } = await play(['--json', '--record', recording, '--data-dir', join(folder, 'data')], painted(2)).ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ device: 'No sound device', recording });
  const bytes = readFileSync(recording);
  const layout = readWavHeader(bytes, bytes.length);
  expect(layout?.frames).toBeGreaterThan(48_000);
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset + (layout?.dataOffset ?? 0), bytes.byteOffset + bytes.length - (bytes.length - (layout?.dataOffset ?? 0)) % 4));
  expect(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeGreaterThan(0.01);
});

test.skipIf(process.platform === 'win32')('interrupted, it keeps the recording, leaves no process, and exits 130', async () => {
  const folder = tempFolder();
  const recording = join(folder, 'take.wav');
  const { child, ended } = play(['--record', recording, '--data-dir', join(folder, 'data')], painted(600));
  const pid = child.pid ?? 0;
  // The program, its two hosts, and FFmpeg under one of them.
  for (let tries = 0; tries < 300 && !childrenOf(pid).some((host) => childrenOf(host).length > 0); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  const family = [pid, ...childrenOf(pid), ...childrenOf(pid).flatMap(childrenOf)];
  expect(family.length).toBeGreaterThanOrEqual(4);
  await new Promise((resolve) => setTimeout(resolve, 500));
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130 });
  expect(existsSync(recording)).toBe(true);
  expect(family.filter((each) => existsSync(`/proc/${each}/stat`))).toEqual([]);
});

test('a camera that gives no picture is said, with the reason', async () => {
  const { code, stderr } = await play(['--data-dir', tempFolder()], ['-f', 'v4l2', '-i', '/dev/null']).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/camera gives no picture/);
});

test.skipIf(linuxCameras().length > 0 || process.platform !== 'linux')('where there is no camera the error says so', async () => {
  const { code, stderr } = await kinetone(['play', 'camera', '--device', 'none', '--data-dir', tempFolder()]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/There is no camera on this machine/);
});

test.each([
  ['white', '', [640, 360, 255]],
  ['black', '', [640, 360, 0]],
  ['gray', ',setsar=4/3', [738, 310, 128]],
])('a %s camera%s comes at analysis size and display aspect, in full range', async (color, filter, expected) => {
  const input = ['-f', 'lavfi', '-i', `color=${color}:size=1920x1080:rate=30:duration=0.1${filter}`];
  const programs = { ffmpeg: process.env['FFMPEG_PATH'] ?? 'ffmpeg', release: null, tether: null, recordFolder: null };
  const times: number[] = [];
  for await (const { width, height, planes, timestampS } of watchCamera(input, { programs, signal: new AbortController().signal })) {
    expect([width, height, planes[0]]).toEqual(expected);
    times.push(timestampS);
  }
  expect(times).toEqual([0, expect.closeTo(1 / 30, 6), expect.closeTo(2 / 30, 6)]);
});
