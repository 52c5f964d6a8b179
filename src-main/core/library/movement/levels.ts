/** Energy and difficulty of a clip from its movement, where no annotation says. Pure; the formulas are in docs/library.md. */
import { kinematicBeats } from './kinematic-beats.ts';
import type { SpeedSeries } from './series.ts';

export interface MovementLevels {
  /** 0..1. */
  readonly energy: number;
  readonly energy_level: 'low' | 'medium' | 'high';
  /** 0..1. */
  readonly difficulty_score: number;
  readonly difficulty: 'beginner' | 'intermediate' | 'advanced';
}

/** Speeds at which the energy is a half: torso lengths a second of poses, fractions of the diagonal a second of flow. */
const HALF_SPEED = { pose: 1.4, flow: 0.015 } as const;
/** Landings a second that are dense: every beat at 144 BPM. */
const DENSE_HZ = 2.4;
const BOUNDS = [0.38, 0.6] as const;

const level = <T>(value: number, names: readonly [T, T, T]): T => (value < BOUNDS[0] ? names[0] : value < BOUNDS[1] ? names[1] : names[2]);

/** @param kind  what the speed is made of */
export function movementLevels(speed: SpeedSeries, kind: keyof typeof HALF_SPEED): MovementLevels {
  const { values } = speed;
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const energy = mean / (mean + HALF_SPEED[kind]);
  const { times_s: beats } = kinematicBeats(speed);
  const seconds = values.length / speed.rate_hz;
  const density = seconds > 0 ? Math.min(1, beats.length / seconds / DENSE_HZ) : 0;
  const score = (energy + density) / 2;
  return {
    energy,
    energy_level: level(energy, ['low', 'medium', 'high']),
    difficulty_score: score,
    difficulty: level(score, ['beginner', 'intermediate', 'advanced']),
  };
}
