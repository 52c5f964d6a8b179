/**
 * Session: one sonification in progress: a source, its features, a mapping, a seed and at most one sound output. It belongs
 * to a project or is anonymous and gone after a day. What the performer sees while it sounds is a LiveFrame.
 */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { MappingSchema } from './mapping.ts';
import { SeedSchema } from './sonify.ts';

export const BUFFER_SIZES = [64, 128, 256, 512, 1024, 2048] as const;
export const SAMPLE_RATES = [44_100, 48_000, 88_200, 96_000] as const;

export const SessionSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('media'), media_id: IdSchema }),
  /** Frames or features arrive one by one: a camera of the page, or a program. */
  z.object({ kind: z.literal('camera') }),
]);
export type SessionSource = z.infer<typeof SessionSourceSchema>;

/** How sound leaves the computer. */
export const OutputSettingsSchema = z.object({
  /** Id of a device; null for the system's own. `none`: a clock without sound. */
  device: z.string().max(300).nullable().default(null),
  sample_rate: z.union(SAMPLE_RATES.map((rate) => z.literal(rate))).default(48_000),
  /** Frames per callback. */
  buffer_frames: z.union(BUFFER_SIZES.map((frames) => z.literal(frames))).default(256),
  /** First of the pair on a device with many channels, from 0. */
  first_channel: z.number().int().min(0).max(126).default(0),
});
export type OutputSettings = z.infer<typeof OutputSettingsSchema>;
export const NO_DEVICE = 'none';
/** No film is longer. */
const MOST_SECONDS = 1_000_000;

/** What the seed calls AudioStreamInfo: the output as it runs. */
export const AudioStreamInfoSchema = z.object({
  stream_id: z.string(),
  /** `null`: no sound device, a clock keeps time. */
  backend: z.enum(['portaudio', 'null']),
  device: z.string(),
  host_api: z.string(),
  sample_rate: z.number(),
  channels: z.number().int(),
  buffer_frames: z.number().int(),
  /** As the device reports it, plus the engine's look-ahead. */
  latency_ms: z.number(),
  /** Why this is not the wanted device, in words; null when it is. */
  problem: z.string().nullable(),
});
export type AudioStreamInfo = z.infer<typeof AudioStreamInfoSchema>;

export const TransportSchema = z.object({
  is_playing: z.boolean(),
  /** 0.25..2 */
  speed: z.number().min(0.25).max(2),
  is_looping: z.boolean(),
  /** Of the film, or of the loop. */
  start_s: z.number().min(0).max(MOST_SECONDS),
  end_s: z.number().min(0).max(MOST_SECONDS),
});
export type Transport = z.infer<typeof TransportSchema>;
/** What is not given stays. */
export const TransportChangeSchema = TransportSchema.partial().extend({ position_s: z.number().min(0).max(MOST_SECONDS).optional() });
export type TransportChange = z.infer<typeof TransportChangeSchema>;

/** The seed's AudioParameters: what is given is set and no longer driven by rows; null gives it back to the mapping. */
export const AudioParametersSchema = z.object({
  bass_intensity: z.number().min(0).max(1).nullable().optional(),
  modulation_rate: z.number().min(0.1).max(20).nullable().optional(),
  filter_resonance: z.number().min(0).max(1).nullable().optional(),
  rhythm_complexity: z.number().min(0).max(1).nullable().optional(),
  bpm: z.number().int().min(40).max(240).nullable().optional(),
});
export type AudioParameters = z.infer<typeof AudioParametersSchema>;

export const SessionSchema = z.object({
  id: IdSchema,
  project_id: IdSchema.nullable(),
  source: SessionSourceSchema,
  mapping: MappingSchema,
  seed: SeedSchema,
  parameters: AudioParametersSchema,
  transport: TransportSchema,
  output: OutputSettingsSchema,
  /** dBTP, -60..-1: the level nothing goes beyond. */
  ceiling_db: z.number().min(-60).max(-1),
  /** 0..1, of the loudspeakers; recordings do not hear it. */
  volume: z.number().min(0).max(1),
  /** The sound that plays; null while there is none. */
  stream: AudioStreamInfoSchema.nullable(),
  is_recording: z.boolean(),
  created_at: z.iso.datetime(),
  /** When an anonymous session is forgotten; null for a project's. */
  expires_at: z.iso.datetime().nullable(),
});
export type Session = z.infer<typeof SessionSchema>;

const level = z.number().nullable();

/** Sixty times a second while a session sounds. Levels in dBFS, loudness in LUFS, null for silence. */
export const LiveFrameSchema = z.object({
  session_id: IdSchema,
  /** Samples given to the device since the session began to sound. */
  position: z.number(),
  /** Place in the film of the sample that is heard now, s; and when that was so (Unix time in ms). */
  film_s: z.number(),
  at_ms: z.number(),
  is_playing: z.boolean(),
  /** After panic or stop. */
  is_silenced: z.boolean(),
  /** The film is not seen yet where it plays. */
  is_starved: z.boolean(),
  speed: z.number(),
  bpm: z.number(),
  beat: z.number(),
  bar: z.number(),
  wobble_hz: z.number(),
  chord_place: z.number(),
  rhythm_level: z.number(),
  is_morphing: z.boolean(),
  peak_db: z.tuple([level, level]),
  rms_db: z.tuple([level, level]),
  /** Bass, rhythm, atmosphere. */
  strip_peak_db: z.tuple([level, level, level]),
  momentary_lufs: level,
  short_term_lufs: level,
  integrated_lufs: level,
  /** 256 samples of the mono sum, every fourth, from a rising zero crossing. */
  scope: z.array(z.number()),
  /** 64 bands from 30 Hz to 18 kHz in equal ratios, dBFS. */
  spectrum: z.array(z.number()),
  /** Per row of the mapping: input 0..1, output in its parameter’s unit. */
  inputs: z.array(z.number()),
  outputs: z.array(z.number()),
  /** In table order. */
  parameters: z.array(z.number()),
  underruns: z.number().int(),
  /** The longest share of a buffer’s time the engine took since the last frame, 0..1. */
  load: z.number(),
});
export type LiveFrame = z.infer<typeof LiveFrameSchema>;

/** A recorded performance: its sound, and everything that made it, to be rendered again bit for bit. */
export const PerformanceSchema = z.object({
  artifact_id: IdSchema,
  /** The list of events beside it. */
  events_artifact_id: IdSchema,
  session_id: IdSchema,
  duration_s: z.number(),
  events: z.number().int(),
  /** Frames the disk was too slow for; 0 unless the machine was in trouble. */
  lost_frames: z.number().int(),
});
export type Performance = z.infer<typeof PerformanceSchema>;
