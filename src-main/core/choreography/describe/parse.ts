/**
 * Free text → what was understood, with no network and no model: words and phrases of a lexicon, negations with their
 * reach, tempo, quoted titles. What is not understood is named, not guessed. Never throws.
 */
import { DEFAULT_CHOREOGRAPHY_PARAMETERS, type ChoreographyParameters, type Chip, type ParsedRequest, type SongWish } from '../../../contract/documents/choreography.ts';
import { choreographyText as say } from '../../../contract/text/en/choreography.ts';
import { type Denial, listed, reaching } from './denial.ts';
import { FILLERS, LEXICON, LONGEST_ENTRY, type Meaning, NEGATIONS, NO_THING, SILENT, TURNS } from './lexicon.ts';
import { tempoWish } from './tempo.ts';
import { type Word, folded, stemOf, wordsOf } from './words.ts';

/** Words the user's own library and songs know. */
export interface Vocabulary {
  /** Categories and tags of moves. */
  readonly moves: readonly string[];
  readonly styles: readonly string[];
}

const MOST_TEXT = 2000;
const MOST_WORDS = 40;
const LONGEST_WORD = 80;

interface Understood {
  readonly parameters: { -readonly [Name in keyof ChoreographyParameters]: ChoreographyParameters[Name] };
  readonly song: { words: string[]; tempo: SongWish['tempo']; bpm: SongWish['bpm'] };
  readonly chips: Chip[];
  readonly ignored: string[];
  readonly notes: string[];
  /** Then a dance says nothing of which song. */
  readonly isSongGiven: boolean;
}

/** A phrase of the lexicon at a place, or null. */
interface Found {
  readonly meaning: Meaning;
  readonly length: number;
}

export function parseRequest(given: string, vocabulary: Vocabulary = { moves: [], styles: [] }, { isSongGiven = false } = {}): ParsedRequest {
  const text = given.slice(0, MOST_TEXT);
  const understood: Understood = {
    parameters: { ...DEFAULT_CHOREOGRAPHY_PARAMETERS, prefer: [], avoid: [] },
    song: { words: [], tempo: null, bpm: null },
    chips: [],
    ignored: [],
    notes: [],
    isSongGiven,
  };
  const tempo = tempoWish(text);
  if (tempo !== null) {
    understood.song.bpm = [...tempo.bpm];
    understood.chips.push({ kind: 'tempo', label: say.bpm(tempo.bpm), said: tempo.said });
  }
  const words = wordsOf(text).filter((word) => tempo === null || word.to <= tempo.from || word.from >= tempo.to);
  read(text, words, lexiconWith(vocabulary), understood);
  const { parameters, song, chips, ignored, notes } = understood;
  return { text, parameters, song, chips, ignored, notes, source: 'local' };
}

function lexiconWith({ moves, styles }: Vocabulary): (phrase: string) => Meaning | undefined {
  const own = new Map<string, Meaning>();
  const key = (entry: string): string => entry.split(/[\s_-]+/).map(stemOf).join(' ').trim();
  for (const value of moves) own.set(key(value), { kind: 'move', value: folded(value).replaceAll(/[\s_-]+/g, ' ').slice(0, LONGEST_WORD) });
  for (const value of styles) own.set(key(value), { kind: 'style', value: folded(value).slice(0, LONGEST_WORD) });
  return (phrase) => LEXICON.get(phrase) ?? own.get(phrase);
}

function found(words: readonly Word[], at: number, meaningOf: (phrase: string) => Meaning | undefined): Found | null {
  for (let length = Math.min(LONGEST_ENTRY, words.length - at); length >= 1; length -= 1) {
    const part = words.slice(at, at + length);
    if (part.some((word, index) => word.quoted !== null || (index > 0 && word.isAfterStop))) continue;
    const meaning = meaningOf(part.map(({ stem }) => stem).join(' '));
    if (meaning) return { meaning, length };
  }
  return null;
}

function read(text: string, words: readonly Word[], meaningOf: (phrase: string) => Meaning | undefined, into: Understood): void {
  let denial: Denial | null = null;
  for (let at = 0; at < words.length; ) {
    const word = words[at] as Word;
    const phrase = found(words, at, meaningOf);
    denial = reaching(denial, word, phrase?.meaning ?? null);
    if (phrase !== null) {
      const last = words[at + phrase.length - 1] as Word;
      take(phrase.meaning, denial !== null, text.slice(denial?.from ?? word.from, last.to), into);
      at += phrase.length;
      denial = listed(denial, phrase.meaning.kind, words[at]);
      continue;
    }
    const step = other(text, words, { at, denial }, into);
    denial = step.denial;
    at += step.length;
  }
}

interface Step {
  readonly denial: Denial | null;
  readonly length: number;
}

/** A word that is no entry: a negation, a filler, a title, or something to be named as not understood. */
function other(text: string, words: readonly Word[], { at, denial }: { at: number; denial: Denial | null }, into: Understood): Step {
  const word = words[at] as Word;
  if (word.quoted !== null) {
    wishFor([word.quoted], word.quoted, into);
    return { denial: null, length: 1 };
  }
  // "don’t avoid": two that follow each other take each other back.
  if (NEGATIONS.has(word.stem)) return { denial: denial === null ? { from: word.from, before: null, link: null } : null, length: 1 };
  if (TURNS.has(word.stem)) return { denial: null, length: 1 };
  if (denial !== null && FILLERS.has(word.stem)) return { denial, length: 1 };
  const title = titleAt(words, at);
  if (title > 1) {
    const part = words.slice(at + 1, at + title);
    wishFor(part.map(({ stem }) => stem), text.slice(word.from, part.at(-1)?.to), into);
    return { denial: null, length: title };
  }
  const saysNothing = SILENT.has(word.stem) || NO_THING.has(word.stem);
  if (denial !== null && !saysNothing && word.stem.length > 2) {
    take({ kind: 'move', value: word.stem.slice(0, LONGEST_WORD) }, true, text.slice(denial.from, word.to), into);
    return { denial: listed(denial, 'move', words[at + 1]), length: 1 };
  }
  if (!saysNothing) into.ignored.push(text.slice(word.from, word.to));
  return { denial: null, length: 1 };
}

