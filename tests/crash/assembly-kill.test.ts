/** The worst moments of an assembly: killed or interrupted in each stage, nothing is left, and the same film comes out in the end. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AssemblyResult } from '../../src-main/contract/documents/assembly.ts';
import { film, pictureHash } from '../fixtures/films.ts';
import { withoutProcesses } from '../fixtures/processes.ts';
import { type Ended, kinetone, repository, startProgram, temporaryFolder } from '../fixtures/program.ts';

const folder = temporaryFolder('assembly-kill');
afterAll(() => folder.remove());
const at = (...names: string[]): string => join(folder.path, ...names);
const moves = ['a', 'b', 'c'].map((name, i) => ({ clip_id: name, video_path: `${name}.mp4`, start_time: 2 * i, duration: 2, trim_start: 0.3, transition_type: 'crossfade', volume_adjustment: 0.2 }));
const document = { task_id: 'kill', audio_path: null, moves, total_duration: 6, output_config: { output_path: 'out/{task_id}.mp4', add_audio_overlay: false } };
let reference = '';
beforeAll(async () => {
  for (const [i, name] of ['a', 'b', 'c'].entries()) film(folder.path, `${name}.mp4`, { seconds: 4, size: ['640x360', '480x272', '640x360'][i] ?? '', toneHz: 220 * (i + 1) });
  writeFileSync(at('film.json'), JSON.stringify(document));
  await kinetone(['assemble', at('film.json'), '-o', at('reference.mp4'), '--quiet', '--data-dir', at('data-reference')]);
  reference = pictureHash(at('reference.mp4'), true);
});

/** Starts the assembly and sends `signal` when the stage has begun. */
async function stopIn(stage: string, signal: NodeJS.Signals, names: { data: string; output: string }): Promise<Ended> {
  const child = startProgram(['assemble', at('film.json'), '-o', names.output, '--data-dir', names.data]);
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

test('kill -9 in one stage after the other: no process stays, no file has the final name, and every decoded picture of the film is the same', async () => {
  mkdirSync(at('killed'));
  const names = { data: at('data-killed'), output: at('killed', 'film.mp4') };
  for (const stage of ['Preparing the clips', 'Making the transitions']) {
    await stopIn(stage, 'SIGKILL', names);
    expect(await withoutProcesses(names.data)).toEqual([]);
    expect(existsSync(names.output)).toBe(false);
  }
  const ended = await kinetone(['assemble', at('film.json'), '-o', names.output, '--json', '--data-dir', names.data]);
  expect(ended.code).toBe(0);
  const result = JSON.parse(ended.stdout) as AssemblyResult;
  // The copies were finished before the transitions began, and were not made again.
  expect([result.copies_made, result.frames]).toEqual([0, 180]);
  expect(pictureHash(names.output, true)).toBe(reference);
  expect(readdirSync(at('killed'))).toEqual(['film.mp4']);
});

test('Ctrl+C while clips are prepared: exit code 130, no process and nothing half-written is left', async () => {
  mkdirSync(at('interrupted'));
  const names = { data: at('data-interrupted'), output: at('interrupted', 'film.mp4') };
  expect((await stopIn('Preparing the clips', 'SIGINT', names)).code).toBe(130);
  expect(readdirSync(at('interrupted'))).toEqual([]);
  expect(await withoutProcesses(names.data)).toEqual([]);
  expect(readdirSync(join(names.data, 'artifacts', 'clips')).filter((name) => name.includes('.partial-'))).toEqual([]);
});

test('the blueprint comes from $BLUEPRINT_JSON and $BLUEPRINT_FILE, its output_path is below the working folder, and a fault is exit code 1', async () => {
  const data = ['--quiet', '--data-dir', at('data-reference')];
  const json = await kinetone(['assemble', ...data], { cwd: folder.path, env: { BLUEPRINT_JSON: JSON.stringify(document) } });
  expect([json.code, json.stderr, existsSync(at('out', 'kill.mp4'))]).toEqual([0, '', true]);
  const again = await kinetone(['assemble', ...data], { cwd: folder.path, env: { BLUEPRINT_FILE: at('film.json') } });
  expect([again.code, again.stderr.includes('[output-exists]')]).toEqual([1, true]);
  const broken = await kinetone(['assemble', ...data], { cwd: folder.path, env: { BLUEPRINT_JSON: JSON.stringify({ ...document, total_duration: 9, moves: [] }) } });
  expect([broken.code, broken.stderr.includes('/moves:'), broken.stderr.includes('[blueprint-invalid]'), broken.stderr.trim().split('\n').length]).toEqual([1, true, true, 1]);
  expect((await kinetone(['assemble', ...data], { env: { BLUEPRINT_JSON: '', BLUEPRINT_FILE: '' } })).code).toBe(2);
  expect((await kinetone(['assemble', at('film.json'), '-o', at('cut.otio'), ...data])).code).toBe(0);
  expect(readFileSync(at('cut.otio'), 'utf8')).toContain('Timeline.1');
});

test('the assembler’s own program makes the same film, and ends with 1 for a blueprint with faults', async () => {
  const run = (env: Record<string, string>) => execFileSync(process.execPath, [join(repository, 'src-main/shells/assembler/main.ts'), '--data-dir', at('data-alone')], { cwd: folder.path, env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const result = JSON.parse(run({ BLUEPRINT_JSON: JSON.stringify({ ...document, output_config: { ...document.output_config, output_path: 'alone.mp4' } }) })) as AssemblyResult;
  expect([result.frames, pictureHash(at('alone.mp4'), true)]).toEqual([180, reference]);
  try {
    run({ BLUEPRINT_JSON: '{}' });
    expect.unreachable();
  } catch (error) {
    expect((error as { status: number }).status).toBe(1);
  }
});
