/**
 * SongAnalysis: what the ear knows of one audio item: tempo, beats, bars, sections, energy, rhythm, key, key moments.
 * Times are seconds from sample 0 of the decoded audio, encoder delay removed. docs/song.md says how each is found.
 */
import { z } from 'zod';

export const TIME_SIGNATURES = ['3/4', '4/4', '6/8'] as const;
/** Beats of a bar; in 6/8 the beat is the dotted quarter that is felt, two of them to a bar. */
export const BEATS_PER_BAR = { '3/4': 3, '4/4': 4, '6/8': 2 } as const satisfies Record<(typeof TIME_SIGNATURES)[number], number>;
export const SECTION_LABELS = ['intro', 'verse', 'chorus', 'bridge', 'break', 'solo', 'outro', 'silence'] as const;
/** The seven moments of a song, in their order; each once, on a downbeat (or beat where bars are not known). */
export const KEY_MOMENTS = ['intro', 'verse', 'build', 'climax', 'bridge', 'peak', 'resolution'] as const;

const time = z.number().min(0);
const share = z.number().min(0).max(1);

export const TempoAlternativeSchema = z.object({
  /** Beats per minute. */
  tempo: z.number().positive(),
  /** 0..1; of the tempo in use and all alternatives together they sum to at most 1. */
  confidence: share,
  relation: z.enum(['half', 'double', 'third', 'triple', 'other']),
});

export const SectionSchema = z.object({
  start: time,
  end: time,
  label: z.enum(SECTION_LABELS),
  /** Mean of the energy curve over the section, 0..1. */
  energy: share,
});

export const KeyMomentSchema = z.object({ time, kind: z.enum(KEY_MOMENTS), energy: share });

export const SongAnalysisSchema = z.object({
  version: z.literal(1),
  /** Seconds, sample-exact. */
  duration: time,
  /** Median of the beat grid, beats per minute; null where there is no beat (silence, speech, noise). */
  tempo: z.number().positive().nullable(),
  /** How sure the choice of tempo is, 0..1; 0 where there is none. */
  tempo_confidence: share,
  tempo_alternatives: z.array(TempoAlternativeSchema),
  /** The tempo drifts or is played freely: consecutive bars differ by more than 4 %. */
  is_tempo_variable: z.boolean(),
  beats: z.array(time),
  /** A subset of `beats`: the first of each bar. */
  downbeats: z.array(time),
  time_signature: z.enum(TIME_SIGNATURES).nullable(),
  sections: z.array(SectionSchema),
  /** One value per second (the last may cover less), 0..1: loudness relative to the song's own. */
  energy: z.array(share),
  rhythm_strength: share,
  syncopation: share,
  /** "A minor", "F# major"; null where no key stands out. */
  key: z.string().nullable(),
  key_confidence: share,
  key_moments: z.array(KeyMomentSchema),
  /** Where the beats come from: our own onset curve, or a model's activations ("beatnet"). */
  beat_source: z.string(),
});

export type SongAnalysis = z.infer<typeof SongAnalysisSchema>;
export type SongSection = z.infer<typeof SectionSchema>;
export type KeyMoment = z.infer<typeof KeyMomentSchema>;
export type TimeSignature = (typeof TIME_SIGNATURES)[number];
