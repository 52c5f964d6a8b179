/** What a sonification is asked for and what it answers: the render request, its result, the preview. */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { VerificationSchema } from './artifact.ts';
import { MappingSchema } from './mapping.ts';

export const OUTPUT_FORMATS = ['mp4', 'mov', 'mkv', 'wav', 'flac'] as const;
export const OutputFormatSchema = z.enum(OUTPUT_FORMATS);
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Unsigned 32-bit, default 0, stored with the output. */
export const SeedSchema = z.number().int().min(0).max(0xffff_ffff);
/** Integrated loudness to aim for in LUFS, or `off` for the mapping's own level. */
export const LoudnessTargetSchema = z.union([z.literal('off'), z.number().min(-40).max(-5)]);
/** What becomes of the film's own sound. */
export const OriginalAudioSchema = z.enum(['drop', 'mix', 'duck']);

export const ExportSettingsSchema = z.object({
  format: OutputFormatSchema,
  loudness: LoudnessTargetSchema,
  original: OriginalAudioSchema,
  stems: z.boolean(),
});
export type ExportSettings = z.infer<typeof ExportSettingsSchema>;

const RenderFieldsSchema = z.object({
  /** The film and the mapping, or … */
  media_id: IdSchema.nullable().default(null),
  mapping: MappingSchema.nullable().default(null),
  /** … a recorded performance, by its artifact: its own mapping and seed hold. */
  performance_id: IdSchema.nullable().default(null),
  seed: SeedSchema.default(0),
  settings: ExportSettingsSchema,
  project_id: IdSchema.nullable().default(null),
  /** Where the file goes instead of among the artifacts; programs and the desktop shell only. */
  output: z
    .object({ path: z.string().min(1).max(4096), stems_folder: z.string().min(1).max(4096).nullable().default(null), overwrite: z.boolean().default(false) })
    .nullable()
    .default(null),
});
export const SonifyRequestSchema = RenderFieldsSchema.refine(
  ({ media_id, mapping, performance_id }) => performance_id !== null || (media_id !== null && mapping !== null),
  'A render takes a film and a mapping, or a performance.',
);
export type SonifyRequest = z.infer<typeof SonifyRequestSchema>;

export const LoudnessReportSchema = z.object({
  /** Of the finished file; null when it is silent. */
  integrated_lufs: z.number().nullable(),
  true_peak_db: z.number().nullable(),
  gain_db: z.number(),
  target_lufs: z.number().nullable(),
  is_target_reached: z.boolean(),
  note: z.string().nullable(),
});
export type LoudnessReport = z.infer<typeof LoudnessReportSchema>;

export const SonifyResultSchema = z.object({
  artifact_id: IdSchema,
  stem_artifact_ids: z.array(IdSchema),
  duration_s: z.number(),
  is_video_copied: z.boolean(),
  loudness: LoudnessReportSchema,
  verification: VerificationSchema,
});
export type SonifyResult = z.infer<typeof SonifyResultSchema>;

export const PreviewRequestSchema = z.object({
  media_id: IdSchema,
  mapping: MappingSchema,
  seed: SeedSchema.default(0),
  start_s: z.number().min(0),
  end_s: z.number().positive(),
  /** Static gain towards this loudness, so that two versions are compared at equal loudness; `off` leaves the level. */
  loudness: LoudnessTargetSchema.default('off'),
});
export type PreviewRequest = z.infer<typeof PreviewRequestSchema>;

/**
 * First columns of a preview's trace; then input (0..1) and output (parameter unit) of each row, then every parameter in
 * table order. `beat` counts from the bar's beginning.
 */
export const TRACE_HEADER = ['bpm', 'beat', 'wobble_hz', 'bar', 'chord_place', 'rhythm_level'] as const;

/** A rendered range. The audio is at /api/sonify/previews/:id/audio, the trace of rows at …/trace. */
export const PreviewSchema = z.object({
  id: IdSchema,
  start_s: z.number(),
  duration_s: z.number(),
  sample_rate: z.number().int(),
  integrated_lufs: z.number().nullable(),
  /** The trace is a Float32Array of [tick][column]; the columns are TRACE_HEADER, rows, parameters. */
  trace: z.object({ rate_hz: z.number(), ticks: z.number().int(), columns: z.number().int() }),
});
export type Preview = z.infer<typeof PreviewSchema>;
