/** A performance's file is read as it was written, and refused when anything of it is not as it should be. */
import { expect, test } from 'vitest';

import { plainMapping } from '../../../../tests/fixtures/mapping.ts';
import { featureLayout } from '../../../contract/feature-layout.ts';
import { PerformanceReader } from './performance-file.ts';

const head = { kinetone_performance: 1, seed: 3, sample_rate: 48_000, start_sample: 100, samples: 9000, lost_frames: 0, lost_events: 0, mapping: plainMapping };
const film = { at: 0, film: { media_id: 'a', film_s: 0, speed: 0 } };
const features = { at: 64, features: Array.from({ length: featureLayout.columns }, (_, i) => i / 7) };
const mapping = { at: 5000, mapping: plainMapping, morph_samples: 10 };
const ceiling = { at: 6000, ceiling_db: -6 };
const end = { end: { events: 3 } };
const whole = [head, film, features, mapping, ceiling, end];

async function* linesOf(lines: readonly unknown[]): AsyncGenerator<string> {
  for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line);
}

async function read(lines: readonly unknown[]): Promise<unknown[]> {
  const reader = new PerformanceReader(linesOf(lines));
  const all: unknown[] = [await reader.head()];
  for (let line = await reader.next(); line !== null; line = await reader.next()) all.push(line);
  return all;
}

test('a whole file is read line by line', async () => {
  expect(await read(whole)).toEqual([head, { film }, { event: features }, { event: mapping }, { event: ceiling }]);
});

const without = (index: number): unknown[] => whole.filter((_, i) => i !== index);
const changed = (index: number, change: object): unknown[] => whole.map((line, i) => (i === index ? { ...(line as object), ...change } : line));

test.each([
  ['nothing', []],
  ['no head', without(0)],
  ['no end', without(5)],
  ['a missing event', without(2)],
  ['an event too many', [...whole.slice(0, 5), features, end]],
  ['something after the end', [...whole, features]],
  ['a line cut off', [...whole.slice(0, 2), JSON.stringify(features).slice(0, 40)]],
  ['a list', [head, [], end]],
  ['null', [head, null, end]],
  ['another version', changed(0, { kinetone_performance: 2 })],
  ['a field it does not know', changed(0, { author: 'me' })],
  ['an impossible rate', changed(0, { sample_rate: 0 })],
  ['too few features', changed(2, { features: [1, 2] })],
  ['a feature that is no number', changed(2, { features: [...features.features.slice(1), null] })],
  ['a sample before the beginning', changed(2, { at: -1 })],
  ['a sample that runs backwards', changed(4, { at: 64 })],
  ['a ceiling out of range', changed(4, { ceiling_db: 3 })],
  ['two events in one', changed(4, { morph_samples: 3 })],
  ['a mapping that is none', changed(3, { mapping: { ...plainMapping, rows: 7 } })],
  ['a place of the film among the events', [head, features, film, end]],
])('%s is refused, with the line', async (_, lines) => {
  await expect(read(lines)).rejects.toMatchObject({ code: 'performance-invalid', message: expect.stringMatching(/line \d+/) as string });
});
