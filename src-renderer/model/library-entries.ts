/**
 * The library as one list: every media item with what is known of it as a move or a song; filters with the count each
 * would show, and the orders it can stand in. All of it pure, over a few thousand entries per call.
 */
import type { MediaItem } from '../../src-main/contract/documents/media-item.ts';
import { DIFFICULTIES } from '../../src-main/contract/documents/move.ts';
import type { Difficulty, EnergyLevel, Move } from '../../src-main/contract/documents/move.ts';
import type { MoveFilters } from '../../src-main/contract/documents/move-search.ts';
import type { SongSummary } from '../../src-main/contract/documents/song.ts';

export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly item: MediaItem;
  readonly move: Move | null;
  readonly song: SongSummary | null;
}

/** A move is a video item too, and stands among the moves only. */
export const SHELVES = ['all', 'move', 'video', 'audio', 'image'] as const;
export type Shelf = (typeof SHELVES)[number];

/** Lengths of clips, seconds, upper end left out. */
export const LENGTHS = { short: [0, 4], phrase: [4, 9], long: [9, 20], longest: [20, Infinity] } as const;
export type LengthName = keyof typeof LENGTHS;

export const STATES = ['analysed', 'making', 'failed', 'missing'] as const;
export type EntryState = (typeof STATES)[number];

export interface LibraryFilters {
  readonly shelf: Shelf;
  readonly category: string | null;
  readonly difficulty: Difficulty | null;
  readonly energy: EnergyLevel | null;
  readonly style: string | null;
  readonly length: LengthName | null;
  readonly folder: string | null;
  readonly state: EntryState | null;
}

export const noFilters: LibraryFilters = {
  shelf: 'all',
  category: null,
  difficulty: null,
  energy: null,
  style: null,
  length: null,
  folder: null,
  state: null,
};

/** Joins what the program knows by id, in the order of the items. */
export function entriesOf(items: readonly MediaItem[], moves: ReadonlyMap<string, Move>, songs: ReadonlyMap<string, SongSummary>): Entry[] {
  return items.map((item) => {
    const move = moves.get(item.id) ?? null;
    const song = songs.get(item.id) ?? null;
    return { id: item.id, name: move?.labels.name?.value ?? song?.info.title ?? item.name, item, move, song };
  });
}

export function durationOf({ item, move }: Entry): number {
  return item.kind === 'image' ? 0 : (move?.duration ?? item.probe.duration_s);
}

export function isMissing({ item, move }: Entry): boolean {
  return item.is_missing || (move?.is_missing ?? false);
}

export function shelfOf({ item, move }: Entry): Exclude<Shelf, 'all'> {
  return move ? 'move' : item.kind;
}

export function stateOf(entry: Entry): EntryState | null {
  if (isMissing(entry)) return 'missing';
  const state = entry.move?.state ?? (entry.item.kind === 'audio' ? (entry.song?.state ?? 'none') : entry.item.features);
  if (state === 'ready') return 'analysed';
  return state === 'making' || state === 'failed' ? state : null;
}

const inLength = (entry: Entry, name: LengthName): boolean => {
  const [least, most] = LENGTHS[name];
  const seconds = durationOf(entry);
  return entry.item.kind !== 'image' && seconds >= least && seconds < most;
};

/** The value of an entry in each dimension that is filtered by equality; null where it has none. */
const VALUES = {
  category: ({ move }: Entry) => move?.labels.category?.value ?? null,
  difficulty: ({ move }: Entry) => move?.labels.difficulty?.value ?? null,
  energy: ({ move }: Entry) => move?.labels.energy_level?.value ?? null,
  style: ({ move }: Entry) => move?.labels.style?.value ?? null,
  folder: ({ move }: Entry) => move?.folder_id ?? null,
  state: stateOf,
  shelf: shelfOf,
} as const satisfies Record<string, (entry: Entry) => string | null>;

export type Facet = keyof typeof VALUES | 'length';

const same = (a: string | null, b: string): boolean => a !== null && a.toLocaleLowerCase() === b.toLocaleLowerCase();

