/** Which concepts a run of words names, also where one is misspelt. Pure. */
import { CONCEPTS, type Concept } from './vocabulary.ts';
import { type Word, isKnownWord, knownWords, rawWords, stem } from './words.ts';

export interface FoundConcept {
  readonly concept: Concept;
  /** 1 for its own words, less where a word had to be guessed. */
  readonly weight: number;
  readonly isUnwanted: boolean;
  /** Indices of its words. */
  readonly from: number;
  readonly to: number;
}

/** Concepts by the words of their names, joined. */
const byName = new Map<string, Concept[]>();
/** Names of several words written as one, for what is misspelt. */
const compounds = new Set<string>();
let longest = 1;
for (const concept of CONCEPTS) {
  for (const name of concept.names) {
    const words = rawWords(name).map(stem);
    longest = Math.max(longest, words.length);
    const compound = words.join('');
    if (words.length > 1) compounds.add(compound);
    for (const key of new Set([words.join(' '), compound])) {
      const held = byName.get(key) ?? [];
      if (!held.includes(concept)) byName.set(key, [...held, concept]);
    }
  }
}
export const conceptById: ReadonlyMap<string, Concept> = new Map(CONCEPTS.map((concept) => [concept.id, concept]));

/** Optimal string alignment distance, given up above `most`. Source: Damerau, CACM 7(3), 1964. */
export function spellingDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] as number) + Number(a[i - 1] !== b[j - 1]);
      let least = Math.min(change, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] as number) + 1);
      row.push(least);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length] as number;
}

/** The known word a misspelt one most likely stands for; null for short words and for what is too far from any. */
export function nearestKnownWord(word: string): string | null {
  const most = word.length >= 8 ? 2 : word.length >= 5 ? 1 : 0;
  if (most === 0 || isKnownWord(word)) return null;
  let best: { word: string; distance: number } | null = null;
  for (const known of [...knownWords(), ...compounds]) {
    if (known.length < 4) continue;
    const distance = spellingDistance(word, known, best === null ? most : best.distance - 1);
    if (distance <= (best === null ? most : best.distance - 1)) best = { word: known, distance };
    if (best?.distance === 1) break;
  }
  return best?.word ?? null;
}

const GUESSED = 0.8;

/** Concepts in order; of two that overlap in words the longer name counts. */
export function conceptsOf(words: readonly Word[]): FoundConcept[] {
  const read = words.map(({ text, isUnwanted }) => {
    const guess = nearestKnownWord(text);
    return { text: guess ?? text, weight: guess === null ? 1 : GUESSED, isUnwanted };
  });
  const found: FoundConcept[] = [];
  for (let from = 0; from < read.length; ) {
    let taken = 1;
    for (let count = Math.min(longest, read.length - from); count >= 1; count -= 1) {
      const run = read.slice(from, from + count);
      const concepts = byName.get(run.map(({ text }) => text).join(' '));
      if (!concepts) continue;
      const weight = Math.min(...run.map((word) => word.weight));
      for (const concept of concepts) found.push({ concept, weight, isUnwanted: run.some((word) => word.isUnwanted), from, to: from + count });
      taken = count;
      break;
    }
    from += taken;
  }
  return found;
}
