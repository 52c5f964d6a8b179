/** kinetone choreograph as a command line: wrong usage, a plan as JSON, a blueprint in a file. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { PlanSchema } from '../../src-main/contract/documents/choreography.ts';
import { requireBlueprint } from '../../src-main/core/assembly/index.ts';
import { makeFilm, makeMedia } from '../fixtures/make-media.ts';
import { kinetone } from '../fixtures/program.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

test('one command line after another: moves in, a plan as JSON, the blueprint of the same plan, wrong usage, no moves', async () => {
  const folder = tempFolder();
  const data = join(folder, 'data');
  const run = (...args: string[]) => kinetone([...args, '--data-dir', data]);
  const song = makeMedia(folder, 'clicks.wav', ['-f', 'lavfi', '-i', "aevalsrc='0.8*sin(2*PI*1000*t)*exp(-60*mod(t,0.5))':s=44100:d=12"]);

  const empty = await run('choreograph', '--song', song, '--quiet');
  expect([empty.code, empty.stderr]).toEqual([1, expect.stringContaining('no moves')]);

  mkdirSync(join(folder, 'clips'));
  // Of different lengths: files of the same bytes are one move.
  for (const [at, name] of ['basic', 'spin', 'turn'].entries()) makeFilm(join(folder, 'clips'), `${name}.mp4`, { size: '160x90', seconds: 5 + at / 2 });
  expect((await run('library', 'add', join(folder, 'clips'), '--quiet')).code).toBe(0);

  const { code, stdout, stderr } = await run('choreograph', '--song', song, '--describe', 'no spins, smooth', '--seed', '4', '--json');
  expect([code, stderr]).toEqual([0, '']);
  const plan = PlanSchema.parse(JSON.parse(stdout));
  expect(plan).toMatchObject({ seed: 4, parameters: { avoid: ['spin'], transition: 'crossfade' } });
  expect(plan.segments.map(({ path }) => path).filter((path) => path.includes('spin'))).toEqual([]);

  const file = join(folder, 'blueprint.json');
  expect((await run('choreograph', '--song', song, '--describe', 'no spins, smooth', '--seed', '4', '--blueprint', file, '--quiet')).code).toBe(0);
  const { moves } = requireBlueprint(JSON.parse(readFileSync(file, 'utf8')));
  expect(moves.map(({ video_path: path, trim_start: from, speed }) => [path, from, speed])).toEqual(plan.segments.map(({ path, in_s: from, speed }) => [path, from, speed]));

  const wrong = [['choreograph'], ['choreograph', '--song', song, '--seed', '-1']];
  expect(await Promise.all(wrong.map(async (words) => (await run(...words)).code))).toEqual([2, 2]);
}, 90_000);
