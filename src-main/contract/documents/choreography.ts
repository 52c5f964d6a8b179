/**
 * Choreography: what a person asks for, what was understood of it, and the plan: which move is shown when, from where in
 * its clip, how fast, with its reason, score and alternatives. docs/choreography.md states the objective.
 */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { DIFFICULTIES, ENERGY_LEVELS } from './move.ts';
import { LoudnessTargetSchema, SeedSchema } from './sonify.ts';
import { SECTION_LABELS } from './song-analysis.ts';

/** Transitions into a segment; fades and further kinds are the blueprint's. */
export const PLAN_TRANSITIONS = ['cut', 'crossfade', 'fade_black', 'fade_white', 'dissolve', 'wipeleft', 'wiperight', 'slideleft', 'slideright', 'circleopen'] as const;
export const TEMPO_PREFERENCES = ['slow', 'medium', 'fast'] as const;
/** Speed of a clip, in steps of 0.01. */
export const PLAN_SPEEDS = { slowest: 0.9, fastest: 1.1, step: 0.01 } as const;
/** Half speed for practice up to double; a person may go beyond what the planner does. */
const speed = z.number().min(0.25).max(4);
export const MOST_SEGMENTS = 4000;

const share = z.number().min(0).max(1);
const time = z.number().min(0);
const word = z.string().min(1).max(80);

export const ChoreographyParametersSchema = z.object({
  difficulty: z.enum(DIFFICULTIES).nullable(),
  energy_level: z.enum(ENERGY_LEVELS).nullable(),
  /** One word of the moves' open vocabulary. */
  style: word.nullable(),
  mood: word.nullable(),
  /** Kinds of moves to see more of, and none of ("dip", "spin"): compared with names, categories and tags. */
  prefer: z.array(word).max(40),
  avoid: z.array(word).max(40),
  /** Counts from cut to cut; `auto` is eight, and four or sixteen where a section asks for it. */
  counts: z.union([z.literal('auto'), z.literal(4), z.literal(8), z.literal(16)]),
  transition: z.enum(PLAN_TRANSITIONS),
  /** Seconds. */
  transition_s: z.number().min(0.1).max(2),
  /** So many segments after one another show different moves. */
  repeat_window: z.number().int().min(0).max(200),
  /** Only moves of this library folder. */
  folder_id: IdSchema.nullable(),
});

export const CHIP_KINDS = ['difficulty', 'energy', 'style', 'mood', 'tempo', 'transition', 'counts', 'prefer', 'avoid', 'song', 'dance'] as const;

/** One thing that was understood, readable: {kind: "avoid", label: "no dips", said: "no dips"}. */
export const ChipSchema = z.object({
  kind: z.enum(CHIP_KINDS),
  label: z.string().min(1).max(120),
  /** The words it came from, as they were written. */
  said: z.string().max(500),
});

export const SongWishSchema = z.object({
  /** Words of a title, artist, genre or tag. */
  words: z.array(word).max(40),
  tempo: z.enum(TEMPO_PREFERENCES).nullable(),
  /** Beats per minute, lowest and highest. */
  bpm: z.tuple([z.number().positive(), z.number().positive()]).nullable(),
});

export const ParsedRequestSchema = z.object({
  text: z.string().max(2000),
  parameters: ChoreographyParametersSchema,
  song: SongWishSchema,
  chips: z.array(ChipSchema),
  /** Words that said nothing to the parser. */
  ignored: z.array(z.string()),
  /** Who read it. */
  source: z.enum(['local', 'gemini']),
  notes: z.array(z.string()),
});

export const SongChoiceSchema = z.object({ song_id: IdSchema, name: z.string(), score: share, reasons: z.array(z.string()) });

/** What a choice is made of, each 0..1, 1 is best; docs/choreography.md, "Objective". */
export const ScorePartsSchema = z.object({
  /** Its energy is that of the music there. */
  energy: share,
  /** Its kinematic beats meet the music's. */
  beats: share,
  /** It begins as the one before it ends. */
  flow: share,
  /** Search finds it for this stretch and these words. */
  match: share,
  /** Difficulty, style and role are those asked for. */
  labels: share,
  /** Near speed 1.00, entered on the clip's half-second grid. */
  picture: share,
});

export const AlternativeSchema = z.object({
  move_id: IdSchema,
  name: z.string(),
  path: z.string(),
  in_s: time,
  speed,
  /** 0..1, in place of the chosen one with its neighbours as they are. */
  score: share,
  parts: ScorePartsSchema,
  reason: z.string(),
});

