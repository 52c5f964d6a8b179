/** Messages of the analysis host about files: `analyze`, `hash`, `peaks`. All paths are granted by the main process. */
import { z } from 'zod';

import { MAX_PICTURE_SIDE_PX } from '../limits.ts';

const path = z.string().min(1);

/** The programs a host starts, and how: found by the main process, so that both use the same. */
export const ProgramsSchema = z.object({
  ffmpeg: path,
  /** [major, minor]; null for a nightly build. */
  release: z.tuple([z.number(), z.number()]).nullable(),
  tether: path.nullable(),
  recordFolder: path.nullable(),
});
export type Programs = z.infer<typeof ProgramsSchema>;

export const InputFileSchema = z.object({ path, demuxer: z.string().min(1), name: z.string() });

export const AnalyzeInputSchema = z.object({
  programs: ProgramsSchema,
  file: InputFileSchema,
  /** Size of the analysis raster in pixels, both even. */
  width: z.number().int().min(2).multipleOf(2),
  height: z.number().int().min(2).multipleOf(2),
});
export type AnalyzeInput = z.infer<typeof AnalyzeInputSchema>;

/** Event of `analyze`: the next frames in presentation order. */
export const FeatureRowsSchema = z.object({
  first_frame: z.number().int().min(0),
  /** n × 53, feature-layout.ts */
  rows: z.instanceof(Float32Array),
  /** n presentation times in seconds. */
  timestamps: z.instanceof(Float64Array),
});
export type FeatureRows = z.infer<typeof FeatureRowsSchema>;

export const AnalyzeOutputSchema = z.object({
  frames: z.number().int(),
  /** End of the last frame shown, seconds. */
  end_s: z.number(),
  /** What FFmpeg complained about while it went on; null when it did not. */
  complaint: z.string().nullable(),
});
export type AnalyzeOutput = z.infer<typeof AnalyzeOutputSchema>;

/** `flow`: the optical flow of two pictures, scaled to one size where their pixels are not square. */
export const FlowInputSchema = z.object({
  programs: ProgramsSchema,
  from: InputFileSchema,
  to: InputFileSchema,
  width: z.number().int().min(1).max(MAX_PICTURE_SIDE_PX),
  height: z.number().int().min(1).max(MAX_PICTURE_SIDE_PX),
});
export type FlowInput = z.infer<typeof FlowInputSchema>;
/** height × width × (dx, dy) in pixels. */
export const FlowOutputSchema = z.object({ vectors: z.instanceof(Float32Array) });
export type FlowOutput = z.infer<typeof FlowOutputSchema>;

export const HashInputSchema = z.object({ path });
export const HashOutputSchema = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size_bytes: z.number().int() });
export type HashOutput = z.infer<typeof HashOutputSchema>;
/** Event of `hash`. */
export const HashProgressSchema = z.object({ bytes: z.number() });

export const PeaksInputSchema = z.object({
  programs: ProgramsSchema,
  file: InputFileSchema,
  sample_rate: z.number().int().positive(),
  channels: z.number().int().min(1).max(64),
  /** Length of the sound in seconds, for the progress. */
  duration_s: z.number().min(0),
  /** One per level, the finest first; each is written whole. */
  paths: z.array(path).min(1).max(16),
});
export type PeaksInput = z.infer<typeof PeaksInputSchema>;
export const PeaksOutputSchema = z.object({
  /** Peaks written to each path. */
  counts: z.array(z.number().int()),
});
/** Event of `peaks`. */
export const PeaksProgressSchema = z.object({ done: z.number() });
