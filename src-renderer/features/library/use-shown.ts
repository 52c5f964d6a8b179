/** What the grid shows: everything that passes the filters in order, or the answer to a question with each hit's reason. */
import { useEffect, useMemo, useState } from 'react';

import { isAbort, toAppError } from '../../../src-main/contract/errors.ts';
import type { AppError } from '../../../src-main/contract/errors.ts';
import type { MoveHit, MoveSearchResult } from '../../../src-main/contract/documents/move-search.ts';
import { call } from '../../api/client.ts';
import { search } from '../../model/fuzzy-search.ts';
import { entriesOf, ordered, passes, searchFilters } from '../../model/library-entries.ts';
import type { Entry, LibraryFilters } from '../../model/library-entries.ts';
import { useMedia } from '../../stores/media-store.ts';
import { useMoves } from '../../stores/move-store.ts';
import { useSongs } from '../../stores/song-store.ts';
import { useLibraryView } from './library-view.ts';
import type { Example } from './library-view.ts';

export interface ShownEntry {
  readonly entry: Entry;
  readonly hit: MoveHit | null;
}

/** All entries, joined once per change. */
export function useEntries(): readonly Entry[] {
  const items = useMedia((state) => state.items);
  const moves = useMoves((state) => state.moves);
  const songs = useSongs((state) => state.songs);
  return useMemo(() => entriesOf(items, moves, songs), [items, moves, songs]);
}

const TYPING_MS = 180;
const MOST_SHOWN = 300;

export interface Answer {
  readonly result: MoveSearchResult | null;
  readonly error: AppError | null;
  readonly isSearching: boolean;
  /** Asks once more after a failure. */
  readonly again: () => void;
}

interface Question {
  readonly words: string;
  readonly example: Example | null;
  readonly filters: LibraryFilters;
}

const bodyOf = ({ words, example, filters }: Question) => ({
  ...(example ? { [example.kind]: example.id } : { text: words.trim() }),
  filters: searchFilters(filters),
  top: MOST_SHOWN,
});

const UNASKED: { readonly key: string; readonly result: MoveSearchResult | null; readonly error: AppError | null } = { key: '', result: null, error: null };

/** Moves by words or by example; the newest question's answer, the one before it until that arrives. */
function useAnswer(question: Question, isAsked: boolean): Answer {
  const [state, setState] = useState(UNASKED);
  const [attempts, setAttempts] = useState(0);
  // Labels and analyses change the answer; it is asked for again while the old one stays.
  const moves = useMoves((each) => each.moves);
  const body = bodyOf(question);
  const key = isAsked ? `${attempts}${JSON.stringify(body)}` : '';
  // An answer is not that of the next question, when nothing was asked between them.
  if (key === '' && state !== UNASKED) setState(UNASKED);
  useEffect(() => {
    if (key === '') return undefined;
    const abort = new AbortController();
    const timer = setTimeout(
      () => {
        call('searchMoves', { body: JSON.parse(key.replace(/^\d+/, '')) as typeof body, signal: abort.signal }).then(
          (result) => setState({ key, result, error: null }),
          (error: unknown) => (isAbort(error) ? undefined : setState({ key, result: null, error: toAppError(error) })),
        );
      },
      question.example ? 0 : TYPING_MS,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, question.example, moves]);
  const again = (): void => setAttempts((count) => count + 1);
  if (!isAsked) return { result: null, error: null, isSearching: false, again };
  return { result: state.key === '' ? null : state.result, error: state.key === key ? state.error : null, isSearching: state.key !== key, again };
}

export interface Shown {
  readonly entries: readonly Entry[];
  readonly shown: readonly ShownEntry[];
  readonly answer: Answer;
}

export function useShown(): Shown {
  const entries = useEntries();
  const { filters, order, words, example } = useLibraryView();
  const hasMoves = useMoves((state) => state.moves.size > 0);
  const isQuestion = words.trim() !== '' || example !== null;
  const asksMoves = hasMoves && (filters.shelf === 'all' || filters.shelf === 'move');
  const answer = useAnswer({ words, example, filters }, isQuestion && asksMoves);
  const { result } = answer;
  // Before the first answer what was there stays: an empty grid would say that nothing is found.
  const isAwaited = result === null && answer.isSearching;
  const shown = useMemo((): ShownEntry[] => {
    const passing = entries.filter((entry) => passes(entry, filters));
    if (!isQuestion || isAwaited) return ordered(passing, order).map((entry) => ({ entry, hit: null }));
    const isName = (entry: Entry): string => entry.name;
    if (!asksMoves) return search(passing, words, isName).map((entry) => ({ entry, hit: null }));
    const others = example ? [] : search(passing.filter(({ move }) => move === null), words, isName);
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    // The answer's filters may be wider than asked, and say so; the state is ours to filter by.
    const isWanted = (entry: Entry): boolean => filters.state === null || passes(entry, { ...filters, category: null, difficulty: null, energy: null, style: null, length: null, folder: null });
    const hits = (result?.hits ?? []).flatMap((hit) => {
      const entry = byId.get(hit.id);
      return entry && isWanted(entry) ? [{ entry, hit }] : [];
    });
    return [...others.map((entry) => ({ entry, hit: null })), ...hits];
  }, [entries, filters, order, words, example, isQuestion, isAwaited, asksMoves, result]);
  return { entries, shown, answer };
}
