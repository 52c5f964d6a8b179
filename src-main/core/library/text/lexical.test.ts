import { describe, expect, test } from 'vitest';

import type { LabelValues } from '../ports.ts';
import { embed, labelFeatures } from './lexical-embedding.ts';
import { hasUnwanted, isSpeltAlike, matchedWords, queryWords, sharedHints } from './query-words.ts';
import { stem, wordsOf } from './words.ts';

const moves: readonly LabelValues[] = [
  { name: 'slow_hiproll', category: 'hiprolls', difficulty: 'beginner', energy_level: 'low', tempo: 96, style: 'sensual' },
  { name: 'bodywaves', category: 'bodywaves', difficulty: 'advanced', energy_level: 'high', tempo: 140 },
  { name: 'ladyturn_left2', category: 'ladyturn', difficulty: 'beginner', energy_level: 'medium', tempo: 125 },
  { name: 'double headroll', category: 'headrolls', difficulty: 'intermediate', energy_level: 'medium', tempo: 128 },
  { name: 'golpes pinza sensual dip', category: 'golpes', difficulty: 'advanced', energy_level: 'high', tempo: 130 },
];
const vectors = moves.map((labels) => embed(labelFeatures(labels)) as Float32Array);
const best = (text: string): string | undefined => {
  const { vector, unwanted } = queryWords(text);
  const scores = moves.map((labels, at) => (vector === null || hasUnwanted(labels, unwanted) ? -1 : (vectors[at] as Float32Array).reduce((sum, value, i) => sum + value * (vector[i] as number), 0)));
  return moves[scores.indexOf(Math.max(...scores))]?.name;
};

test.each([
  ['slow sensual hip roll', 'slow_hiproll'],
  ['caderas lentas', 'slow_hiproll'],
  ['hüftkreisen', 'slow_hiproll'],
  ['body wave', 'bodywaves'],
  ['Körperwelle', 'bodywaves'],
  ['ondulation', 'bodywaves'],
  ['easy turn', 'ladyturn_left2'],
  ['vuelta facil', 'ladyturn_left2'],
  ['headrol', 'double headroll'],
  ['bodywvae', 'bodywaves'],
  ['pinza', 'golpes pinza sensual dip'],
  ['pinzza', 'golpes pinza sensual dip'],
  ['sensual, no dips', 'slow_hiproll'],
  ['sensual without hip rolls', 'golpes pinza sensual dip'],
  ['sensual -dip', 'slow_hiproll'],
])('"%s" finds %s', (text, name) => expect(best(text)).toBe(name));

describe('words', () => {
  test('lose their endings, accents and case, and compounds are taken apart', () => {
    expect(['rolls', 'rolling', 'spinning', 'rolled', 'cross', 'basics'].map(stem)).toEqual(['roll', 'roll', 'spin', 'roll', 'cross', 'basic']);
    expect(wordsOf('energeticGolpes_bodywaves2').map(({ text }) => text)).toEqual(['energetic', 'golpe', 'body', 'wave', '2']);
  });

  test('what is said of a hit are the words it shares with the query, the strongest first', () => {
    expect(matchedWords(queryWords('slow sensual hip roll'), moves[0] as LabelValues)).toEqual(expect.arrayContaining(['hip roll', 'sensual', 'slow']));
    expect(matchedWords(queryWords('footwork'), moves[0] as LabelValues)).toEqual([]);
  });

  test('a word that every move has counts less than a rare one', () => {
    const counts = { moves: 100, count: (feature: string) => (feature === 'c:sensual' ? 100 : 1) };
    const { features } = queryWords('sensual dip', counts);
    expect(features.get('c:sensual')).toBeLessThan(0.5 * (features.get('c:dip') ?? 0));
  });

  test('no words give no vector, and an embedding has length 1', () => {
    expect([queryWords('  ').vector, queryWords('the and of').vector, embed(labelFeatures({}))]).toEqual([null, null, null]);
    expect(Math.hypot(...(vectors[0] as Float32Array))).toBeCloseTo(1, 5);
  });
});

test.each([
  ['hedrol', 'double headroll', true],
  ['headrrol please', 'double headroll', true],
  ['zzzxq', 'double headroll', false],
  ['dblhdrl', 'double headroll', false],
  ['pinsa', 'golpes pinza sensual dip', true],
])('"%s" is spelt like "%s": %s', (text, name, isAlike) => {
  expect(isSpeltAlike(queryWords(text), { name })).toBe(isAlike);
});

test('what is only hinted at is said: isolation is near a hip roll, and not spelt like it', () => {
  const words = queryWords('isolation');
  expect([matchedWords(words, { name: 'hip roll' }), isSpeltAlike(words, { name: 'hip roll' })]).toEqual([[], false]);
  expect(sharedHints(words, { name: 'hip roll' })).not.toEqual([]);
  expect(sharedHints(queryWords('zzzxq'), { name: 'hip roll' })).toEqual([]);
});
