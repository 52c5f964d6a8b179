/**
 * How far a negation reaches. It denies the first thing after it, then goes on over a list: other moves ("no dips, spins
 * and lifts"), or anything after "or" ("not sad or slow"). A new quality, a new clause and "with" end it. Pure.
 */
import { FILLERS, type Meaning, NEGATIONS, listOf } from './lexicon.ts';
import type { Word } from './words.ts';

export interface Denial {
  /** Where what is denied begins in the text: at the negation, then at the next of the list. */
  readonly from: number;
  /** What was denied last; null before anything was. */
  readonly before: Meaning['kind'] | null;
  /** How the list goes on. */
  readonly link: 'and' | 'or' | null;
}

const LINKS = { and: 'and', or: 'or' } as const;
/** Between the parts of a list; "more" or "want" would begin a wish. */
const LISTED = new Set(listOf('any, the, a, an, of, kind, type, too, very, much, overly, single'));

/** What is left of a denial at a word, where a phrase of the lexicon begins or none. */
export function reaching(denial: Denial | null, word: Word, phrase: Meaning | null): Denial | null {
  if (denial === null) return null;
  const { before, link } = denial;
  if (before === null) return word.isAfterStop ? null : denial;
  if (word.isAfterStop && !word.isAfterComma) return null;
  if (phrase !== null) return link === 'or' || (before === 'move' && phrase.kind === 'move') ? denial : null;
  const joins = LINKS[word.stem as keyof typeof LINKS];
  if (joins !== undefined) return { ...denial, link: joins };
  if (LISTED.has(word.stem)) return denial;
  // A word nobody knows is of the list only where the list says that it goes on.
  return link === null || FILLERS.has(word.stem) || NEGATIONS.has(word.stem) ? null : denial;
}

/** After something was denied: the list may go on with the next word. */
export function listed(denial: Denial | null, kind: Meaning['kind'], next: Word | undefined): Denial | null {
  return denial === null || next === undefined ? null : { from: next.from, before: kind, link: null };
}
