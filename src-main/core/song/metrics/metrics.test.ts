/** The scores against the ones published with mir_eval's reference data. */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { hasSharedMedia, sharedMedia, sharedMediaReason } from '../../../../tests/fixtures/shared-media.ts';
import { anyLevelFMeasure, beatFMeasure } from './beat-scores.ts';
import { boundaryScores } from './boundary-scores.ts';
import { matchedTimes } from './matched.ts';
import { tempoScores } from './tempo-scores.ts';

const ITEMS = ['00', '01', '02', '03'];
const file = (kind: string, name: string): string => readFileSync(sharedMedia('music/metrics_reference', kind, name), 'utf8');
const rows = (kind: string, name: string): number[][] =>
  file(kind, name)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(Number));
const scores = (kind: string, item: string): Record<string, number> => JSON.parse(file(kind, `output${item}.json`)) as Record<string, number>;
const column = (values: readonly number[][]): number[] => values.map(([first]) => first ?? Number.NaN);

describe.skipIf(!hasSharedMedia).each(ITEMS)(`item %s of the published reference data${hasSharedMedia ? '' : `: ${sharedMediaReason}`}`, (item) => {
  test('has the published F-measure of beats', () => {
    expect(beatFMeasure(column(rows('beat', `ref${item}.txt`)), column(rows('beat', `est${item}.txt`)))).toBeCloseTo(scores('beat', item)['F-measure'] as number, 10);
  });

  test('has the published F-measure of onsets', () => {
    const [reference, estimate] = [column(rows('onset', `ref${item}.txt`)), column(rows('onset', `est${item}.txt`))];
    const matched = matchedTimes(reference, estimate, 0.05);
    expect((2 * matched) / (reference.length + estimate.length)).toBeCloseTo(scores('onset', item)['F-measure'] as number, 10);
  });

  test('has the published tempo scores', () => {
    const [[a = 0, b = 0, weight = 0] = [], [c = 0, d = 0] = []] = [rows('tempo', `ref${item}.lab`)[0], rows('tempo', `est${item}.lab`)[0]];
    const published = scores('tempo', item);
    expect(tempoScores([a, b], weight, [c, d])).toEqual({ pScore: published['P-score'], isOneCorrect: published['One-correct'], isBothCorrect: published['Both-correct'] });
  });

  test.each([0.5, 3])('has the published hit rate of boundaries at %s s', (windowS) => {
    const spans = (name: string): { start: number; end: number }[] => rows('segment', name).map(([start = 0, end = 0]) => ({ start, end }));
    const published = scores('segment', item);
    const ours = boundaryScores(spans(`ref${item}.lab`), spans(`est${item}.lab`), windowS);
    for (const [name, value] of [['Precision', ours.precision], ['Recall', ours.recall], ['F-measure', ours.fMeasure]] as const) {
      expect(value).toBeCloseTo(published[`${name}@${windowS.toFixed(1)}`] as number, 10);
    }
  });
});

test('a beat at half, double or off the reference is right at any level and wrong at the first', () => {
  const reference = Array.from({ length: 80 }, (_, k) => k * 0.5);
  const off = reference.map((time) => time + 0.25);
  expect(beatFMeasure(reference, off)).toBe(0);
  for (const estimate of [off, reference.filter((_, k) => k % 2 === 1), [...reference, ...off].sort((a, b) => a - b)]) expect(anyLevelFMeasure(reference, estimate)).toBeGreaterThan(0.97);
});

test('nothing found and nothing to find score 0', () => {
  expect([beatFMeasure([], [6, 7]), beatFMeasure([6, 7], []), matchedTimes([], [], 1)]).toEqual([0, 0, 0]);
});
