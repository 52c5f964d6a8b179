/**
 * Messages of the sound methods of the analysis host: `render`, `master`, `measure`, `preview`. Sound files between
 * the steps are interleaved stereo 32-bit float WAV (RF64 above 4 GiB).
 */
import { z } from 'zod';

const path = z.string().min(1);
const rate = z.number().int().min(8_000).max(192_000);

/** The mapping as native code takes it: made by core/sonify/mapping, opaque to the envelope. */
export const CompiledMappingSchema = z.record(z.string(), z.unknown());

export const RenderInputSchema = z.object({
  mapping: CompiledMappingSchema,
  seed: z.number().int().min(0),
  sample_rate: rate,
  /** First sample of the film that is rendered; everything before it is silence to the engine. */
  start_sample: z.number().int().min(0),
  /** Samples at the beginning that are rendered and not written (the pre-roll). */
  skip_samples: z.number().int().min(0),
  /** Samples written. */
  samples: z.number().int().positive(),
  /** Whose features: the host asks `features.chunk` for them as it goes, from this chunk on. */
  media_id: z.string(),
  first_chunk: z.number().int().min(0),
  premaster_path: path,
  /** Bass, rhythm, atmosphere; null when no stems are wanted. */
  stem_paths: z.tuple([path, path, path]).nullable(),
  /** Ticks of the trace per second; 0 for none. */
  trace_hz: z.number().min(0).max(120),
});
export type RenderInput = z.infer<typeof RenderInputSchema>;

export const RenderOutputSchema = z.object({
  samples: z.number().int(),
  /** Something that was not sound had to be muted. */
  has_faulted: z.boolean(),
  integrated_lufs: z.number().nullable(),
  true_peak_db: z.number().nullable(),
  /** [tick][column], the columns of a preview's trace. */
  trace: z.instanceof(Float32Array),
  trace_columns: z.number().int(),
});
export type RenderOutput = z.infer<typeof RenderOutputSchema>;

export const MasterInputSchema = z.object({
  source_path: path,
  target_path: path,
  /** Integrated loudness to reach; `off` copies the level. */
  target_lufs: z.union([z.literal('off'), z.number()]),
  ceiling_db: z.number().max(0),
  /** Sample format of the target. */
  format: z.enum(['s24', 'f32']),
  /** Written into the file's comment. */
  comment: z.string(),
  /** Where the waveform of the target goes: int16 (min, max, rms) per 256 frames; null for none. */
  peaks_path: path.nullable(),
});
export type MasterInput = z.infer<typeof MasterInputSchema>;

export const MasterOutputSchema = z.object({
  integrated_lufs: z.number().nullable(),
  true_peak_db: z.number().nullable(),
  gain_db: z.number(),
});
export type MasterOutput = z.infer<typeof MasterOutputSchema>;

export const FeatureChunkInputSchema = z.object({ media_id: z.string(), index: z.number().int().min(0) });
export const FeatureChunkOutputSchema = z
  .object({
    /** n × 53, feature-layout.ts */
    rows: z.instanceof(Float32Array),
    /** n presentation times in seconds. */
    timestamps: z.instanceof(Float64Array),
  })
  .nullable();
export type FeatureChunk = NonNullable<z.infer<typeof FeatureChunkOutputSchema>>;

/** Progress of a sound method: samples done so far. */
export const SoundProgressSchema = z.object({ samples: z.number(), pass: z.number().int(), passes: z.number().int() });