export const PlanSegmentSchema = z.object({
  id: IdSchema,
  move_id: IdSchema,
  name: z.string(),
  category: z.string().nullable(),
  /** Library name and the path below it. */
  path: z.string(),
  /** Length of the clip, seconds. */
  clip_s: z.number().positive(),
  /** In the film and the song; each ends where the next starts. */
  start_s: time,
  end_s: time,
  /** Beats of the song it covers; 0 where there are none. */
  counts: z.number().int().min(0),
  /** The section it lies in. */
  section: z.enum(SECTION_LABELS).nullable(),
  /** Energy of the music there, 0..1. */
  energy: share,
  /** Where the clip is entered; it shows (end_s - start_s) × speed seconds from there. */
  in_s: time,
  speed,
  /** Into this segment; of no effect on the first. */
  transition: z.enum(PLAN_TRANSITIONS),
  score: share,
  parts: ScorePartsSchema,
  /** In plain words: "lands on 7 of 8 beats · high energy like the chorus". */
  reason: z.string(),
  alternatives: z.array(AlternativeSchema).max(50),
  /** Kept as it is by re-planning. */
  is_locked: z.boolean(),
  chosen_by: z.enum(['planner', 'gemini', 'random', 'user']),
});

export const PLAN_NOTES = ['relaxed', 'search-failed', 'gemini', 'gemini-failed', 'repeats', 'no-beat', 'transitions', 'split', 'tempo'] as const;

export const PlanNoteSchema = z.object({ kind: z.enum(PLAN_NOTES), text: z.string() });

export const PlanScoreSchema = z.object({
  /** The objective, 0..1. */
  total: share,
  parts: ScorePartsSchema,
  /** What no plan over these borders and candidates can go beyond; null when it is not known. */
  bound: share.nullable(),
  /** Beat alignment score of the film, 0..1 (Li et al., ICCV 2021, equation 9). */
  beat_alignment: share,
  /** Borders that stand on a beat. */
  cuts_on_beat: share,
  /** Segments whose move was shown within the window before. */
  repeats: z.number().int().min(0),
  different_moves: z.number().int().min(0),
});

export const PlanSchema = z.object({
  version: z.literal(1),
  song_id: IdSchema,
  song_name: z.string(),
  /** Of the film: the song's, seconds. */
  duration_s: z.number().positive(),
  tempo: z.number().positive().nullable(),
  parameters: ChoreographyParametersSchema,
  seed: SeedSchema,
  /** Without a gap from 0 to `duration_s`. */
  segments: z.array(PlanSegmentSchema).min(1).max(MOST_SEGMENTS),
  source: z.enum(['local', 'gemini', 'random']),
  notes: z.array(PlanNoteSchema),
  score: PlanScoreSchema,
  /** Moves that passed the filters. */
  candidates: z.number().int().min(0),
  created_at: z.iso.datetime(),
});

/** What is wrong with a plan after it was edited by hand. */
export const PlanFaultSchema = z.object({ segment_id: IdSchema, message: z.string(), hint: z.string() });

export const ChoreographyExportSchema = z.object({
  format: z.enum(['mp4', 'mov', 'mkv']),
  /** Null: the clips' own size, quickly. */
  preset: z.enum(['low', 'medium', 'high']).nullable(),
  frame_rate: z.union([z.number().min(1).max(240), z.string().regex(/^[1-9]\d{0,6}(\/[1-9]\d{0,6})?$/)]),
  fit: z.enum(['pad', 'crop']),
  loudness: LoudnessTargetSchema,
  /** Of the clips' own sound under the song; 0 leaves it out. */
  clip_volume: share,
});
export const DEFAULT_CHOREOGRAPHY_EXPORT: ChoreographyExport = { format: 'mp4', preset: null, frame_rate: 30, fit: 'pad', loudness: -14, clip_volume: 0 };
export const DEFAULT_CHOREOGRAPHY_PARAMETERS: ChoreographyParameters = {
  difficulty: null,
  energy_level: null,
  style: null,
  mood: null,
  prefer: [],
  avoid: [],
  counts: 'auto',
  transition: 'cut',
  transition_s: 0.5,
  repeat_window: 8,
  folder_id: null,
};

export type ChoreographyParameters = z.infer<typeof ChoreographyParametersSchema>;
export type Chip = z.infer<typeof ChipSchema>;
export type SongWish = z.infer<typeof SongWishSchema>;
export type ParsedRequest = z.infer<typeof ParsedRequestSchema>;
export type SongChoice = z.infer<typeof SongChoiceSchema>;
export type ScoreParts = z.infer<typeof ScorePartsSchema>;
export type Alternative = z.infer<typeof AlternativeSchema>;
export type PlanSegment = z.infer<typeof PlanSegmentSchema>;
export type PlanNote = z.infer<typeof PlanNoteSchema>;
export type PlanScore = z.infer<typeof PlanScoreSchema>;
export type Plan = z.infer<typeof PlanSchema>;
export type PlanFault = z.infer<typeof PlanFaultSchema>;
export type PlanTransition = (typeof PLAN_TRANSITIONS)[number];
export type ChoreographyExport = z.infer<typeof ChoreographyExportSchema>;
