/** The worst moments of a render: killed, interrupted or cancelled in each stage, nothing is left and nothing is lost. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { film, streamsOf } from '../fixtures/films.ts';
import { withoutProcesses } from '../fixtures/processes.ts';
import { type Ended, kinetone, startProgram, temporaryFolder } from '../fixtures/program.ts';

const folder = temporaryFolder('kill');
afterAll(() => folder.remove());
let source = '';
beforeAll(() => {
  source = film(folder.path, 'film.mp4', { seconds: 6, toneHz: 330 });
});

/** Starts a render and sends `signal` when the stage has begun. */
async function stopIn(stage: string, signal: NodeJS.Signals, names: { data: string; output: string }): Promise<Ended> {
  const child = startProgram(['sonify', source, '-o', names.output, '--original', 'mix', '--data-dir', names.data]);
  const output = { stdout: '', stderr: '' };
  let isSent = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
    if (isSent || !output.stderr.includes(stage)) return;
    isSent = true;
    child.kill(signal);
  });
  return new Promise((done) => child.once('close', (code) => done({ code, ...output })));
}

const STAGES = ['Analysing the picture', 'Rendering the sound', 'Setting the loudness', 'Making the file'];

test.each(STAGES)('kill -9 while "%s": no process stays, no file has the final name, and the same command finishes the work', async (stage) => {
  const outputs = join(folder.path, `killed-${STAGES.indexOf(stage)}`);
  mkdirSync(outputs);
  const names = { data: join(folder.path, `data-${STAGES.indexOf(stage)}`), output: join(outputs, 'film.mp4') };
  await stopIn(stage, 'SIGKILL', names);
  expect(await withoutProcesses(names.data)).toEqual([]);
  expect(existsSync(names.output)).toBe(false);
  const again = await kinetone(['sonify', source, '-o', names.output, '--original', 'mix', '--quiet', '--data-dir', names.data]);
  expect([again.code, again.stderr]).toEqual([0, '']);
  expect(streamsOf(names.output)['video']?.packets).toBe(180);
  expect(readdirSync(outputs)).toEqual(['film.mp4']);
});

test.each(STAGES)('Ctrl+C while "%s": exit code 130, and nothing half-written is left', async (stage) => {
  const at = STAGES.indexOf(stage);
  const outputs = join(folder.path, `interrupted-${at}`);
  mkdirSync(outputs);
  const names = { data: join(folder.path, `idata-${at}`), output: join(outputs, 'film.mp4') };
  const ended = await stopIn(stage, 'SIGINT', names);
  expect(ended.code).toBe(130);
  expect(readdirSync(outputs)).toEqual([]);
  expect(await withoutProcesses(names.data)).toEqual([]);
});
