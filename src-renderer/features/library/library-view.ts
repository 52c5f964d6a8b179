/** What the library shows and what is selected in it; kept while one works elsewhere. */
import { create } from 'zustand';

import { noFilters } from '../../model/library-entries.ts';
import type { LibraryFilters, Order } from '../../model/library-entries.ts';
import { noSelection, selectOne } from '../../model/selection.ts';
import type { Selection } from '../../model/selection.ts';

/** A question by example instead of words. */
export interface Example {
  readonly kind: 'like' | 'follow';
  readonly id: string;
  readonly name: string;
}

interface LibraryViewState {
  readonly filters: LibraryFilters;
  readonly order: Order;
  readonly words: string;
  readonly example: Example | null;
  readonly selection: Selection;
  /** The song that is open instead of the grid. */
  readonly openSongId: string | null;
  /** Filters over a narrow window. */
  readonly areFiltersOpen: boolean;
}

export const useLibraryView = create<LibraryViewState>()(() => ({
  filters: noFilters,
  order: 'newest',
  words: '',
  example: null,
  selection: noSelection,
  openSongId: null,
  areFiltersOpen: false,
}));

export const setFilters = (filters: LibraryFilters): void => useLibraryView.setState({ filters });
export const setWords = (words: string): void => useLibraryView.setState({ words, example: null });
export const setSelection = (selection: Selection): void => useLibraryView.setState({ selection });
export const openSongView = (id: string): void => useLibraryView.setState({ openSongId: id, selection: selectOne(id) });
export const closeSongView = (): void => useLibraryView.setState({ openSongId: null });

/** Asks by example; words make way. */
export function askByExample(kind: Example['kind'], id: string, name: string): void {
  useLibraryView.setState({ example: { kind, id, name }, words: '' });
}

export function clearQuestion(): void {
  useLibraryView.setState({ words: '', example: null, filters: noFilters });
}

/** Escape: takes back one thing, the innermost first. @returns whether there was one */
export function stepBack(): boolean {
  const { example, words, selection, areFiltersOpen, openSongId } = useLibraryView.getState();
  if (openSongId !== null) closeSongView();
  else if (areFiltersOpen) useLibraryView.setState({ areFiltersOpen: false });
  else if (example) useLibraryView.setState({ example: null });
  else if (words !== '') setWords('');
  else if (selection.ids.size > 0) setSelection(noSelection);
  else return false;
  return true;
}
