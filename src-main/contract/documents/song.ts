/**
 * Song: an audio item as the choreographer sees it: its analysis, a person's edits of it, and both together. Edits are
 * kept apart from the analysis, so that they survive when the song is analysed again.
 */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { DerivedStateSchema } from './media-item.ts';
import { SectionSchema, SongAnalysisSchema, TIME_SIGNATURES } from './song-analysis.ts';

const MOST_BEATS = 200_000;
const time = z.number().min(0);

const rising = z
  .array(time)
  .max(MOST_BEATS)
  .refine((times) => times.every((each, i) => i === 0 || each > (times[i - 1] ?? 0)), 'Beats rise from one to the next.');

/** Applied in this order: grid, then factor, nudge, bar shift; sections, key and time signature replace what was found. */
export const SongEditsSchema = z.object({
  /** A grid that stands in for the found one: tapped at a steady tempo, or the beats as they were when they were locked. */
  grid: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('tapped'), tempo: z.number().min(20).max(400), first_beat: time }),
      z.object({ kind: z.literal('locked'), beats: rising, downbeats: rising }),
    ])
    .nullable(),
  /** Beats for each found one: 2 puts one between every two, 0.5 keeps every second. */
  tempo_factor: z.union([z.literal(0.25), z.literal(0.5), z.literal(1), z.literal(2), z.literal(4)]),
  /** Seconds every beat is moved, later positive. */
  nudge_s: z.number().min(-2).max(2),
  /** Which beat of the bar is its first: found downbeats are moved by so many beats. */
  bar_shift: z.number().int().min(-11).max(11),
  time_signature: z.enum(TIME_SIGNATURES).nullable(),
  sections: z.array(SectionSchema).max(500).nullable(),
  key: z.string().max(20).nullable(),
});

export const NO_EDITS: SongEdits = { grid: null, tempo_factor: 1, nudge_s: 0, bar_shift: 0, time_signature: null, sections: null, key: null };

/** What a person says about a song; null where nothing was said. */
export const SongInfoSchema = z.object({
  title: z.string().max(200).nullable(),
  artist: z.string().max(200).nullable(),
  genre: z.string().max(80).nullable(),
  tags: z.array(z.string().min(1).max(40)).max(40),
});

export const SongSchema = z.object({
  /** The id of the audio item. */
  id: IdSchema,
  /** A number of its own, for the seed's routes. */
  number: z.number().int().positive(),
  name: z.string(),
  info: SongInfoSchema,
  /** Of the analysis. */
  state: DerivedStateSchema,
  /** The running analysis, if any. */
  job_id: IdSchema.nullable(),
  /** Why the last analysis failed. */
  problem: z.string().nullable(),
  edits: SongEditsSchema,
  /** The analysis with the edits applied; null while there is none. */
  analysis: SongAnalysisSchema.nullable(),
});

/** A song in a list: without its grids and curves. */
export const SongSummarySchema = SongSchema.omit({ edits: true, analysis: true }).extend({
  duration: time,
  tempo: z.number().nullable(),
  key: z.string().nullable(),
  time_signature: z.enum(TIME_SIGNATURES).nullable(),
  /** Mean of the energy curve, 0..1. */
  energy: z.number().nullable(),
  is_edited: z.boolean(),
});

export type SongEdits = z.infer<typeof SongEditsSchema>;
export type SongInfo = z.infer<typeof SongInfoSchema>;
export type Song = z.infer<typeof SongSchema>;
export type SongSummary = z.infer<typeof SongSummarySchema>;
