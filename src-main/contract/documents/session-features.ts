/** What a session has seen: the answer to a frame or a film given to it, and its stored features by frame number. */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { FeatureFrameSchema } from './feature-frame.ts';

/** Frame numbers are the seed’s i32, from 0. */
export const FrameNumberSchema = z.coerce.number().int().min(0).max(2 ** 31 - 1);

/** What became of what was given: `skipped` is a camera frame that a newer one overtook while it waited. */
export const ANALYSIS_OUTCOMES = ['seen', 'skipped', 'queued', 'ready'] as const;

/** The seed’s AnalysisResult, of analyzeFrame and analyzeVideo. */
export const AnalysisResultSchema = z.object({
  session_id: IdSchema,
  /** The frame looked at; null for a film. */
  frame: z.number().int().nullable(),
  outcome: z.enum(ANALYSIS_OUTCOMES),
  /** What was seen in the frame; null when it was skipped, and for a film. */
  features: FeatureFrameSchema.nullable(),
  /** Frames of the session that are stored. */
  frames: z.number().int(),
  /** The analysis of a film that is not analysed yet. */
  job_id: IdSchema.nullable(),
});
export type AnalysisResult = z.infer<typeof AnalysisResultSchema>;

/** Inclusive range, ordered; `missing` lists the runs of frame numbers in the range that are not stored (yet). */
export const FeatureSeriesSchema = z.object({
  frames: z.array(z.object({ frame: z.number().int(), features: FeatureFrameSchema })),
  missing: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type FeatureSeries = z.infer<typeof FeatureSeriesSchema>;
