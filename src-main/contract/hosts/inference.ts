/** Messages of the inference host: `check`, `beats`, `poses`. Paths and model files are those the main process looked at. */
import { z } from 'zod';

import { TensorSchema } from '../documents/model.ts';
import { PoseSeriesSchema } from '../documents/pose.ts';
import { InputFileSchema, ProgramsSchema } from './analysis.ts';
import { BeatActivationsSchema } from './song.ts';

/** One network: where it lies and what goes in and out. */
export const NetworkSchema = z.object({ path: z.string().min(1), name: z.string().min(1), inputs: z.array(TensorSchema), outputs: z.array(TensorSchema) });
export type Network = z.infer<typeof NetworkSchema>;

export const CheckInputSchema = z.object({ networks: z.array(NetworkSchema) });
export type CheckInput = z.infer<typeof CheckInputSchema>;

export const BeatsInputSchema = z.object({
  programs: ProgramsSchema,
  file: InputFileSchema,
  /** Length of the sound in seconds, for the progress. */
  duration_s: z.number().min(0),
  network: NetworkSchema,
  /** 136 × 705 little-endian floats. */
  filterbank: z.string().min(1),
  source: z.string().min(1),
});
export type BeatsInput = z.infer<typeof BeatsInputSchema>;
export const BeatsOutputSchema = BeatActivationsSchema;

export const PosesInputSchema = z.object({
  programs: ProgramsSchema,
  file: InputFileSchema,
  /** Length of the picture in seconds, for the progress. */
  duration_s: z.number().min(0),
  /** Size the frames are decoded at, pixels, as shown. */
  width: z.number().int().min(2).max(4096),
  height: z.number().int().min(2).max(4096),
  rate_hz: z.number().positive().max(60),
  source: z.string().min(1),
  /** MoveNet: one network; BlazePose: detection, landmarks. */
  networks: z.array(NetworkSchema).min(1).max(2),
});
export type PosesInput = z.infer<typeof PosesInputSchema>;
export const PosesOutputSchema = PoseSeriesSchema;

/** Event of `beats` and `poses`: 0..1. */
export const InferenceProgressSchema = z.object({ done: z.number() });
