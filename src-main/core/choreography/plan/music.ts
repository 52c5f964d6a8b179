/** The song as the planner needs it: how near any moment is to a beat, and how lively the music is there. Pure. */
import type { SongAnalysis } from '../../../contract/documents/song-analysis.ts';

/**
 * Width of "on the beat": 3 frames at 60 frames a second, as in the beat alignment score of Li et al., "AI Choreographer:
 * Music Conditioned 3D Dance Generation with AIST++", ICCV 2021, equation 9.
 */
export const BEAT_SIGMA_S = 0.05;
export const NEARNESS_STEP_S = 0.005;
/** A song whose loudness hardly changes is not stretched to the whole range. */
const LEAST_RANGE = 0.25;

export interface Music {
  readonly analysis: SongAnalysis;
  readonly hasBeats: boolean;
  /** 0..1: exp(-d² / 2σ²) of the distance d to the nearest beat. */
  beatNearness(timeS: number): number;
  /** The same as a table, one value each NEARNESS_STEP_S from 0 on: for loops. */
  readonly nearness: Float32Array;
  /** Mean of the song's energy over a stretch, 0..1 of the song's own range (5th to 95th percentile). */
  energy(startS: number, endS: number): number;
}

export function musicOf(analysis: SongAnalysis): Music {
  const nearness = nearnessTable(analysis);
  const energy = energyOf(analysis);
  return {
    analysis,
    hasBeats: analysis.beats.length >= 2,
    nearness,
    beatNearness: (timeS) => nearness[Math.round(timeS / NEARNESS_STEP_S)] ?? 0,
    energy,
  };
}

function nearnessTable({ beats, duration }: SongAnalysis): Float32Array {
  const table = new Float32Array(Math.ceil(duration / NEARNESS_STEP_S) + 2);
  const reach = 4 * BEAT_SIGMA_S;
  for (const beat of beats) {
    for (let at = Math.max(0, Math.ceil((beat - reach) / NEARNESS_STEP_S)); at * NEARNESS_STEP_S <= beat + reach && at < table.length; at += 1) {
      const distance = at * NEARNESS_STEP_S - beat;
      table[at] = Math.max(table[at] ?? 0, Math.exp(-(distance * distance) / (2 * BEAT_SIGMA_S * BEAT_SIGMA_S)));
    }
  }
  return table;
}

function energyOf({ energy }: SongAnalysis): Music['energy'] {
  const sorted = energy.toSorted((a, b) => a - b);
  const part = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0.5;
  const [low, high] = [part(0.05), part(0.95)];
  const range = Math.max(LEAST_RANGE, high - low);
  const floor = (low + high - range) / 2;
  return (startS, endS) => {
    if (energy.length === 0) return 0.5;
    let [sum, weight] = [0, 0];
    for (let second = Math.floor(startS); second < endS; second += 1) {
      const overlap = Math.min(endS, second + 1) - Math.max(startS, second);
      sum += overlap * (energy[Math.min(energy.length - 1, second)] ?? 0);
      weight += overlap;
    }
    return weight > 0 ? Math.min(1, Math.max(0, (sum / weight - floor) / range)) : 0.5;
  };
}
