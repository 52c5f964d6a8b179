/**
 * A question in words: what it looks for, what it would rather have (tempo, energy, difficulty, mood), and what it does not
 * want. Words that many moves share count less than rare ones. Pure.
 */
import { type FoundConcept, conceptsOf } from './concepts.ts';
import { type Features, addWords, embed, labelFeatures, threesOf } from './lexical-embedding.ts';
import type { LabelValues } from '../ports.ts';
import { type Word, wordsOf } from './words.ts';

export interface QueryWords {
  readonly vector: Float32Array | null;
  /** Features that are wanted, by name; for the reasons of hits. */
  readonly features: Features;
  /** Features of which a move may have none. */
  readonly unwanted: ReadonlySet<string>;
}

/** How many moves have a feature, of how many. */
export interface FeatureCounts {
  readonly moves: number;
  count(feature: string): number;
}

/** 1 for what no move has, falling slowly to about a third for what all have. Damped: the query stays about its words. */
function rarity(feature: string, { moves, count }: FeatureCounts): number {
  if (moves === 0) return 1;
  const idf = Math.log((moves + 1) / (count(feature) + 1)) / Math.log(moves + 1);
  return Math.sqrt(0.1 + 0.9 * idf);
}

const isOver = (concept: FoundConcept, at: number): boolean => at >= concept.from && at < concept.to;

function unwantedOf(words: readonly Word[], concepts: readonly FoundConcept[]): Set<string> {
  const names = new Set(concepts.filter(({ isUnwanted }) => isUnwanted).map(({ concept }) => `c:${concept.id}`));
  for (const [at, { text, isUnwanted }] of words.entries()) {
    if (isUnwanted && !concepts.some((concept) => isOver(concept, at))) names.add(`w:${text}`);
  }
  return names;
}

export function queryWords(text: string, counts: FeatureCounts = { moves: 0, count: () => 0 }): QueryWords {
  const words = wordsOf(text);
  const concepts = conceptsOf(words);
  const features: Features = new Map();
  // Positions matter to concepts, so the unwanted words are blanked, not removed.
  const wanted = words.filter(({ isUnwanted }) => !isUnwanted);
  const shift = (at: number): number => words.slice(0, at).filter(({ isUnwanted }) => !isUnwanted).length;
  addWords(features, wanted, concepts.filter(({ isUnwanted }) => !isUnwanted).map((found) => ({ ...found, from: shift(found.from), to: shift(found.to) })));
  for (const [name, weight] of features) features.set(name, weight * rarity(name, counts));
  return { vector: embed(features), features, unwanted: unwantedOf(words, concepts) };
}

/** What query and move both hint at, the strongest first: "isolation" of a hip roll. */
export function sharedHints({ features }: QueryWords, labels: LabelValues, theirs = labelFeatures(labels)): string[] {
  return [...features]
    .filter(([name]) => name.startsWith('c:') && theirs.has(name))
    .sort(([a, one], [b, other]) => other * (theirs.get(b) ?? 0) - one * (theirs.get(a) ?? 0))
    .map(([name]) => name.slice(2))
    .slice(0, 2);
}

/** Of a word's letters by threes, the share that makes it spelt like another. */
const ALIKE = 1 / 3;

/** Whether a word of the query is spelt like something in the move's labels. The vectors alone cannot tell: different letters may share a place. */
export function isSpeltAlike({ features }: QueryWords, labels: LabelValues, theirs = labelFeatures(labels)): boolean {
  return [...features.keys()].some((name) => {
    if (!name.startsWith('w:')) return false;
    const threes = threesOf(name.slice(2));
    return threes.filter((three) => theirs.has(`3:${three}`)).length >= ALIKE * threes.length;
  });
}

/** Whether a move has what is not wanted: its own concepts and words, not what they hint at. */
export function hasUnwanted(labels: LabelValues, unwanted: ReadonlySet<string>): boolean {
  if (unwanted.size === 0) return false;
  const features = labelFeatures(labels);
  for (const name of unwanted) if ((features.get(name) ?? 0) >= OWN) return true;
  return false;
}

/** The weight from which a feature is a move's own, not a hint: hints come to less. */
const OWN = 0.45;
/** The same of a query, whose features may be damped. */
const OWN_WANTED = 0.17;

/** The words of the query a move answers to, the strongest first: "hip roll", "slow". */
export function matchedWords({ features }: QueryWords, labels: LabelValues, theirs = labelFeatures(labels)): string[] {
  const matched = [...features]
    .filter(([name, weight]) => !name.startsWith('3:') && (theirs.get(name) ?? 0) >= OWN && weight >= OWN_WANTED)
    .map(([name, weight]) => ({ name: name.slice(2), isConcept: name.startsWith('c:'), strength: weight * (theirs.get(name) ?? 0) }))
    .sort((a, b) => b.strength - a.strength);
  const said: string[] = [];
  for (const { name, isConcept } of matched) {
    // "hip roll" says "hip" and "roll" as well.
    if (!isConcept && said.some((other) => other.split(' ').includes(name))) continue;
    said.push(name);
  }
  return said.slice(0, 4);
}
