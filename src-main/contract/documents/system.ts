/** What the machine and the program are: doctor's checks, settings, the answer to "where am I". */
import { z } from 'zod';

import { MOST_BINDINGS, MidiBindingSchema } from './midi.ts';
import { OutputSettingsSchema } from './session.ts';

export const CheckSchema = z.object({
  id: z.string(),
  /** `ok` works, `warn` works with less, `fail` needs attention, `info` is worth knowing. */
  state: z.enum(['ok', 'warn', 'fail', 'info']),
  title: z.string(),
  detail: z.string(),
  /** What to do, as a sentence or the exact command. */
  fix: z.string().nullable(),
});
export const DoctorReportSchema = z.object({ checks: z.array(CheckSchema) });

export const AudioDeviceSchema = z.object({
  /** Stays the same while the device is plugged in and out: host API and name. */
  id: z.string(),
  name: z.string(),
  host_api: z.string(),
  channels: z.number().int(),
  default_rate: z.number(),
  /** Of 44.1, 88.2, 48 and 96 kHz those the device plays, Hz. */
  rates: z.array(z.number().int()),
  latency_ms: z.number(),
  is_default: z.boolean(),
});

/** How live sound leaves this machine. */
export const AudioSettingsSchema = OutputSettingsSchema.extend({
  /** dBTP, the level nothing goes beyond. */
  ceiling_db: z.number().min(-60).max(-1).default(-1),
  /** 0..1, of the loudspeakers. */
  volume: z.number().min(0).max(1).default(1),
});
export type AudioSettings = z.infer<typeof AudioSettingsSchema>;

/** How the library of moves is searched; the environment's VECTOR_SEARCH_TOP_K and MOVE_EMBEDDINGS_CACHE_TTL hold where nothing is set. */
export const LibrarySettingsSchema = z.object({
  /** Hits of a search that does not say how many. */
  top: z.number().int().min(1).max(1000).optional(),
  /** Seconds the embeddings stay in memory after they were last read from disk; 0 keeps none. */
  cache_s: z.number().int().min(0).max(86_400 * 7).optional(),
  /** Whether clips are made ready for films when they enter the library (disk space for shorter exports); true unless said. */
  prepare_clips: z.boolean().optional(),
});
export type LibrarySettings = z.infer<typeof LibrarySettingsSchema>;

export const SettingsSchema = z.object({
  theme: z.enum(['dark', 'light', 'high-contrast', 'system']),
  /** Path of an FFmpeg to use before every other; null to search. */
  ffmpeg_path: z.string().nullable(),
  loudness: z.union([z.literal('off'), z.number().min(-40).max(-5)]),
  /** Keys changed by the user: command id → key chord ("Ctrl+Shift+Z"). */
  keys: z.record(z.string(), z.string()),
  audio: AudioSettingsSchema.optional(),
  library: LibrarySettingsSchema.optional(),
  midi: z.array(MidiBindingSchema).max(MOST_BINDINGS).optional(),
  /** Whether anything may be sent to Gemini at all; each request asks for it once more. */
  gemini: z.object({ is_allowed: z.boolean() }).optional(),
  /** What the page remembers of its panels and lanes; opaque to everything else. */
  layout: z.record(z.string(), z.unknown()).optional(),
});

export const SystemInfoSchema = z.object({
  version: z.string(),
  /** Which door the page came through. */
  door: z.enum(['electron', 'browser', 'program']),
  platform: z.string(),
  /** Native dialogs, real paths of dropped files and saving to a path exist (the desktop shell). */
  has_native_paths: z.boolean(),
  workspaces: z.array(z.object({ id: z.enum(['sonify', 'choreography', 'music-video', 'text-to-video']), is_available: z.boolean() })),
});

export type Check = z.infer<typeof CheckSchema>;
export type DoctorReport = z.infer<typeof DoctorReportSchema>;
export type AudioDevice = z.infer<typeof AudioDeviceSchema>;
export type Settings = z.infer<typeof SettingsSchema>;
export type SystemInfo = z.infer<typeof SystemInfoSchema>;
