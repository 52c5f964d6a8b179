/**
 * Blueprint: the complete, validated instructions for assembling one video. Every planner ends in one, only the assembler
 * reads it. Field names are those of the file; docs/blueprint.md explains each. What is left out takes the value stated here.
 */
import { z } from 'zod';

export const BLUEPRINT_VERSION = '1.0';
export const DIFFICULTY_LEVELS = ['beginner', 'intermediate', 'advanced'] as const;

/** Transitions into a move. The first three are cuts and plain fades; the others are FFmpeg's xfade of that name. */
export const TRANSITION_KINDS = [
  ...['cut', 'crossfade', 'fade_black', 'fade_white', 'dissolve', 'pixelize', 'radial', 'hblur'],
  ...['wipeleft', 'wiperight', 'wipeup', 'wipedown', 'slideleft', 'slideright', 'slideup', 'slidedown'],
  ...['smoothleft', 'smoothright', 'smoothup', 'smoothdown', 'circleopen', 'circleclose', 'circlecrop', 'rectcrop'],
  ...['horzopen', 'horzclose', 'vertopen', 'vertclose', 'diagtl', 'diagtr', 'diagbl', 'diagbr', 'distance'],
] as const;
export type TransitionKind = (typeof TRANSITION_KINDS)[number];

/** 24 hours: nothing longer is assembled. */
export const MAX_FILM_S = 86_400;
export const MAX_MOVES = 10_000;
export const SPEED_RANGE = [0.25, 4] as const;

const seconds = z.number().min(0).max(MAX_FILM_S);
const path = z.string().min(1).max(4096);
/** "2M", "128k" or bits per second. */
const bitrate = z.string().regex(/^\d{1,9}(\.\d{1,3})?[kM]?$/, 'A bitrate is a number with k or M, such as "2M" or "128k".');

export const BlueprintMoveSchema = z.object({
  /** Unique in the blueprint. */
  clip_id: z.string().min(1).max(200),
  video_path: path,
  /** Where the clip starts in the film; the boundary is placed on frame round(start_time × frame_rate). */
  start_time: seconds,
  /** How long it is shown; `duration × speed` seconds of the clip from `trim_start` on. */
  duration: z.number().positive().max(MAX_FILM_S),
  /** The transition into this move; ignored on the first. */
  transition_type: z.enum(TRANSITION_KINDS as readonly [TransitionKind, ...TransitionKind[]]).default('cut'),
  /** Of the clip, as the planner knew it; compared with the file. */
  original_duration: z.number().positive().max(MAX_FILM_S).nullable().default(null),
  trim_start: seconds.default(0),
  trim_end: seconds.default(0),
  /** Multiplier of the clip's own sound. */
  volume_adjustment: z.number().min(0).max(1).default(1),
  /** Of playback: 1.1 is a tenth faster; the pitch of the clip's sound stays. */
  speed: z.number().min(SPEED_RANGE[0]).max(SPEED_RANGE[1]).default(1),
});
export type BlueprintMove = z.infer<typeof BlueprintMoveSchema>;

export const VIDEO_CODECS = ['libx264', 'h264_nvenc', 'h264_qsv', 'h264_vaapi', 'h264_videotoolbox', 'h264_amf'] as const;
export type VideoCodec = (typeof VIDEO_CODECS)[number];
export const ASSEMBLY_PRESETS = ['low', 'medium', 'high'] as const;
export type AssemblyPreset = (typeof ASSEMBLY_PRESETS)[number];
const side = z.number().int().min(16).max(8192).multipleOf(2);

export const OutputConfigSchema = z.object({
  /** Relative to the root like every path; `{task_id}` is replaced. Null: among Kinetone's results. */
  output_path: path.nullable().default(null),
  output_format: z.enum(['mp4', 'mov', 'mkv']).default('mp4'),
  video_codec: z.enum(VIDEO_CODECS).default('libx264'),
  audio_codec: z.enum(['aac']).default('aac'),
  /** Null: constant quality. */
  video_bitrate: bitrate.nullable().default(null),
  audio_bitrate: bitrate.default('192k'),
  /** A number, or a rational string such as "30000/1001". */
  frame_rate: z.union([z.number().min(1).max(240), z.string().regex(/^[1-9]\d{0,6}(\/[1-9]\d{0,6})?$/, 'A frame rate is a number or a fraction such as "30000/1001".')]).default(30),
  /** Seconds. */
  transition_duration: z.number().min(0).max(10).default(0.5),
  fade_duration: z.number().min(0).max(10).default(0.3),
  /** Lays the song under the film; without it the clips' own sound is heard alone. */
  add_audio_overlay: z.boolean().default(true),
  normalize_audio: z.boolean().default(true),
  /** Pixels; null: the size most of the film was shot in, within the preset. */
  width: side.nullable().default(null),
  height: side.nullable().default(null),
  /** What becomes of a clip of another shape: bars beside it, or its edges cut off. */
  fit: z.enum(['pad', 'crop']).default('pad'),
  /** low: 1280×720; medium: 1920×1080; high: 3840×2160, at rising effort. Null: the clips' own size, quickly. */
  preset: z.enum(ASSEMBLY_PRESETS).nullable().default(null),
  /** Integrated loudness to aim for with `normalize_audio`. */
  loudness_lufs: z.number().min(-40).max(-5).default(-14),
});
export type OutputConfig = z.infer<typeof OutputConfigSchema>;

export const BlueprintSchema = z.object({
  version: z.literal(BLUEPRINT_VERSION).default(BLUEPRINT_VERSION),
  task_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'A task id has 1 to 64 letters, digits, _ and -.'),
  /** The song; null for a film without one. */
  audio_path: path.nullable(),
  /** BPM. */
  audio_tempo: z.number().positive().max(1000).nullable().default(null),
  moves: z.array(BlueprintMoveSchema).min(1).max(MAX_MOVES),
  total_duration: z.number().positive().max(MAX_FILM_S),
  difficulty_level: z.enum(DIFFICULTY_LEVELS).nullable().default(null),
  generation_timestamp: z.iso.datetime({ offset: true }).nullable().default(null),
  /** What the planner was asked: energy_level, style, user_id, seed and whatever else. */
  generation_parameters: z.record(z.string(), z.unknown()).default({}),
  output_config: OutputConfigSchema.prefault({}),
  /** Folders by name; a path that begins with such a name lies below that folder. */
  roots: z.record(z.string().regex(/^[\w.-]{1,64}$/), z.string().min(1).max(4096)).default({}),
});
export type Blueprint = z.infer<typeof BlueprintSchema>;

/** The seed's short form; core/assembly upgrades it. */
export const ShortBlueprintSchema = z.object({
  task_id: z.string(),
  song: z.object({ path: z.string(), duration: z.number().positive().optional() }),
  moves_used: z.array(z.object({ clip_id: z.string(), video_path: z.string(), start_time: z.number(), duration: z.number() })).min(1),
  video_output: z.object({ output_path: z.string() }).optional(),
});
export type ShortBlueprint = z.infer<typeof ShortBlueprintSchema>;

/** One thing that is wrong with a blueprint, and what to do about it. */
export const BlueprintFaultSchema = z.object({
  /** JSON pointer (RFC 6901) into the document as it was given: "/moves/3/duration". */
  pointer: z.string(),
  message: z.string(),
  hint: z.string(),
});
export type BlueprintFault = z.infer<typeof BlueprintFaultSchema>;
