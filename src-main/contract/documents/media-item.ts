/** MediaItem: an imported video, audio or image file with its probe and the state of what is derived from it. */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';

export const VideoStreamSchema = z.object({
  codec: z.string(),
  /** Stored size in pixels, before rotation and sample aspect. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** Size as shown: rotation and sample aspect applied. */
  display_width: z.number().int().positive(),
  display_height: z.number().int().positive(),
  rotation_deg: z.number(),
  /** Average rate as a rational string, "30000/1001"; null when the container does not say. */
  frame_rate: z.string().nullable(),
  is_variable_rate: z.boolean(),
  pixel_format: z.string().nullable(),
  bit_depth: z.number().int(),
});

export const AudioStreamSchema = z.object({
  codec: z.string(),
  sample_rate: z.number().int().positive(),
  channels: z.number().int().positive(),
});

export const ProbeSchema = z.object({
  /** FFmpeg's demuxer name, pinned with -f on every later read. */
  demuxer: z.string(),
  duration_s: z.number().min(0),
  video: VideoStreamSchema.nullable(),
  audio: AudioStreamSchema.nullable(),
});

/** What has been made from an item. `stale` means an older algorithm made it. */
export const DerivedStateSchema = z.enum(['none', 'making', 'ready', 'stale', 'failed', 'not-applicable']);

export const MediaItemSchema = z.object({
  id: IdSchema,
  kind: z.enum(['video', 'audio', 'image']),
  /** The file's name as the user knows it. */
  name: z.string(),
  size_bytes: z.number().int().min(0),
  probe: ProbeSchema,
  /** Whether the file is where it was at import. */
  is_missing: z.boolean(),
  /** The copy belongs to Kinetone (an upload); false when the user's original is referenced in place. */
  is_owned: z.boolean(),
  sha256: z.string().nullable(),
  created_at: z.iso.datetime(),
  removed_at: z.iso.datetime().nullable(),
  poster: DerivedStateSchema,
  filmstrip: DerivedStateSchema,
  peaks: DerivedStateSchema,
  proxy: DerivedStateSchema,
  features: DerivedStateSchema,
});

/** Filmstrip: sheets of tiles, each tile one picture; tile n shows time n × interval_s. */
export const FilmstripSchema = z.object({
  tile_width: z.number().int(),
  tile_height: z.number().int(),
  interval_s: z.number().positive(),
  tiles: z.number().int(),
  columns: z.number().int(),
  rows: z.number().int(),
  sheets: z.number().int(),
});

/** Waveform peaks: level 0 has one (min, max, rms) int16 triple per 256 sample frames, each level above a quarter as many. */
export const PeaksInfoSchema = z.object({
  sample_rate: z.number().int(),
  frames_per_peak: z.number().int(),
  levels: z.array(z.object({ level: z.number().int(), count: z.number().int() })),
});

export type MediaItem = z.infer<typeof MediaItemSchema>;
export type Probe = z.infer<typeof ProbeSchema>;
export type VideoStream = z.infer<typeof VideoStreamSchema>;
export type AudioStream = z.infer<typeof AudioStreamSchema>;
export type DerivedState = z.infer<typeof DerivedStateSchema>;
export type Filmstrip = z.infer<typeof FilmstripSchema>;
export type PeaksInfo = z.infer<typeof PeaksInfoSchema>;
