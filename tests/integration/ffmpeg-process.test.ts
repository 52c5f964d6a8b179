/** Programs we start: their life, their end, their priority, and what is left when we are killed. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, onTestFinished, test } from 'vitest';

import { locateFfmpeg, parseNames, parseVersion } from '../../src-main/adapters/ffmpeg/locate.ts';
import { startOf, sweepOrphans } from '../../src-main/adapters/ffmpeg/orphans.ts';
import { requireSuccess, startProgram } from '../../src-main/adapters/ffmpeg/process.ts';
import { tether } from '../fixtures/media-world.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const LINUX = process.platform === 'linux';
const repository = resolve(import.meta.dirname, '../..');
const reason = tether === null ? ' (skipped: kinetone-tether is not built)' : LINUX ? '' : ' (skipped: /proc is read)';

/** An FFmpeg that would run for an hour, writing nowhere. */
const ENDLESS = ['-hide_banner', '-nostdin', '-v', 'error', '-re', '-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=5', '-t', '3600', '-f', 'null', '-'];

const isRunning = (pid: number): boolean => startOf(pid) !== null;

async function gone(pid: number): Promise<void> {
  await expect.poll(() => isRunning(pid), { timeout: 5000, interval: 20 }).toBe(false);
}

describe('a program', () => {
  const launcher = { tether, recordFolder: null };

  test('gives its output and its end', async () => {
    const program = startProgram(launcher, 'ffmpeg', ['-hide_banner', '-version']);
    let text = '';
    program.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    const end = await program.ended;
    expect(text).toMatch(/^ffmpeg version/);
    expect(end).toMatchObject({ status: 0, signal: null, startError: null });
  });

  test('that is not there is the error ffmpeg-missing, with and without the tether', async () => {
    for (const each of [launcher, { tether: null, recordFolder: null }]) {
      const program = startProgram(each, '/nowhere/ffmpeg', []);
      program.stdout?.resume();
      const end = await program.ended;
      expect(() => requireSuccess(end, 'FFmpeg')).toThrow(expect.objectContaining({ code: 'ffmpeg-missing' }));
    }
  });

  test('runs to its end when its record cannot be written', async () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    const program = startProgram({ tether, recordFolder: join(file, 'programs') }, 'ffmpeg', ['-hide_banner', '-version']);
    program.stdout.resume();
    expect(await program.ended).toMatchObject({ status: 0, startError: null });
  });

  test('that fails says why in one sentence and keeps the end of its stderr', async () => {
    const program = startProgram(launcher, 'ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', '-i', 'file:/nowhere/film.mp4', '-f', 'null', '-']);
    program.stdout.resume();
    const end = await program.ended;
    expect(() => requireSuccess(end, 'FFmpeg')).toThrow(expect.objectContaining({ code: 'ffmpeg-failed', message: expect.stringContaining('No such file') as string, retryable: false }));
    expect(end.stderr.length).toBeLessThanOrEqual(16 * 1024);
  });

  test.each([true, false])('ends when its signal aborts (disposable: %s)', async (isDisposable) => {
    const stop = new AbortController();
    const program = startProgram(launcher, 'ffmpeg', ENDLESS, { signal: stop.signal, isDisposable });
    program.stdout.resume();
    await pause(100);
    stop.abort();
    const end = await program.ended;
    expect(end.wasAborted).toBe(true);
    expect(() => requireSuccess(end, 'FFmpeg', stop.signal)).toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  test('that ignores SIGTERM is killed', async () => {
    const stop = new AbortController();
    const program = startProgram(launcher, 'sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.05; done'], { signal: stop.signal });
    await new Promise((ready) => program.stdout.once('data', ready));
    stop.abort();
    expect(await program.ended).toMatchObject({ signal: 'SIGKILL' });
  });

  test('whose output nobody takes stands still, and still ends when it is stopped', async () => {
    const program = startProgram(launcher, 'ffmpeg', ['-hide_banner', '-nostdin', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=640x360', '-f', 'rawvideo', 'pipe:1']);
    await pause(300);
    program.stop();
    const end = await program.ended;
    expect(end.status === 0).toBe(false);
  });

  test.skipIf(tether === null || !LINUX)(`for batch work runs at nice 10${reason}`, async () => {
    const program = startProgram(launcher, 'nice', [], { isBatch: true });
    let text = '';
    program.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    await program.ended;
    const own = Number(readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ')[16]);
    expect(Number(text)).toBe(Math.min(19, own + 10));
  });
});

/** A Node of its own that starts an endless FFmpeg as we do, and says its process id. */
function owner(folder: string, withTether: boolean): { pid: number; ready: Promise<number>; kill: () => void } {
  const script = join(folder, 'owner.ts');
  writeFileSync(
    script,
    `import { startProgram } from ${JSON.stringify(join(repository, 'src-main/adapters/ffmpeg/process.ts'))};
     const program = startProgram({ tether: ${JSON.stringify(withTether ? tether : null)}, recordFolder: ${JSON.stringify(join(folder, 'programs'))} }, 'ffmpeg', ${JSON.stringify(ENDLESS)});
     program.stdout.resume();
     process.stdout.write(program.pid + '\\n');`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ready = new Promise<number>((found) => child.stdout.once('data', (text: Buffer) => found(Number(text))));
  return { pid: child.pid as number, ready, kill: () => void child.kill('SIGKILL') };
}

describe('when Kinetone is killed', () => {
  test.skipIf(tether === null || !LINUX)(`its FFmpeg ends with it${reason}`, async () => {
    const { ready, kill } = owner(tempFolder(), true);
    const ffmpeg = await ready;
    expect(isRunning(ffmpeg)).toBe(true);
    kill();
    await gone(ffmpeg);
  });

  test.skipIf(!LINUX)('and there was no tether, the next start ends what it left, and only that', async () => {
    const folder = tempFolder();
    const { ready, kill, pid } = owner(folder, false);
    const ffmpeg = await ready;
    const records = join(folder, 'programs');
    expect(readdirSync(records)).toEqual([`${pid}-${ffmpeg}.json`]);
    expect(sweepOrphans(records), 'while its owner lives it is left alone').toEqual([]);
    kill();
    await gone(pid);
    expect(isRunning(ffmpeg)).toBe(true);
    expect(sweepOrphans(records)).toEqual([ffmpeg]);
    await gone(ffmpeg);
    expect(readdirSync(records)).toEqual([]);
  });

  test.skipIf(!LINUX)('a record whose process id belongs to another program by now ends nothing', async () => {
    const folder = join(tempFolder(), 'programs');
    mkdirSync(folder);
    const bystander = spawn('sleep', ['60']);
    onTestFinished(() => void bystander.kill('SIGKILL'));
    const started = startOf(process.pid) as string;
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ child: { pid: bystander.pid, started: `${started}0` }, owner: { pid: 2 ** 22 + 1, started } }));
    writeFileSync(join(folder, 'b.json'), '{"child": {"pid": ');
    expect(sweepOrphans(folder)).toEqual([]);
    expect(isRunning(bystander.pid as number)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.skipIf(tether === null || !LINUX)(`the tether that watches a pipe ends the program when the pipe closes${reason}`, async () => {
    const watcher = spawn(tether as string, ['--parent', String(process.pid), '--watch', '--', 'sh', '-c', 'echo $$; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit', 'pipe'] });
    const program = await new Promise<number>((found) => watcher.stdout?.once('data', (text: Buffer) => found(Number(text))));
    expect(isRunning(program)).toBe(true);
    watcher.stdio[3]?.destroy();
    await gone(program);
  });

  test.skipIf(tether === null)(`the tether does not start a program for a parent that is gone${reason}`, async () => {
    const orphan = spawn(tether as string, ['--parent', '1', '--', 'sh', '-c', 'touch made'], { cwd: tempFolder() });
    const status = await new Promise((ended) => orphan.once('close', ended));
    expect(status).toBe(125);
  });
});

describe('FFmpeg', () => {
  const environment = { PATH: process.env['PATH'] };

  test('is found on the PATH with its version and what it can do', async () => {
    const install = await locateFfmpeg({ setting: null, environment, resourcesFolder: null });
    expect(install.version).toMatch(/\d/);
    const encoders = await install.encoders();
    expect(encoders.size).toBeGreaterThan(20);
    expect(encoders.has('aac')).toBe(true);
    expect(install.demuxers.some((names) => names.split(',').includes('mp4'))).toBe(true);
  });

  test('of the setting comes before every other; one that does not work is passed over with the reason', async () => {
    const folder = tempFolder();
    const fake = join(folder, 'ffmpeg');
    writeFileSync(fake, '#!/bin/sh\necho not what you think\n', { mode: 0o755 });
    const install = await locateFfmpeg({ setting: fake, environment, resourcesFolder: null });
    expect(install.origin).toBe('system');
    expect(install.passedOver).toEqual([{ path: fake, why: 'it is not FFmpeg' }]);
    const real = await locateFfmpeg({ setting: install.ffmpeg, environment, resourcesFolder: null });
    expect(real.origin).toBe('setting');
  });

  test('whose neighbour is no program takes the ffprobe of the PATH', async () => {
    const folder = tempFolder();
    const { ffmpeg, ffprobe } = await locateFfmpeg({ setting: null, environment, resourcesFolder: null });
    symlinkSync(ffmpeg, join(folder, 'ffmpeg'));
    writeFileSync(join(folder, 'ffprobe'), 'a text', { mode: 0o644 });
    const install = await locateFfmpeg({ setting: join(folder, 'ffmpeg'), environment, resourcesFolder: null });
    expect(install).toMatchObject({ origin: 'setting', ffprobe });
  });

  test('that is nowhere is the error ffmpeg-missing, with the command that installs it', async () => {
    const missing = locateFfmpeg({ setting: '/nowhere/ffmpeg', environment: { PATH: tempFolder() }, resourcesFolder: null });
    if (existsSync(join(repository, 'node_modules/ffmpeg-static/ffmpeg'))) return;
    await expect(missing).rejects.toMatchObject({ code: 'ffmpeg-missing', hint: expect.stringMatching(/install/) as string, details: { passedOver: [{ path: '/nowhere/ffmpeg' }] } });
  });

  test.each([
    ['ffmpeg version 5.1.9-0+deb12u1 Copyright (c)', '5.1.9-0+deb12u1', [5, 1]],
    ['ffmpeg version n7.0 Copyright', 'n7.0', [7, 0]],
    ['ffmpeg version N-119000-gabcdef Copyright', 'N-119000-gabcdef', null],
    ['ffprobe version 5.1', undefined, undefined],
  ])('names its version in "%s"', (text, version, release) => {
    expect(parseVersion(text)?.version).toBe(version);
    expect(parseVersion(text)?.release).toEqual(release);
  });

  test('lists are read below their dashed line', () => {
    expect(parseNames('Encoders:\n V..... = Video\n ------\n V....D libx264   H.264\n A....D aac  AAC\n')).toEqual(['libx264', 'aac']);
    expect(parseNames('File formats:\n D. = Demuxing\n --\n D  mov,mp4,m4a  QuickTime\n D  flac  raw FLAC\n')).toEqual(['mov,mp4,m4a', 'flac']);
  });
});
