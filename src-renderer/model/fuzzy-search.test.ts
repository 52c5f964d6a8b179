import { describe, expect, it } from 'vitest';

import { search } from './fuzzy-search.ts';

const commands = ['Undo', 'Redo', 'Zoom to fit', 'Zoom in', 'Export film', 'Set range start'];
const find = (query: string) => search(commands, query, (text) => text);

describe('search', () => {
  it('keeps everything in order for an empty query', () => {
    expect(find(' ')).toEqual(commands);
  });

  it('puts word starts before letters inside words', () => {
    expect(find('do')).toEqual(['Undo', 'Redo']);
    expect(find('f')[0]).toBe('Export film');
  });

  it('needs every word, in any order', () => {
    expect(find('fit zoom')).toEqual(['Zoom to fit']);
    expect(find('zoom export')).toEqual([]);
  });

  it('finds letters in order', () => {
    expect(find('exprt')).toEqual(['Export film']);
  });
});
