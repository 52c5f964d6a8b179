/** The two ways of a film's frames to the eye: a pipe the addon reads, and a stream where a program cannot be given one. */
import { setTimeout as pause } from 'node:timers/promises';

import { expect, onTestFinished, test } from 'vitest';

import { type FramePipe, closeFramePipe, openFramePipe } from '../../src-main/adapters/native/frame-pipe.ts';
import { VisionSession } from '../../src-main/adapters/native/vision.ts';
import { featureLayout } from '../../src-main/contract/feature-layout.ts';
import type { AnalyzeInput, AnalyzeOutput } from '../../src-main/contract/hosts/analysis.ts';
import { analyzeFilm } from '../../src-main/hosts/methods/analyze.ts';
import { makeFilm } from '../fixtures/make-media.ts';
import { tether } from '../fixtures/media-world.ts';
import { childrenOf } from '../fixtures/processes.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const hasPipes = process.platform !== 'win32';
const reason = hasPipes ? '' : ' (skipped: Windows has none)';
const ffmpeg = process.env['FFMPEG_PATH'] ?? 'ffmpeg';

function inputOf(path: string): AnalyzeInput {
  return { programs: { ffmpeg, release: [5, 1], tether, recordFolder: null }, file: { path, demuxer: 'mov', name: 'film.mp4' }, width: 160, height: 90 };
}

function pipeOfTest(): FramePipe {
  const pipe = openFramePipe();
  if (pipe === null) throw new Error('expected a pipe');
  onTestFinished(() => closeFramePipe(pipe));
  return pipe;
}

async function rowsOf(input: AnalyzeInput, pipe: FramePipe | null): Promise<{ output: AnalyzeOutput; rows: number[]; timestamps: number[] }> {
  const [rows, timestamps]: [number[], number[]] = [[], []];
  const output = await analyzeFilm(input, pipe, new AbortController().signal, (group) => {
    rows.push(...group.rows);
    timestamps.push(...group.timestamps);
  });
  return { output, rows, timestamps };
}

test.skipIf(!hasPipes)(`a film through a pipe has the rows of the same film through a stream${reason}`, async () => {
  const input = inputOf(makeFilm(tempFolder(), 'film.mp4', { seconds: 2 }));
  const piped = await rowsOf(input, pipeOfTest());
  expect(piped.timestamps.length).toBeGreaterThan(40);
  expect(piped).toEqual(await rowsOf(input, null));
});

test.skipIf(!hasPipes)(`a decoder that is killed is an error worth a second try, and no frame is made up${reason}`, async () => {
  const input = inputOf(makeFilm(tempFolder(), 'film.mp4', { seconds: 20 }));
  const before = childrenOf(process.pid);
  const pipe = pipeOfTest();
  const ended = rowsOf(input, pipe);
  ended.catch(() => undefined);
  await expect.poll(() => childrenOf(process.pid).filter((pid) => !before.includes(pid)).length, { interval: 2 }).toBe(1);
  childrenOf(process.pid).filter((pid) => !before.includes(pid)).forEach((pid) => process.kill(pid, 'SIGKILL'));
  await expect(ended).rejects.toMatchObject({ code: 'ffmpeg-failed', retryable: true });
});

test.skipIf(!hasPipes)(`a file without a picture that can be decoded is unreadable through a pipe, too${reason}`, async () => {
  const input = inputOf(import.meta.filename);
  await expect(rowsOf(input, pipeOfTest())).rejects.toMatchObject({ code: 'media-unreadable' });
});

test.skipIf(!hasPipes)(`closing a pipe ends the wait for a frame that does not come${reason}`, async () => {
  const pipe = pipeOfTest();
  const waiting = new VisionSession(160, 90).analyzeFrames(pipe, 1, 500, new Float32Array(featureLayout.columns), new Float64Array(1));
  await pause(20);
  closeFramePipe(pipe);
  expect(await waiting).toEqual({ frames: 0, isOver: true, text: '' });
});

test('what is no pipe is refused by name', async () => {
  const session = new VisionSession(160, 90);
  for (const wrong of [{}, session, null]) {
    await expect(session.analyzeFrames(wrong as never, 1, 500, new Float32Array(featureLayout.columns), new Float64Array(1))).rejects.toThrow(/expected an open FramePipe/);
  }
});

test.skipIf(!hasPipes)(`arrays that do not hold the frames asked for are refused${reason}`, async () => {
  const [pipe, session, row] = [pipeOfTest(), new VisionSession(160, 90), new Float32Array(featureLayout.columns)];
  await expect(session.analyzeFrames(pipe, 2, 500, row, new Float64Array(2))).rejects.toMatchObject({ code: 'native-size-mismatch' });
  await expect(session.analyzeFrames(pipe, 1, 500, row, new Float64Array(2))).rejects.toMatchObject({ code: 'native-size-mismatch' });
  await expect(session.analyzeFrames(pipe, 0, 500, row, new Float64Array(0))).rejects.toThrow(/frames to be a whole number/);
});
