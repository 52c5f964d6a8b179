/**
 * Move: a video item of the library with what is known of its movement: labels, each with where it came from, and three
 * embeddings. An annotation always wins over an estimate and is never overwritten; a person's own word wins over both.
 */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { DerivedStateSchema } from './media-item.ts';

export const DIFFICULTIES = ['beginner', 'intermediate', 'advanced'] as const;
export const ENERGY_LEVELS = ['low', 'medium', 'high'] as const;
export const EMBEDDING_KINDS = ['pose', 'audio', 'text'] as const;
/** Numbers of each embedding; together the 1024 of a score. */
export const EMBEDDING_DIMENSIONS = { pose: 512, audio: 128, text: 384 } as const;
/** Weights of a score unless a query says otherwise; renormalised over the embeddings that both sides have. */
export const DEFAULT_WEIGHTS = { pose: 0.35, audio: 0.35, text: 0.3 } as const;

export const ORIGINS = ['user', 'annotation', 'estimate'] as const;

/** A value and who said so; `estimate` is measured from movement. */
function told<const Value extends z.ZodType>(value: Value) {
  return z.object({ value, origin: z.enum(ORIGINS) }).nullable();
}

export const MoveLabelsSchema = z.object({
  name: told(z.string().min(1).max(200)),
  category: told(z.string().min(1).max(80)),
  difficulty: told(z.enum(DIFFICULTIES)),
  energy_level: told(z.enum(ENERGY_LEVELS)),
  /** Open vocabulary: modern, romantic, sensual, … */
  style: told(z.string().min(1).max(80)),
  /** Beats per minute. */
  tempo: told(z.number().min(20).max(400)),
  tags: told(z.array(z.string().min(1).max(40)).max(40)),
});

export const EmbeddingInfoSchema = z.object({
  /** Vectors of different spaces are never compared: "pose-movenet-1", "motion-1", "imported-seed", … */
  space: z.string(),
  /** Why it is not the best there could be: "No pose model: from the flow's motion and shape." */
  note: z.string().nullable(),
});

export const MoveSchema = z.object({
  /** The id of the video item. */
  id: IdSchema,
  /** Name of the library folder and the path below it ("bachata/spin/spin2.mp4"); the file's name where it came alone. */
  path: z.string(),
  folder_id: IdSchema.nullable(),
  duration: z.number().min(0),
  is_missing: z.boolean(),
  labels: MoveLabelsSchema,
  /** Of the movement analysis (features, embeddings, beats). */
  state: DerivedStateSchema,
  problem: z.string().nullable(),
  embeddings: z.object({ pose: EmbeddingInfoSchema.nullable(), audio: EmbeddingInfoSchema.nullable(), text: EmbeddingInfoSchema.nullable() }),
  /** Mean movement, 0..1 of what the library's liveliest clip does: for sorting. */
  activity: z.number().min(0).max(1).nullable(),
  created_at: z.iso.datetime(),
});

/** What a detail view draws: movement over time. */
export const MoveCurvesSchema = z.object({
  /** Samples per second of `motion` and `pose`. */
  rate_hz: z.number().positive(),
  /** Mean movement per sample, 0..1 of the clip's own maximum. */
  motion: z.array(z.number()),
  /** Heights of the body (wrist, hip, ankle …), 0..1; empty without a pose model. */
  pose: z.array(z.object({ joint: z.string(), values: z.array(z.number().nullable()) })),
  /** Kinematic beats: times in seconds at which the movement stops or turns, with their strength 0..1. */
  kinematic_beats: z.array(z.object({ time: z.number(), strength: z.number() })),
});

export const LibraryFolderSchema = z.object({
  id: IdSchema,
  /** Its name in paths of blueprints; unique. */
  name: z.string(),
  moves: z.number().int(),
  /** Clips of it that are not where they were. */
  missing: z.number().int(),
  /** The folder itself cannot be reached (a disk that was taken out). */
  is_away: z.boolean(),
  annotations: z.string().nullable(),
  scanned_at: z.iso.datetime().nullable(),
});

/** What an import found; `notes` are sentences for a person. */
export const LibraryImportReportSchema = z.object({
  folder_id: IdSchema.nullable(),
  added: z.number().int(),
  unchanged: z.number().int(),
  changed: z.number().int(),
  relinked: z.number().int(),
  missing: z.number().int(),
  rejected: z.array(z.object({ name: z.string(), message: z.string() })),
  annotated: z.number().int(),
  notes: z.array(z.string()),
});

export type Difficulty = (typeof DIFFICULTIES)[number];
export type EnergyLevel = (typeof ENERGY_LEVELS)[number];
export type EmbeddingKind = (typeof EMBEDDING_KINDS)[number];
export type Origin = (typeof ORIGINS)[number];
export type MoveLabels = z.infer<typeof MoveLabelsSchema>;
export type Move = z.infer<typeof MoveSchema>;
export type MoveCurves = z.infer<typeof MoveCurvesSchema>;
export type LibraryFolder = z.infer<typeof LibraryFolderSchema>;
export type LibraryImportReport = z.infer<typeof LibraryImportReportSchema>;
