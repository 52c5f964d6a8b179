/** What a query asks of the vectors: unit vectors per embedding, the spaces they live in, and what is said of a hit. */
import { DEFAULT_WEIGHTS, EMBEDDING_KINDS, type EmbeddingKind } from '../../../contract/documents/move.ts';
import type { EmbeddingWeights, MoveQuery } from '../../../contract/documents/move-search.ts';
import { searchText } from '../../../contract/text/en/library-import.ts';
import type { LabelValues, ScanHit, SongStretch } from '../ports.ts';
import { isComputed } from '../spaces.ts';
import { type Features, TEXT_SPACE, addRank, embed, labelFeatures, tempoConcept } from '../text/lexical-embedding.ts';
import { type QueryWords, isSpeltAlike, matchedWords, queryWords, sharedHints } from '../text/query-words.ts';
import { type LoadedMoves, type Spaces, spacesOf, unit } from './move-index.ts';

export interface Question {
  readonly spaces: Spaces;
  readonly vectors: Readonly<Record<EmbeddingKind, Float32Array | null>>;
  readonly weights: EmbeddingWeights;
  readonly words: QueryWords | null;
  readonly notes: readonly string[];
  reason(hit: ScanHit, labels: LabelValues): string;
}

const NONE = { pose: null, audio: null, text: null } as const;

/** Energy of a stretch, 0..1, as a level. */
export function energyLevel(energy: number): 'low' | 'medium' | 'high' {
  return energy < 0.4 ? 'low' : energy < 0.7 ? 'medium' : 'high';
}

function sectionFeatures(section: NonNullable<MoveQuery['section']>, stretch: SongStretch): { features: Features; reason: string } | null {
  const found = stretch(section.song_id, section.start, section.end);
  if (!found) return null;
  const level = energyLevel(found.energy);
  const features: Features = new Map();
  addRank(features, `${level} energy`);
  if (found.tempo !== null) addRank(features, tempoConcept(found.tempo), 0.6);
  return { features, reason: searchText.reasons.suits(`${level} energy`, found.tempo === null ? '' : String(Math.round(found.tempo))) };
}

/** The sum of two directions. */
function joined(a: Float32Array | null, b: Float32Array | null): Float32Array | null {
  if (a === null || b === null) return a ?? b;
  return unit(a.map((value, at) => value + (b[at] as number)));
}

export function questionOf(query: MoveQuery, moves: LoadedMoves, stretch: SongStretch): Question {
  const notes: string[] = [];
  const words = query.text === undefined || query.text.trim() === '' ? null : queryWords(query.text, moves.counts);
  if (words && words.features.size === 0 && words.unwanted.size === 0) notes.push(searchText.noWords);
  const section = query.section === undefined ? null : sectionFeatures(query.section, stretch);
  if (query.section !== undefined && section === null) notes.push(searchText.songNotAnalysed);
  const weights = query.weights ?? DEFAULT_WEIGHTS;
  const example = query.like === undefined ? null : exampleOf(query.like, moves, { prefer: query.prefer, weights });
  if (example) notes.push(...example.notes);
  const text = joined(joined(words?.vector ?? null, section === null ? null : embed(section.features)), example?.spaces.text === TEXT_SPACE ? example.vectors.text : null);
  const isLexical = words !== null || section !== null;
  return {
    spaces: { ...(example?.spaces ?? NONE), ...(isLexical || example === null ? { text: TEXT_SPACE } : {}) },
    vectors: { ...(example?.vectors ?? NONE), ...(isLexical || example === null ? { text } : {}) },
    weights,
    words,
    notes,
    reason: (hit, labels) => reasonOf(hit, labels, { words, section: section?.reason ?? null, isExample: example !== null }),
  };
}

/** The vectors of a move, each in the space it is compared in. */
export function exampleOf(id: string, moves: LoadedMoves, { prefer, weights }: { prefer: string | undefined; weights: EmbeddingWeights }): { spaces: Spaces; vectors: Record<EmbeddingKind, Float32Array | null>; notes: string[] } {
  const record = moves.records[moves.rowOf.get(id) ?? -1];
  if (!record) return { spaces: NONE, vectors: { ...NONE }, notes: [] };
  const spaces = spacesOf(record, prefer);
  const vectors = Object.fromEntries(EMBEDDING_KINDS.map((kind) => [kind, spaces[kind] === null ? null : moves.vector(id, kind, spaces[kind])])) as Record<EmbeddingKind, Float32Array | null>;
  const notes: string[] = [];
  if (EMBEDDING_KINDS.every((kind) => vectors[kind] === null)) notes.push(searchText.noEmbeddings(record.media.name));
  const imported = EMBEDDING_KINDS.filter((kind) => weights[kind] > 0).map((kind) => spaces[kind]).find((space) => space !== null && !isComputed(space));
  if (imported != null) notes.push(searchText.imported(imported));
  return { spaces, vectors, notes };
}

function reasonOf({ parts }: ScanHit, labels: LabelValues, { words, section, isExample }: { words: QueryWords | null; section: string | null; isExample: boolean }): string {
  const said: string[] = [];
  const { reasons } = searchText;
  if (isExample) {
    const strongest = EMBEDDING_KINDS.filter((kind) => parts[kind] !== null && (kind !== 'text' || words === null)).sort((a, b) => (parts[b] ?? 0) - (parts[a] ?? 0));
    for (const kind of strongest) said.push(reasons[kind]((parts[kind] ?? 0).toFixed(2)));
  }
  if (words) {
    // Once for all three: there may be hundreds of hits.
    const theirs = labelFeatures(labels);
    const matched = matchedWords(words, labels, theirs);
    if (matched.length > 0) said.push(reasons.words(matched));
    else if ((parts.text ?? 0) > 0.1) {
      const hints = sharedHints(words, labels, theirs);
      if (hints.length > 0) said.push(reasons.near(hints));
      else if (isSpeltAlike(words, labels, theirs)) said.push(reasons.letters);
    }
  }
  if (section !== null) said.push(section);
  return said.join(' · ') || reasons.all;
}
