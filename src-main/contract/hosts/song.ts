/** Messages of the analysis host about songs: `song` decodes a file's sound and analyses it. */
import { z } from 'zod';

import { SongAnalysisSchema } from '../documents/song-analysis.ts';
import { InputFileSchema, ProgramsSchema } from './analysis.ts';

/** Beat activations of a model, on its own frame grid. */
export const BeatActivationsSchema = z.object({
  /** Frames per second. */
  rate_hz: z.number().positive(),
  /** Time of frame 0's centre, seconds. */
  start_s: z.number(),
  /** n × (beat, downbeat), 0..1; the downbeat is not counted in the beat. */
  values: z.instanceof(Float32Array),
  /** Name of the model, kept as `beat_source`. */
  source: z.string().min(1),
});
export type BeatActivations = z.infer<typeof BeatActivationsSchema>;

export const SongInputSchema = z.object({
  programs: ProgramsSchema,
  file: InputFileSchema,
  /** Length of the sound in seconds, for the progress. */
  duration_s: z.number().min(0),
  activations: BeatActivationsSchema.nullable(),
});
export type SongInput = z.infer<typeof SongInputSchema>;
export const SongOutputSchema = z.object({ analysis: SongAnalysisSchema, complaint: z.string().nullable() });
export type SongOutput = z.infer<typeof SongOutputSchema>;
/** Event of `song`. */
export const SongProgressSchema = z.object({ done: z.number() });