const MARKS = new Set(['by', 'called', 'titled', 'named']);

/** Words from a mark such as "by" and the capitals after it; 0 where there are none. */
function titleAt(words: readonly Word[], at: number): number {
  const mark = words[at] as Word;
  const isMark = MARKS.has(mark.stem) || (mark.stem === 'to' && words[at + 1]?.isCapital === true);
  if (!isMark) return 0;
  let length = 1;
  while (words[at + length]?.isCapital === true && words[at + length]?.quoted === null && words[at + length]?.isAfterStop === false) length += 1;
  return length > 1 ? length : 0;
}

function wishFor(given: readonly string[], said: string, into: Understood): void {
  const words = given.map((word) => word.trim().slice(0, LONGEST_WORD)).filter((word) => word !== '');
  if (words.length === 0 || into.song.words.length + words.length > MOST_WORDS) return;
  into.song.words.push(...words);
  into.chips.push({ kind: 'song', label: say.song(words.join(' ').slice(0, 80)), said: said.slice(0, 500) });
}

/** A dance helps to choose a song; it names none. */
function danceOf(value: string, said: string, { song, chips, isSongGiven }: Understood): void {
  if (!isSongGiven && song.words.length < MOST_WORDS) song.words.push(value);
  if (!chips.some(({ kind, label }) => kind === 'dance' && label === say.dance(value))) chips.push({ kind: 'dance', label: say.dance(value), said });
}

/** What is not wanted turns into what is next to it; what has no neighbour is avoided as a word. */
const INSTEAD = {
  difficulty: { beginner: 'intermediate', intermediate: 'beginner', advanced: 'intermediate' },
  energy: { low: 'medium', medium: null, high: 'low' },
  tempo: { slow: 'medium', medium: null, fast: 'medium' },
} as const;

function take(meaning: Meaning, isDenied: boolean, saidWhole: string, into: Understood): void {
  const said = saidWhole.slice(0, 500);
  const { parameters, song } = into;
  switch (meaning.kind) {
    case 'difficulty':
      return setOnce(into, 'difficulty', isDenied ? INSTEAD.difficulty[meaning.value] : meaning.value, { isDenied, wanted: meaning.value, said });
    case 'energy':
      return setOnce(into, 'energy_level', isDenied ? INSTEAD.energy[meaning.value] : meaning.value, { isDenied, wanted: meaning.value, said });
    case 'transition':
      return setOnce(into, 'transition', isDenied ? (meaning.value === 'cut' ? 'crossfade' : 'cut') : meaning.value, { isDenied, wanted: meaning.value, said });
    case 'counts':
      return isDenied ? undefined : setOnce(into, 'counts', meaning.value, { isDenied, wanted: String(meaning.value), said });
    case 'tempo':
      song.tempo ??= isDenied ? INSTEAD.tempo[meaning.value] : meaning.value;
      into.chips.push({ kind: 'tempo', label: say.tempo(meaning.value, isDenied), said });
      return undefined;
    case 'style':
    case 'mood':
      if (isDenied) return addWord(parameters.avoid, meaning.value, { kind: 'avoid', said }, into);
      return setOnce(into, meaning.kind === 'style' && parameters.style === null ? 'style' : 'mood', meaning.value, { isDenied, wanted: meaning.value, said });
    case 'move':
      return addWord(isDenied ? parameters.avoid : parameters.prefer, meaning.value, { kind: isDenied ? 'avoid' : 'prefer', said }, into);
    case 'genre':
      return isDenied ? undefined : danceOf(meaning.value, said, into);
  }
}

const CHIP_OF = { difficulty: 'difficulty', energy_level: 'energy', transition: 'transition', counts: 'counts', style: 'style', mood: 'mood' } as const;

/** The first word on a matter holds; a second one that says otherwise is told. */
function setOnce<Name extends keyof typeof CHIP_OF>(into: Understood, name: Name, value: ChoreographyParameters[Name] | null, { isDenied, wanted, said }: { isDenied: boolean; wanted: string; said: string }): void {
  const { parameters, chips } = into;
  const kind = CHIP_OF[name];
  const chip = chips.find((each) => each.kind === kind);
  if (chip !== undefined) {
    if (parameters[name] !== value) into.notes.push(say.twice(chip.label, said));
    return;
  }
  if (value !== null) parameters[name] = value as (typeof parameters)[Name];
  chips.push({ kind, label: say.chip(kind, wanted, isDenied), said });
}

function addWord(words: string[], value: string, { kind, said }: { kind: 'avoid' | 'prefer'; said: string }, into: Understood): void {
  if (words.includes(value) || words.length >= MOST_WORDS) return;
  words.push(value);
  // What is not wanted wins over what is.
  const other = kind === 'avoid' ? into.parameters.prefer : into.parameters.avoid;
  if (other.includes(value)) into.notes.push(say.bothWays(value));
  if (kind === 'avoid') into.parameters.prefer = into.parameters.prefer.filter((word) => word !== value);
  else if (other.includes(value)) into.parameters.prefer = into.parameters.prefer.filter((word) => word !== value);
  into.chips.push({ kind, label: say.chip(kind, value, false), said });
}
