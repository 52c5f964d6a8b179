import { describe, expect, it } from 'vitest';

import { MoveFiltersSchema } from '../../src-main/contract/documents/move-search.ts';
import { mediaItem, move, songSummary } from '../../tests/fixtures/library-items.ts';
import { activeFilters, entriesOf, facetCounts, noFilters, ordered, passes, searchFilters, shelfOf, stateOf } from './library-entries.ts';

const items = [
  mediaItem('spin', { created_at: '2026-01-03T00:00:00.000Z' }),
  mediaItem('basic', { seconds: 3 }),
  mediaItem('turn', { is_missing: true }),
  mediaItem('holiday', { seconds: 600, features: 'none' }),
  mediaItem('song', { kind: 'audio', name: 'song.mp3', seconds: 180 }),
  mediaItem('cover', { kind: 'image', name: 'cover.png' }),
];
const moves = new Map(
  [
    move('spin', { category: 'spin', difficulty: 'advanced', energy_level: 'high', tempo: 130, name: 'Double spin' }, { activity: 0.9 }),
    move('basic', { category: 'basic', difficulty: 'beginner', energy_level: 'low', tempo: 96 }, { duration: 3, activity: 0.2, folder_id: 'f1' }),
    move('turn', { category: 'Spin', difficulty: 'beginner' }, { state: 'failed', activity: null }),
  ].map((each) => [each.id, each]),
);
const entries = entriesOf(items, moves, new Map([['song', songSummary('song')]]));
const shown = (filters: Partial<typeof noFilters>): string[] => entries.filter((entry) => passes(entry, { ...noFilters, ...filters })).map((entry) => entry.id);

describe('the library as one list', () => {
  it('names a move by its label and everything else by its file', () => {
    expect(entries.map((entry) => entry.name)).toEqual(['Double spin', 'basic.mp4', 'turn.mp4', 'holiday.mp4', 'song.mp3', 'cover.png']);
    expect(entries.map(shelfOf)).toEqual(['move', 'move', 'move', 'video', 'audio', 'image']);
  });

  it('filters by every dimension together, categories without case', () => {
    expect(shown({ shelf: 'move' })).toEqual(['spin', 'basic', 'turn']);
    expect(shown({ category: 'spin' })).toEqual(['spin', 'turn']);
    expect(shown({ category: 'spin', difficulty: 'beginner' })).toEqual(['turn']);
    expect(shown({ length: 'short' })).toEqual(['basic']);
    expect(shown({ folder: 'f1' })).toEqual(['basic']);
  });

  it('says missing before anything else of a file that is gone', () => {
    expect(entries.map(stateOf)).toEqual(['analysed', 'analysed', 'missing', null, 'analysed', null]);
    expect(shown({ state: 'missing' })).toEqual(['turn']);
  });

  it('counts what each value would show with the other filters as they are', () => {
    expect([...facetCounts(entries, noFilters, 'category')]).toEqual([
      ['spin', 2],
      ['basic', 1],
    ]);
    expect([...facetCounts(entries, { ...noFilters, difficulty: 'beginner', category: 'basic' }, 'category')]).toEqual([
      ['basic', 1],
      ['Spin', 1],
    ]);
    expect(facetCounts(entries, { ...noFilters, category: 'gone' }, 'category').get('gone')).toBe(0);
    expect(facetCounts(entries, { ...noFilters, shelf: 'move' }, 'length').get('phrase')).toBe(2);
  });

  it('stands in every order, those without a value last', () => {
    expect(ordered(entries, 'newest')[0]?.id).toBe('spin');
    expect(ordered(entries, 'tempo').map((entry) => entry.id).slice(0, 3)).toEqual(['basic', 'song', 'spin']);
    expect(ordered(entries, 'difficulty').map((entry) => entry.id).slice(0, 3)).toEqual(['basic', 'turn', 'spin']);
    expect(ordered(entries, 'activity').map((entry) => entry.id).slice(0, 2)).toEqual(['spin', 'basic']);
    expect(ordered(entries, 'name').map((entry) => entry.id)).toEqual(['basic', 'cover', 'spin', 'holiday', 'song', 'turn']);
  });

  it('asks a search with the filters it knows', () => {
    const filters = { ...noFilters, shelf: 'move' as const, difficulty: 'beginner' as const, length: 'longest' as const, state: 'missing' as const };
    expect(MoveFiltersSchema.parse(searchFilters(filters))).toEqual({ difficulty: 'beginner', min_duration: 20 });
    expect(activeFilters(filters)).toEqual(['shelf', 'difficulty', 'length', 'state']);
  });
});
