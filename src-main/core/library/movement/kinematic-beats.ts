/**
 * When a movement lands, and how often. A kinematic beat is a local minimum of the movement's speed: the limbs arrive, turn
 * round or stop (Li et al., "AI Choreographer", ICCV 2021, beat alignment; Lee et al., "Dancing to Music", NeurIPS 2019). Its
 * strength is what the speed loses towards it, the impact of Davis and Agrawala, "Visual Rhythm and Beat", SIGGRAPH 2018. Pure.
 */
import type { SpeedSeries } from './series.ts';

export interface KinematicBeats {
  /** Seconds from the start of the clip, rising. */
  readonly times_s: readonly number[];
  /** 0..1 for each: the speed lost since the maximum before it, over the clip's largest such loss. */
  readonly strength: readonly number[];
}

const SMOOTH_S = 0.06;
/** A minimum is a beat when the speed falls into it and rises out of it by this part of the clip's range (5th to 95th percentile). */
const LEAST_DEPTH = 0.12;
/** Beats are at least this far apart; the deeper one stays. */
const LEAST_GAP_S = 0.2;

/** The values under a Gaussian of `sigma` values; the ends are held. */
export function smoothed(values: Float32Array, sigma: number): Float32Array {
  const reach = Math.ceil(sigma * 3);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const hold = (at: number): number => values[Math.min(values.length - 1, Math.max(0, at))] ?? 0;
  return values.map((_, at) => weights.reduce((sum, weight, offset) => sum + weight * hold(at + offset - reach), 0) / total);
}

function percentile(values: Float32Array, part: number): number {
  return values.slice().sort()[Math.floor(part * (values.length - 1))] ?? 0;
}

interface Minimum {
  readonly at: number;
  readonly fall: number;
}

/** Turning points with hysteresis: a minimum counts once the speed has risen `depth` above it, a maximum likewise. */
function minimaOf(values: Float32Array, depth: number): Minimum[] {
  const found: Minimum[] = [];
  let [low, high] = [0, 0];
  let isFalling = false;
  for (let at = 1; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    if (value < (values[low] ?? 0)) low = at;
    if (value > (values[high] ?? 0)) high = at;
    if (isFalling && value - (values[low] ?? 0) >= depth) {
      found.push({ at: low, fall: (values[high] ?? 0) - (values[low] ?? 0) });
      isFalling = false;
      high = at;
    } else if (!isFalling && (values[high] ?? 0) - value >= depth) {
      isFalling = true;
      low = at;
    }
  }
  return found;
}

/** The vertex of the parabola through a minimum and its neighbours, in values. */
function vertex(values: Float32Array, at: number): number {
  const [before, here, after] = [values[at - 1], values[at], values[at + 1]];
  if (before === undefined || here === undefined || after === undefined) return at;
  const bend = before - 2 * here + after;
  return bend <= 0 ? at : at + Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}

/** Cost: one pass. A clip that stands still has none. */
export function kinematicBeats({ values, rate_hz: rate, start_s: start }: SpeedSeries): KinematicBeats {
  const smooth = smoothed(values, Math.max(0.5, SMOOTH_S * rate));
  const range = percentile(smooth, 0.95) - percentile(smooth, 0.05);
  if (!(range > 1e-6)) return { times_s: [], strength: [] };
  const kept: Minimum[] = [];
  for (const minimum of minimaOf(smooth, LEAST_DEPTH * range)) {
    const last = kept.at(-1);
    if (last === undefined || (minimum.at - last.at) / rate >= LEAST_GAP_S) kept.push(minimum);
    else if (minimum.fall > last.fall) kept[kept.length - 1] = minimum;
  }
  const deepest = Math.max(...kept.map(({ fall }) => fall));
  return { times_s: kept.map(({ at }) => start + vertex(smooth, at) / rate), strength: kept.map(({ fall }) => fall / deepest) };
}

export interface MovementTempo {
  /** Landings a minute. */
  readonly bpm: number;
  /** 0..1: the autocorrelation of the speed at that period. */
  readonly confidence: number;
}

const [LEAST_BPM, MOST_BPM] = [50, 200];
/** Width of the prior around 120 BPM in octaves (Ellis, "Beat Tracking by Dynamic Programming", 2007, section 3.2). */
const PRIOR_OCTAVES = 0.9;
/** Changes slower and faster than these (Gaussian) are no steps: a move that begins calmly, the noise of single frames. */
const SLOW_S = 0.4;
const QUICK_S = 0.03;
/** Below this the movement has no tempo of its own. */
const LEAST_CONFIDENCE = 0.1;

/** The period at which the speed repeats, by its autocorrelation under a prior around 120 BPM; null when nothing repeats. */
export function movementTempo({ values, rate_hz: rate }: SpeedSeries): MovementTempo | null {
  const slow = smoothed(values, SLOW_S * rate);
  const level = smoothed(values, Math.max(0.5, QUICK_S * rate)).map((value, at) => value - (slow[at] ?? 0));
  const energy = level.reduce((sum, value) => sum + value * value, 0);
  const [shortest, longest] = [(60 / MOST_BPM) * rate, Math.min((60 / LEAST_BPM) * rate, level.length / 3)];
  if (!(energy > 0) || longest <= shortest) return null;
  const correlation = (lag: number): number => {
    let sum = 0;
    for (let at = lag; at < level.length; at += 1) sum += (level[at] ?? 0) * (level[at - lag] ?? 0);
    return (sum / energy) * (level.length / (level.length - lag));
  };
  let best = { score: 0, lag: 0, value: 0 };
  for (let lag = Math.ceil(shortest); lag <= longest; lag += 1) {
    const value = correlation(lag);
    const score = value * Math.exp(-0.5 * (Math.log2((60 * rate) / lag / 120) / PRIOR_OCTAVES) ** 2);
    if (score > best.score) best = { score, lag, value };
  }
  if (best.value < LEAST_CONFIDENCE) return null;
  const around = Float32Array.from([-1, 0, 1], (offset) => -correlation(best.lag + offset));
  return { bpm: (60 * rate) / (best.lag - 1 + vertex(around, 1)), confidence: Math.min(1, best.value) };
}
