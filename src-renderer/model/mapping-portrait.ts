/**
 * A small picture of a mapping's character, from its own numbers: the bass with its wobble, the drums' hits, the pads'
 * chord as bands. Not a measurement; two mappings that sound different look different.
 */
import type { Mapping } from '../../src-main/contract/documents/mapping.ts';
import { KITS, MODES, TONICS } from '../../src-main/contract/documents/mapping.ts';
import { parameters } from '../../src-main/contract/documents/parameters.ts';
import type { ParameterId } from '../../src-main/contract/documents/parameters.ts';

export interface Portrait {
  /** Level of the bass over one bar, 0..1. */
  readonly bass: readonly number[];
  /** Hits of the drums on sixteenths: 0 none, else their weight. */
  readonly hits: readonly number[];
  /** Heights of the chord's notes, 0..1. */
  readonly notes: readonly number[];
  /** How bright the pads are, 0..1. */
  readonly brightness: number;
}

const POINTS = 64;
const STEPS = 16;

/** A parameter where its rows take it at three quarters of their way, else at rest. */
function typical(mapping: Mapping, id: ParameterId): number {
  const row = mapping.rows.findLast((own) => own.enabled && own.target === id && own.combine === 'set');
  return row ? row.output[0] + 0.75 * (row.output[1] - row.output[0]) : (mapping.resting[id] ?? parameters[id].default);
}

/** E(k, n) rotated so that it begins with a hit; Toussaint, "The Euclidean algorithm generates traditional rhythms" (2005). */
export function euclid(hits: number, steps: number): boolean[] {
  return Array.from({ length: steps }, (_, i) => hits > 0 && (i * hits) % steps < hits);
}

const SHAPE: Record<Mapping['sound']['bass'], (turn: number) => number> = {
  wobble: (turn) => 0.5 - 0.5 * Math.cos(2 * Math.PI * turn),
  growl: (turn) => Math.abs(Math.sin(2 * Math.PI * turn)) ** 0.6,
  sub: (turn) => 0.7 + 0.15 * Math.sin(2 * Math.PI * turn),
  pluck: (turn) => Math.exp(-4 * (turn % 1)),
  reese: (turn) => 0.65 + 0.2 * Math.sin(2 * Math.PI * turn) + 0.12 * Math.sin(6.6 * Math.PI * turn),
  acid: (turn) => 1 - (turn % 1) ** 0.7,
};

const CHORD_STEPS: readonly number[] = [0, 2, 4, 6];
const MINOR_MODES: readonly string[] = ['minor', 'dorian', 'phrygian', 'pentatonic'];

export function portraitOf(mapping: Mapping): Portrait {
  const barS = 240 / mapping.tempo.bpm;
  const turns = Math.min(16, Math.max(1, Math.round(typical(mapping, 'modulation_rate') * barS)));
  const shape = SHAPE[mapping.sound.bass];
  const level = Math.max(0.25, typical(mapping, 'bass_intensity'));
  const count = Math.round(2 + typical(mapping, 'rhythm_complexity') * 9 + (KITS.indexOf(mapping.sound.kit) % 3));
  const third = MINOR_MODES.includes(mapping.key.mode) ? 3 : 4;
  const root = TONICS.indexOf(mapping.key.tonic) / 12;
  const voices = Math.max(2, Math.min(4, Math.round(typical(mapping, 'pad_voices'))));
  return {
    bass: Array.from({ length: POINTS }, (_, i) => level * shape((i / POINTS) * turns)),
    hits: euclid(count, STEPS).map((isHit, i) => (isHit ? (i % 4 === 0 ? 1 : 0.6) : 0)),
    notes: CHORD_STEPS.slice(0, voices).map(
      (step) => (root + (step === 2 ? third : step * 1.75) / 12 + MODES.indexOf(mapping.key.mode) * 0.01) % 1,
    ),
    brightness: Math.min(1, Math.max(0, (typical(mapping, 'pad_register') + 2) / 4)),
  };
}
