/** A move as the planner needs it: where it lands, how lively it is and how its dancers stand at any moment. Pure. */
import type { EnergyLevel, Move, MoveCurves } from '../../../contract/documents/move.ts';
import type { PlannableMove } from '../ports.ts';

/** What a clip's curves say. */
export interface Movement {
  /** Kinematic beats, seconds, rising, and their strength 0..1. */
  readonly landsS: Float64Array;
  readonly lands: Float32Array;
  /** Movement at `rateHz`, 0..1 of the clip's own maximum; empty where it is not analysed. */
  readonly rateHz: number;
  readonly motion: Float32Array;
  /** Heights of the joints, `joints` numbers a sample, NaN where one was not seen; empty without a pose model. */
  readonly joints: readonly string[];
  readonly posture: Float32Array;
}

/** Clips in the library's own order, ids rising. */
export interface Clip extends Movement {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly category: string | null;
  readonly difficulty: string | null;
  readonly energyLevel: EnergyLevel | null;
  readonly style: string | null;
  readonly folderId: string | null;
  /** Words its name, category, tags and style consist of, one text: "side dip · style · sensual". */
  readonly words: string;
  readonly role: 'intro' | 'outro' | null;
  readonly tempo: number | null;
  readonly durationS: number;
  /** 0..1 within the library. */
  readonly energy: number;
}

const LEVEL_ENERGY = { low: 0.2, medium: 0.5, high: 0.8 } as const;
const INTRO = /\bintros?\b|\bopening\b/;
const OUTRO = /\boutros?\b|\bending\b|\bfinale?\b/;

const spaced = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** Cost: one pass over the curves. */
export function movementOf(curves: MoveCurves | null): Movement {
  const beats = curves?.kinematic_beats ?? [];
  return {
    landsS: Float64Array.from(beats, ({ time }) => time),
    lands: Float32Array.from(beats, ({ strength }) => strength),
    rateHz: curves?.rate_hz ?? 1,
    motion: Float32Array.from(curves?.motion ?? []),
    ...postureOf(curves),
  };
}

export function clipsOf(moves: readonly PlannableMove[]): Clip[] {
  return clipsWith(moves.map(({ move, curves }) => ({ move, movement: movementOf(curves) })));
}

/** The clips that can be shown; they are ranked among one another. */
export function clipsWith(moves: readonly { readonly move: Move; readonly movement: Movement }[]): Clip[] {
  const usable = moves.filter(({ move }) => !move.is_missing && move.duration > 0).toSorted((a, b) => (a.move.id < b.move.id ? -1 : 1));
  const activities = usable.flatMap(({ move }) => (move.activity === null ? [] : [move.activity])).sort((a, b) => a - b);
  return usable.map((each) => clipOf(each, rank(activities, each.move.activity)));
}

/** Share of the library that moves less, 0..1; null where it is not known. */
function rank(sorted: readonly number[], activity: number | null): number | null {
  if (activity === null || sorted.length < 2) return null;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < activity) low = middle + 1;
    else high = middle;
  }
  return low / (sorted.length - 1);
}

function clipOf({ move, movement }: { readonly move: Move; readonly movement: Movement }, activity: number | null): Clip {
  const { labels } = move;
  const category = labels.category?.value ?? null;
  const tags = labels.tags?.value ?? [];
  const name = labels.name?.value ?? move.path.split('/').at(-1) ?? move.path;
  const words = [name, category ?? '', ...tags, labels.style?.value ?? ''].map(spaced).join(' · ');
  return {
    id: move.id,
    name,
    path: move.path,
    category,
    difficulty: labels.difficulty?.value ?? null,
    energyLevel: labels.energy_level?.value ?? null,
    style: labels.style?.value ?? null,
    folderId: move.folder_id,
    words,
    role: INTRO.test(words) ? 'intro' : OUTRO.test(words) ? 'outro' : null,
    tempo: labels.tempo?.value ?? null,
    durationS: move.duration,
    energy: energyOf(labels.energy_level?.value ?? null, activity),
    ...movement,
  };
}

function energyOf(level: EnergyLevel | null, activity: number | null): number {
  if (level === null) return activity ?? 0.5;
  return activity === null ? LEVEL_ENERGY[level] : 0.5 * LEVEL_ENERGY[level] + 0.5 * activity;
}

function postureOf(curves: MoveCurves | null): Pick<Movement, 'joints' | 'posture'> {
  const pose = curves?.pose ?? [];
  const samples = Math.max(0, ...pose.map(({ values }) => values.length));
  const posture = new Float32Array(samples * pose.length).fill(Number.NaN);
  pose.forEach(({ values }, joint) => values.forEach((value, at) => (posture[at * pose.length + joint] = value ?? Number.NaN)));
  return { joints: pose.map(({ joint }) => joint), posture };
}

/** How the dancers stand and move at an edge of a shown stretch. */
export interface Edge {
  /** Mean heights of the joints, in the clip's order; empty where not known. */
  readonly heights: Float32Array;
  /** Mean movement, 0..1; null where not known. */
  readonly motion: number | null;
}

/** An edge is what is seen of this much at a cut. */
const EDGE_S = 0.4;

/** The mean of the stretch of EDGE_S that begins at `fromS`. */
export function edgeAt(clip: Clip, fromS: number): Edge {
  const from = Math.max(0, Math.round(fromS * clip.rateHz));
  const to = Math.max(from + 1, Math.round((fromS + EDGE_S) * clip.rateHz));
  return { heights: meanHeights(clip, from, to), motion: clip.motion.length === 0 ? null : mean(clip.motion, from, to) };
}

export const edgeBefore = (clip: Clip, endS: number): Edge => edgeAt(clip, Math.max(0, endS - EDGE_S));

function meanHeights({ posture, joints }: Clip, from: number, to: number): Float32Array {
  const [count, samples] = [joints.length, joints.length === 0 ? 0 : posture.length / joints.length];
  if (samples === 0) return EMPTY;
  return Float32Array.from(joints, (_, joint) => {
    let [sum, seen] = [0, 0];
    for (let at = Math.min(from, samples - 1); at < Math.min(to, samples); at += 1) {
      const height = posture[at * count + joint] ?? Number.NaN;
      if (Number.isNaN(height)) continue;
      sum += height;
      seen += 1;
    }
    return seen === 0 ? Number.NaN : sum / seen;
  });
}

const EMPTY = new Float32Array(0);

/** Mean of values [from, to), clamped into the array. */
export function mean(values: Float32Array, from: number, to: number): number {
  const start = Math.min(Math.max(0, from), values.length - 1);
  const end = Math.max(start + 1, Math.min(values.length, to));
  let sum = 0;
  for (let at = start; at < end; at += 1) sum += values[at] ?? 0;
  return sum / (end - start);
}
