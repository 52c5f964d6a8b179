/** Messages of the audio host: one `play` call per sounding session, commands to it, and what it tells meanwhile. */
import { z } from 'zod';

import { MappingSchema } from '../documents/mapping.ts';
import { AudioDeviceSchema } from '../documents/system.ts';
import { AudioStreamInfoSchema, LiveFrameSchema, OutputSettingsSchema, TransportSchema } from '../documents/session.ts';
import { IdSchema } from '../ids.ts';

export const DeviceListSchema = z.object({ library: z.string(), error: z.string(), devices: z.array(AudioDeviceSchema) });
/** `error` is empty when there is a list. */
export type DeviceList = z.infer<typeof DeviceListSchema>;

export const FilmSchema = z.object({
  media_id: IdSchema,
  /** Room for this many frames. */
  capacity: z.number().int().positive(),
  position_s: z.number().min(0),
});

export const PlayInputSchema = z.object({
  session_id: IdSchema,
  seed: z.number().int(),
  mapping: MappingSchema,
  output: OutputSettingsSchema,
  ceiling_db: z.number(),
  volume: z.number(),
  film: FilmSchema.nullable(),
  transport: TransportSchema,
  /** Begins silent, as after panic, until it is told to resume. */
  is_silenced: z.boolean(),
});
export type PlayInput = z.infer<typeof PlayInputSchema>;

/** Events of `play`. */
export const PlayEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('frame'), frame: LiveFrameSchema }),
  z.object({ type: z.literal('stream'), stream: AudioStreamInfoSchema }),
]);
export type PlayEvent = z.infer<typeof PlayEventSchema>;

export const LiveCommandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mapping'), mapping: MappingSchema, morph_ms: z.number().min(0).max(120_000) }),
  z.object({ kind: z.literal('row'), row: z.instanceof(Float32Array) }),
  z.object({ kind: z.literal('transport'), transport: TransportSchema }),
  z.object({ kind: z.literal('seek'), position_s: z.number().min(0) }),
  z.object({ kind: z.literal('film'), film: FilmSchema }),
  z.object({ kind: z.literal('ceiling'), db: z.number() }),
  z.object({ kind: z.literal('volume'), gain: z.number() }),
  /** Fades out, gives the device up and ends the `play` call. */
  z.object({ kind: z.literal('stop') }),
  z.object({ kind: z.literal('panic') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('reset-loudness') }),
  z.object({ kind: z.literal('output'), output: OutputSettingsSchema }),
  /** The files take the sound from now on, and its waveform; all paths are granted by the main process. */
  z.object({ kind: z.literal('record'), audio_path: z.string(), peaks_path: z.string() }),
  z.object({ kind: z.literal('stop-recording'), events_path: z.string() }),
]);
export type LiveCommand = z.infer<typeof LiveCommandSchema>;
export const LiveCommandInputSchema = z.object({ session_id: IdSchema, command: LiveCommandSchema });

/** Answer to `stop-recording`. */
export const RecordedSchema = z.object({
  samples: z.number().int(),
  sample_rate: z.number().int(),
  events: z.number().int(),
  lost_frames: z.number().int(),
});
export type Recorded = z.infer<typeof RecordedSchema>;

/** `latency`: clicks out and back in. */
export const LatencyInputSchema = z.object({ device: z.string().nullable(), sample_rate: z.number(), buffer_frames: z.number() });
export const LatencySchema = z.object({ latency_ms: z.number().nullable(), problem: z.string().nullable() });
export type Latency = z.infer<typeof LatencySchema>;

/** What the host asks for: features as far as they are known. */
export const FeatureRowsInputSchema = z.object({ media_id: IdSchema, first: z.number().int().min(0), count: z.number().int().min(1).max(20_000) });
export const FeatureRowsOutputSchema = z.object({
  rows: z.instanceof(Float32Array),
  timestamps: z.instanceof(Float64Array),
  /** Nothing comes after these. */
  is_complete: z.boolean(),
});
