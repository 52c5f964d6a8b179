/** A question to the library and its answer. */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { DIFFICULTIES, ENERGY_LEVELS } from './move.ts';

export const MOST_HITS = 1000;

export const MoveFiltersSchema = z.object({
  difficulty: z.enum(DIFFICULTIES).optional(),
  energy_level: z.enum(ENERGY_LEVELS).optional(),
  /** One word of the open vocabulary, compared without case. */
  style: z.string().max(80).optional(),
  category: z.string().max(80).optional(),
  min_duration: z.number().min(0).optional(),
  max_duration: z.number().min(0).optional(),
  folder_id: IdSchema.optional(),
});

const weight = z.number().min(0).max(1000);
export const EmbeddingWeightsSchema = z.object({ pose: weight, audio: weight, text: weight });

/** What is looked for; without any of them, all moves in order. */
export const MoveQuerySchema = z.object({
  /** Words: "slow sensual hip roll". */
  text: z.string().max(500).optional(),
  /** More like this move. */
  like: IdSchema.optional(),
  /** What could follow this move: begins as it ends, moves on in its energy, is not the same again. */
  follow: IdSchema.optional(),
  /** What suits a stretch of a song. */
  section: z.object({ song_id: IdSchema, start: z.number().min(0), end: z.number().min(0) }).optional(),
  filters: MoveFiltersSchema.default({}),
  weights: EmbeddingWeightsSchema.optional(),
  /** Space of embeddings to compare by where a move has several ("imported-seed"); computed ones unless said. */
  prefer: z.string().max(60).optional(),
  /** Moves that are not answered. */
  exclude: z.array(IdSchema).max(MOST_HITS).default([]),
  /** VECTOR_SEARCH_TOP_K unless said. */
  top: z.number().int().min(1).max(MOST_HITS).optional(),
  /** Whether filters that leave too few are relaxed step by step. */
  relax: z.boolean().default(true),
});

export const MoveHitSchema = z.object({
  id: IdSchema,
  path: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  /** Weighted cosine, -1..1. */
  score: z.number(),
  /** In plain words: "moves alike 0.91 · matches hip roll, slow". */
  reason: z.string(),
  /** Cosine of each embedding that counted. */
  parts: z.object({ pose: z.number().nullable(), audio: z.number().nullable(), text: z.number().nullable() }),
});

export const MoveSearchResultSchema = z.object({
  hits: z.array(MoveHitSchema),
  /** Sentences for a person: filters that were relaxed, an index that failed. */
  notes: z.array(z.string()),
  /** Filters that hold for the hits; differs from what was asked where they were relaxed. */
  filters: MoveFiltersSchema,
  /** Moves that passed the filters. */
  candidates: z.number().int(),
  /** Where the vectors came from. */
  source: z.enum(['memory', 'lancedb', 'sqlite', 'random']),
  duration_ms: z.number(),
});

export type MoveFilters = z.infer<typeof MoveFiltersSchema>;
export type EmbeddingWeights = z.infer<typeof EmbeddingWeightsSchema>;
export type MoveQuery = z.infer<typeof MoveQuerySchema>;
export type MoveHit = z.infer<typeof MoveHitSchema>;
export type MoveSearchResult = z.infer<typeof MoveSearchResultSchema>;
