/** docs/sessions.md runs as it stands: its shell examples, in order, against a real `kinetone serve`, with curl. */
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { expect, onTestFinished, test } from 'vitest';

import { FeatureFrameSchema } from '../../src-main/contract/documents/feature-frame.ts';
import { AnalysisResultSchema, FeatureSeriesSchema } from '../../src-main/contract/documents/session-features.ts';
import { AudioStreamInfoSchema } from '../../src-main/contract/documents/session.ts';
import { allOperations } from '../../src-main/contract/operations/index.ts';
import { film } from '../fixtures/films.ts';
import { serve } from '../fixtures/program.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const text = readFileSync(new URL('../../docs/sessions.md', import.meta.url), 'utf8');
/** Each example with the operation named before it; the first two only prepare. */
const examples = text.split('```sh\n').slice(1).map((rest, index) => {
  const before = text.split('```sh\n')[index] ?? '';
  const names = [...(before.split('```').at(-1) ?? '').matchAll(/\*\*(\w+)\*\*/g)];
  return { operation: names.at(-1)?.[1] ?? null, script: rest.slice(0, rest.indexOf('```')) };
});
const hasCurl = process.platform !== 'win32' && spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) process.stdout.write('skipped: the examples of docs/sessions.md, because there is no curl here\n');

test('the page has an example of every operation of the seed, under a name of the contract', () => {
  const named = examples.flatMap(({ operation }) => operation ?? []);
  expect(named.sort()).toEqual(['analyzeFrame', 'analyzeVideo', 'generateAudio', 'getFeatureSeries', 'getFeatures', 'stopGeneration', 'storeFeatures', 'updateParameters']);
  expect(named.filter((name) => !(name in allOperations))).toEqual([]);
});

test.skipIf(!hasCurl)('the examples run one after another and answer what the page says', async () => {
  const folder = tempFolder();
  const studio = await serve({ dataDir: tempFolder() });
  onTestFinished(() => studio.stop());
  const mark = '@@@next@@@';
  const script = ['set -e', ...examples.map(({ script: each }) => `${each}\necho '${mark}'`)].join('\n');
  const env = { ...process.env, KINETONE_DATA_DIR: studio.dataDir, FILM: film(folder, 'film.mp4', { seconds: 1 }) };
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: folder, env });
  const outputs = stdout.split(`${mark}\n`).slice(0, -1);
  expect(outputs).toHaveLength(examples.length);
  const answers = Object.fromEntries(examples.map(({ operation }, index) => [operation ?? `preparation ${index}`, outputs[index]?.trim() ?? '']));
  const json = (operation: string): unknown => JSON.parse(answers[operation] ?? '');
  expect(AudioStreamInfoSchema.parse(json('generateAudio'))).toMatchObject({ backend: 'null', sample_rate: 48_000 });
  expect([answers['updateParameters'], answers['stopGeneration'], answers['storeFeatures']]).toEqual(['', '', '']);
  expect(AnalysisResultSchema.parse(json('analyzeFrame'))).toMatchObject({ frame: 0, outcome: 'seen', frames: 1 });
  expect(FeatureFrameSchema.parse(json('getFeatures'))).toMatchObject({ timestamp: 0.28 });
  const series = FeatureSeriesSchema.parse(json('getFeatureSeries'));
  expect([series.frames.map(({ frame }) => frame), series.missing]).toEqual([[0, 7], [[1, 6], [8, 9]]]);
  expect(AnalysisResultSchema.parse(json('analyzeVideo'))).toMatchObject({ frame: null, outcome: 'queued' });
});

test('every error code that the page names is one of the catalogue, with its status', async () => {
  const { errorStatus } = await import('../../src-main/contract/errors.ts');
  const named = [...text.slice(text.indexOf('## Errors')).matchAll(/`([a-z]+(?:-[a-z]+)+)` \((\d{3})/g)].map(([, code, status]) => [code, Number(status)]);
  expect(named.length).toBeGreaterThan(6);
  for (const [code, status] of named) expect([code, errorStatus[code as keyof typeof errorStatus]]).toEqual([code, status]);
});
