/**
 * The events of a recorded performance as a file: JSON lines, first the head, then the places of the film, then everything
 * that acted on the instrument since it began, by sample, then the end. docs/performances.md describes it.
 */
import { z } from 'zod';

import { featureLayout } from '../feature-layout.ts';
import { IdSchema } from '../ids.ts';
import { MappingSchema } from './mapping.ts';
import { SeedSchema } from './sonify.ts';

/** Events stand in the order in which they acted: by sample, to within the engine’s look-ahead and a control tick. */
export const EVENT_SLACK_SAMPLES = 512;

const sample = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const PerformanceHeadSchema = z.strictObject({
  kinetone_performance: z.literal(1),
  seed: SeedSchema,
  sample_rate: z.number().int().min(8000).max(192_000),
  /** The recorded stretch, in samples since the instrument began. */
  start_sample: sample,
  samples: sample,
  /** What the disk or the log were too slow for; the sound is rendered again exactly only where both are 0. */
  lost_frames: sample,
  lost_events: sample,
  /** In force at sample 0. */
  mapping: MappingSchema,
});
export type PerformanceHead = z.infer<typeof PerformanceHeadSchema>;

/** From sample `at` on the film stands at `film_s`, or runs from there at `speed`. */
export const FilmPlaceSchema = z.strictObject({
  at: sample,
  film: z.strictObject({
    media_id: IdSchema,
    film_s: z.number().min(0),
    /** 0 while it stands. */
    speed: z.number().min(0).max(2),
  }),
});
export type FilmPlace = z.infer<typeof FilmPlaceSchema>;

export const FeaturesEventSchema = z.strictObject({ at: sample, features: z.array(z.number()).length(featureLayout.columns) });
export const MappingEventSchema = z.strictObject({ at: sample, mapping: MappingSchema, morph_samples: sample });
export const CeilingEventSchema = z.strictObject({ at: sample, ceiling_db: z.number().min(-60).max(-1) });
export const PerformanceEventSchema = z.union([FeaturesEventSchema, MappingEventSchema, CeilingEventSchema]);
export type PerformanceEvent = z.infer<typeof PerformanceEventSchema>;

/** The last line: a file that was cut off has none. */
export const PerformanceEndSchema = z.strictObject({ end: z.strictObject({ events: sample }) });
