/**
 * The text embedding "lexical-1": 384 numbers of hashed features over words. A feature is a concept of the vocabulary, a
 * word, or three letters of a word (for what is misspelt or unknown); each is hashed with a sign to two places (letters to one).
 * Source of the hashing: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009. Pure.
 */
import { EMBEDDING_DIMENSIONS, type Difficulty, type EnergyLevel } from '../../../contract/documents/move.ts';
import type { LabelValues } from '../ports.ts';
import { type FoundConcept, conceptsOf } from './concepts.ts';
import { HINTS } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

export const TEXT_SPACE = 'lexical-1';
const LENGTH = EMBEDDING_DIMENSIONS.text;

/** Weight of each feature by its name: "c:hip roll", "w:roll", "3:rol". */
export type Features = Map<string, number>;

const WORD = 0.6;
const LETTERS = 0.35;
/** What tempo, energy and difficulty count next to what a move is. */
const RANK = 0.55;
const MOOD = 0.8;
const DANCE = 0.5;

/** FNV-1a, 32 bits, over UTF-16 units. Source: Fowler, Noll, Vo; draft-eastlake-fnv. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  // The low bits of FNV are weak for short texts: mixed once more (MurmurHash3's finaliser).
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

function add(features: Features, name: string, weight: number): void {
  // A word said twice is hardly more than one said once.
  features.set(name, Math.max(features.get(name) ?? 0, weight));
}

/** Its letters by threes, beginning and end marked: "hip" → ^hi, hip, ip$. */
export function threesOf(word: string): string[] {
  const padded = `^${word}$`;
  return Array.from({ length: Math.max(1, padded.length - 2) }, (_, at) => padded.slice(at, at + 3));
}

export function weightOf({ facet }: FoundConcept['concept']): number {
  if (facet === 'tempo' || facet === 'energy' || facet === 'difficulty') return RANK;
  if (facet === 'mood') return MOOD;
  return facet === 'dance' ? DANCE : 1;
}

/** Adds what words say: their concepts with hints, themselves, and their letters. */
export function addWords(features: Features, words: readonly Word[], concepts: readonly FoundConcept[], weight = 1): void {
  for (const { concept, weight: sure } of concepts) {
    const own = weight * sure * weightOf(concept);
    add(features, `c:${concept.id}`, own);
    for (const [hint, part] of HINTS[concept.id] ?? []) add(features, `c:${hint}`, own * part);
  }
  for (const [at, { text }] of words.entries()) {
    const ranked = concepts.find(({ from, to, concept }) => at >= from && at < to && weightOf(concept) === RANK);
    const own = weight * (ranked ? RANK : 1);
    add(features, `w:${text}`, own * WORD);
    const threes = threesOf(text);
    for (const three of threes) add(features, `3:${three}`, (own * LETTERS) / Math.sqrt(threes.length));
  }
}

export function addText(features: Features, text: string, weight = 1): void {
  const words = wordsOf(text);
  addWords(features, words, conceptsOf(words), weight);
}

/** Where slow ends and fast begins, beats per minute. */
const [SLOW_BPM, FAST_BPM] = [110, 135];
export function tempoConcept(bpm: number): 'slow' | 'mid tempo' | 'fast' {
  return bpm < SLOW_BPM ? 'slow' : bpm > FAST_BPM ? 'fast' : 'mid tempo';
}
export const energyConcept = (level: EnergyLevel): string => `${level} energy`;
export const difficultyConcept = (difficulty: Difficulty): string => difficulty;

export function addRank(features: Features, concept: string, weight = 1): void {
  add(features, `c:${concept}`, weight * RANK);
  for (const [hint, part] of HINTS[concept] ?? []) add(features, `c:${hint}`, weight * RANK * part);
}

/** What a move's labels say. */
export function labelFeatures(labels: LabelValues): Features {
  const features: Features = new Map();
  for (const [text, weight] of [[labels.name, 1], [labels.category, 1], [labels.style, MOOD], ...(labels.tags ?? []).map((tag) => [tag, MOOD] as const)] as const) {
    if (text !== undefined) addText(features, text.replaceAll('_', ' '), weight);
  }
  if (labels.difficulty !== undefined) addRank(features, difficultyConcept(labels.difficulty));
  if (labels.energy_level !== undefined) addRank(features, energyConcept(labels.energy_level));
  if (labels.tempo !== undefined) addRank(features, tempoConcept(labels.tempo));
  return features;
}

/** The features as a unit vector of 384; null when there are none. */
export function embed(features: Features): Float32Array | null {
  const sums = new Float64Array(LENGTH);
  for (const [name, weight] of features) {
    const places = name.startsWith('3:') ? 1 : 2;
    for (let place = 0; place < places; place += 1) {
      const code = hash(`${place}${name}`);
      sums[code % LENGTH] = (sums[code % LENGTH] as number) + ((code >>> 31) === 0 ? weight : -weight) / Math.sqrt(places);
    }
  }
  const norm = Math.hypot(...sums);
  return norm > 0 ? Float32Array.from(sums, (value) => value / norm) : null;
}