function passesFacet(entry: Entry, filters: LibraryFilters, facet: Facet): boolean {
  const wanted = filters[facet];
  if (wanted === null || (facet === 'shelf' && wanted === 'all')) return true;
  return facet === 'length' ? inLength(entry, wanted as LengthName) : same(VALUES[facet](entry), wanted);
}

const FACETS: readonly Facet[] = ['shelf', 'category', 'difficulty', 'energy', 'style', 'length', 'folder', 'state'];

export function passes(entry: Entry, filters: LibraryFilters, without?: Facet): boolean {
  return FACETS.every((facet) => facet === without || passesFacet(entry, filters, facet));
}

/**
 * How many entries each value of a facet would show with the other filters as they are. Values in falling count, the
 * chosen one always among them.
 */
export function facetCounts(entries: readonly Entry[], filters: LibraryFilters, facet: Facet): ReadonlyMap<string, number> {
  const counts = new Map<string, { value: string; count: number }>();
  const add = (value: string, by: number): void => {
    const key = value.toLocaleLowerCase();
    const known = counts.get(key);
    counts.set(key, { value: known?.value ?? value, count: (known?.count ?? 0) + by });
  };
  for (const entry of entries) {
    if (!passes(entry, filters, facet)) continue;
    if (facet === 'length') for (const name of Object.keys(LENGTHS) as LengthName[]) add(name, inLength(entry, name) ? 1 : 0);
    else add(VALUES[facet](entry) ?? '', 1);
  }
  const chosen = filters[facet];
  if (chosen !== null && chosen !== 'all') add(chosen, 0);
  const sorted = [...counts.values()].filter(({ value }) => value !== '').sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
  return new Map(sorted.map(({ value, count }) => [value, count]));
}

export function activeFilters(filters: LibraryFilters): Facet[] {
  return FACETS.filter((facet) => filters[facet] !== null && filters[facet] !== 'all');
}

/** The filters a search is asked with; what a search does not know (missing, analysed) is filtered afterwards. */
export function searchFilters(filters: LibraryFilters): MoveFilters {
  const [least, most] = filters.length === null ? [0, Infinity] : LENGTHS[filters.length];
  return {
    ...(filters.category === null ? {} : { category: filters.category }),
    ...(filters.difficulty === null ? {} : { difficulty: filters.difficulty }),
    ...(filters.energy === null ? {} : { energy_level: filters.energy }),
    ...(filters.style === null ? {} : { style: filters.style }),
    ...(filters.folder === null ? {} : { folder_id: filters.folder }),
    ...(least > 0 ? { min_duration: least } : {}),
    ...(most < Infinity ? { max_duration: most } : {}),
  };
}

export const ORDERS = ['newest', 'name', 'category', 'difficulty', 'activity', 'tempo', 'duration'] as const;
export type Order = (typeof ORDERS)[number];

const byNumber = (of: (entry: Entry) => number | null) => (a: Entry, b: Entry) => (of(a) ?? Infinity) - (of(b) ?? Infinity);
const byText = (of: (entry: Entry) => string | null) => (a: Entry, b: Entry) =>
  (of(a) ?? '\uffff').localeCompare(of(b) ?? '\uffff', undefined, { numeric: true, sensitivity: 'base' });

const COMPARE: Record<Order, (a: Entry, b: Entry) => number> = {
  newest: (a, b) => b.item.created_at.localeCompare(a.item.created_at),
  name: byText((entry) => entry.name),
  category: byText(VALUES.category),
  difficulty: byNumber((entry) => {
    const index = DIFFICULTIES.indexOf(VALUES.difficulty(entry) as Difficulty);
    return index === -1 ? null : index;
  }),
  activity: (a, b) => (b.move?.activity ?? -1) - (a.move?.activity ?? -1),
  tempo: byNumber((entry) => entry.move?.labels.tempo?.value ?? entry.song?.tempo ?? null),
  duration: byNumber(durationOf),
};

/** In an order; those without a value last, equals by name. */
export function ordered(entries: readonly Entry[], order: Order): Entry[] {
  const [first, second] = [COMPARE[order], COMPARE.name];
  return [...entries].sort((a, b) => first(a, b) || second(a, b) || a.id.localeCompare(b.id));
}
