/**
 * Mapping: how features drive audio parameters. A modulation matrix (rows) plus tempo, key, sound, mixer and master.
 * Where several rows drive one parameter their outputs are combined in row order.
 */
import { z } from 'zod';

import { parameterIds } from './parameters.ts';
import { sourceIds } from './sources.ts';

const fraction = z.number().min(0).max(1);
/** Far beyond every unit, within what 32-bit floats compute with. */
const bounded = z.number().min(-1e6).max(1e6);
const range = z.tuple([bounded, bounded]);

export const CurveSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('linear') }),
  /** y = x^exponent: above 1 holds back, below 1 reaches forward. */
  z.object({ kind: z.literal('power'), exponent: z.number().min(0.1).max(10) }),
  /** A smoothstep of the given steepness (1 soft … 8 hard) about the middle. */
  z.object({ kind: z.literal('s'), steepness: z.number().min(1).max(8) }),
  /** Straight lines between points, x strictly rising from 0 to 1. */
  z.object({ kind: z.literal('points'), points: z.array(z.tuple([fraction, fraction])).min(2).max(16) }),
]).superRefine((curve, context) => {
  if (curve.kind !== 'points') return;
  const xs = curve.points.map(([x]) => x);
  if (xs[0] !== 0 || xs.at(-1) !== 1 || xs.some((x, i) => i > 0 && x <= (xs[i - 1] ?? 0))) {
    context.addIssue({ code: 'custom', message: 'The points of a curve rise from x = 0 to x = 1, each beyond the last.' });
  }
});

export const QuantisationSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('steps'), count: z.number().int().min(2).max(64) }),
  /** Semitone outputs snap to degrees of the mapping's key. */
  z.object({ kind: z.literal('scale') }),
  /** Rates snap to note divisions of the tempo (whole … sixteenth triplets). */
  z.object({ kind: z.literal('divisions') }),
]);

export const MappingRowSchema = z.object({
  id: z.string().regex(/^[a-z0-9_-]{1,64}$/),
  enabled: z.boolean(),
  /** When any row is soloed, only soloed rows act; every other parameter holds its resting value. */
  solo: z.boolean(),
  source: z.enum(sourceIds),
  /** Source values at the curve's 0 and 1; may run backwards. */
  input: range,
  curve: CurveSchema,
  smoothing: z.object({ attack_ms: z.number().min(0).max(10_000), release_ms: z.number().min(0).max(10_000) }),
  target: z.enum(parameterIds),
  /** Parameter values at the curve's 0 and 1, in the parameter's unit; may run backwards. */
  output: range,
  quantisation: QuantisationSchema,
  /** `set` replaces what earlier rows wrote, `add` adds to it, `multiply` scales it. */
  combine: z.enum(['set', 'add', 'multiply']),
});

export const TONICS = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'] as const;
export const MODES = ['major', 'minor', 'dorian', 'phrygian', 'lydian', 'mixolydian', 'pentatonic'] as const;
export const KITS = ['house', 'breaks', 'trap', 'glitch', 'hand', 'soft'] as const;
export const BASS_SHAPES = ['wobble', 'growl', 'sub', 'pluck', 'reese', 'acid'] as const;
export const PAD_SHAPES = ['warm', 'glass', 'choir', 'strings', 'drone', 'keys'] as const;

export const StripSchema = z.object({
  gain_db: z.number().min(-60).max(12),
  pan: z.number().min(-1).max(1),
  mute: z.boolean(),
  solo: z.boolean(),
});

export const MappingSchema = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9_-]{1,64}$/),
  name: z.string().min(1).max(80),
  description: z.string().max(400),
  tempo: z.object({
    source: z.enum(['fixed', 'tapped', 'song', 'motion']),
    bpm: z.number().int().min(40).max(240),
  }),
  key: z.object({ tonic: z.enum(TONICS), mode: z.enum(MODES) }),
  /** With sync on the wobble rate snaps to the nearest allowed division of the tempo. */
  sync: z.boolean(),
  /** Resting value of every parameter no row drives; missing ones take the table's default. */
  resting: z.partialRecord(z.enum(parameterIds), bounded),
  rows: z.array(MappingRowSchema).max(64),
  sound: z.object({
    bass: z.enum(BASS_SHAPES),
    kit: z.enum(KITS),
    pad: z.enum(PAD_SHAPES),
  }),
  mixer: z.object({ bass: StripSchema, rhythm: StripSchema, atmosphere: StripSchema }),
  master: z.object({
    gain_db: z.number().min(-24).max(12),
    /** 0 leaves the bus compressor out, 1 is its full ratio. */
    compression: fraction,
  }),
});

export type Mapping = z.infer<typeof MappingSchema>;
export type MappingRow = z.infer<typeof MappingRowSchema>;
export type Curve = z.infer<typeof CurveSchema>;
export type Quantisation = z.infer<typeof QuantisationSchema>;
export type Strip = z.infer<typeof StripSchema>;
