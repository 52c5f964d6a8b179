/** What an assembly is asked for and what it answers: the request, the estimate before it, the result with its card. */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { VerificationSchema } from './artifact.ts';
import { ASSEMBLY_PRESETS, BlueprintFaultSchema, BlueprintSchema } from './blueprint.ts';
import { LoudnessReportSchema } from './sonify.ts';

const path = z.string().min(1).max(4096);

export const AssembleRequestSchema = z.object({
  /** Either form; it is validated as a whole and every fault is answered. */
  blueprint: z.unknown(),
  /** The folder its paths are relative to; programs and the desktop shell only. Null: the data folder. */
  root: path.nullable().default(null),
  /** Where the film goes. Null: the blueprint's `output_path` below a `root` that was given, else among the results. */
  output: z.object({ path, overwrite: z.boolean().default(false) }).nullable().default(null),
  /** Lets `output_path` of the blueprint replace a file. */
  overwrite: z.boolean().default(false),
  preset: z.enum(ASSEMBLY_PRESETS).nullable().default(null),
  project_id: IdSchema.nullable().default(null),
});
export type AssembleRequest = z.infer<typeof AssembleRequestSchema>;

/** What the job is given: validated, with granted folders and a granted path to write to. */
export const AssemblePayloadSchema = z.object({
  blueprint: BlueprintSchema,
  /** The folder paths are relative to; the blueprint's own roots by name; the library's folders by name. */
  roots: z.object({ main: path, named: z.record(z.string(), path), library: z.record(z.string(), path).default({}) }),
  output: z.object({ path, overwrite: z.boolean() }).nullable(),
  project_id: IdSchema.nullable(),
});
export type AssemblePayload = z.infer<typeof AssemblePayloadSchema>;

/** A transition as it became. */
export const MadeTransitionSchema = z.object({
  clip_id: z.string(),
  kind: z.string(),
  /** Film frame of the cut, and the frames the transition covers. */
  cut_frame: z.number().int(),
  first_frame: z.number().int(),
  frames: z.number().int(),
  asked_frames: z.number().int(),
  /** Frames its middle lies after the cut. */
  moved_frames: z.number().int(),
  /** Frames for which an edge picture is held. */
  held_frames: z.number().int(),
});
export type MadeTransition = z.infer<typeof MadeTransitionSchema>;

export const AssemblyResultSchema = z.object({
  artifact_id: IdSchema,
  /** Where the API serves the film. */
  video_url: z.string(),
  duration: z.number(),
  file_size: z.number().int(),
  frames: z.number().int(),
  frame_rate: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  /** Frames that went into the film byte for byte, and frames that were encoded for it. */
  copied_frames: z.number().int(),
  encoded_frames: z.number().int(),
  /** Copies of clips that had to be made first. */
  copies_made: z.number().int(),
  encoder: z.string(),
  transitions: z.array(MadeTransitionSchema),
  loudness: LoudnessReportSchema.nullable(),
  verification: VerificationSchema,
  /** What was shortened, held or replaced, in sentences. */
  notes: z.array(z.string()),
});
export type AssemblyResult = z.infer<typeof AssemblyResultSchema>;

export const BlueprintCheckSchema = z.object({
  is_valid: z.boolean(),
  faults: z.array(BlueprintFaultSchema),
  /** The full form, everything that was left out filled in; null when there are faults. */
  blueprint: BlueprintSchema.nullable(),
});

export const AssemblyEstimateSchema = z.object({
  frames: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  encoder: z.string(),
  /** Copies there are already, and those that must be made first. */
  copies_ready: z.number().int(),
  copies_missing: z.number().int(),
  /** Seconds on this machine, from a sample encoded now. */
  time_s: z.number(),
  /** Of the finished file. */
  size_bytes: z.number(),
  /** Needed while it is made, the file included. */
  disk_bytes: z.number(),
  free_bytes: z.number(),
});
export type AssemblyEstimate = z.infer<typeof AssemblyEstimateSchema>;
