import { describe, expect, it } from 'vitest';

import { move } from '../../tests/fixtures/library-items.ts';
import { mergedLabels, tagChanges, tagCounts, vocabulary } from './move-labels.ts';

const moves = [
  move('a', { category: 'spin', difficulty: 'beginner', tags: ['left', 'slow'] }),
  move('b', { category: 'spin', difficulty: 'advanced', tags: ['left'] }, { origin: 'user' }),
  move('c', { category: 'spin', style: 'sensual' }),
];

describe('labels of several moves', () => {
  it('show a common value, and that others differ', () => {
    const { category, difficulty, style, tempo } = mergedLabels(moves);
    expect(category).toEqual({ value: 'spin', isMixed: false, origin: null });
    expect(difficulty).toEqual({ value: null, isMixed: true, origin: null });
    expect(style.isMixed).toBe(true);
    expect(tempo).toEqual({ value: null, isMixed: false, origin: null });
    expect(mergedLabels(moves.slice(0, 1)).category.origin).toBe('annotation');
  });

  it('add a tag to each one’s own, and leave alone those that have it or lack it already', () => {
    expect(tagChanges(moves, 'left', true)).toEqual([
      { ids: ['a'], labels: { tags: ['slow', 'left'] } },
      { ids: ['c'], labels: { tags: ['left'] } },
    ]);
    expect(tagChanges(moves, 'left', false)).toEqual([
      { ids: ['a'], labels: { tags: ['slow'] } },
      { ids: ['b'], labels: { tags: [] } },
    ]);
  });

  it('say which words are in use', () => {
    expect([...tagCounts(moves)]).toEqual([
      ['left', 2],
      ['slow', 1],
    ]);
    expect(vocabulary(moves, 'category')).toEqual(['spin']);
    expect(vocabulary(moves, 'style')).toEqual(['sensual']);
  });
});
