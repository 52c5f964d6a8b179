/**
 * The objective: what makes a choice good, in parts of 0..1 (docs/choreography.md). A plan's score is the mean of its
 * segments' scores, each weighing what it lasts. A move shown within the window before scores nothing. Pure.
 */
import type { ScoreParts } from '../../../contract/documents/choreography.ts';
import type { Clip, Edge } from './clip.ts';
import { type Music, NEARNESS_STEP_S } from './music.ts';
import type { Slot } from './slots.ts';
import type { Wishes } from './wishes.ts';

export const WEIGHTS: Readonly<ScoreParts> = { energy: 0.2, beats: 0.32, flow: 0.14, match: 0.12, labels: 0.14, picture: 0.08 };
/** Of a score, for each earlier use of the move, up to MOST_USES. */
const USE_COST = 0.05;
const MOST_USES = 4;

/** Share of a score that is left after so many earlier uses, none when the last was within the window. */
export function variety(uses: number, isRepeat: boolean): number {
  return isRepeat ? 0 : 1 - USE_COST * Math.min(MOST_USES, uses);
}

export function weighted(parts: ScoreParts): number {
  return (Object.keys(WEIGHTS) as (keyof ScoreParts)[]).reduce((sum, part) => sum + WEIGHTS[part] * parts[part], 0);
}

/** A clip with hardly a landing proves little: its alignment is drawn towards chance by so much weight. */
const DOUBT = 1;
const CHANCE = 0.35;
/** Shares of `beats`: the landings, the cut itself, the tempo the clip was danced at. */
const LANDINGS = 0.7;
const CUT = 0.15;
const TEMPO = 0.15;
/** Strength of a landing counts from this up. */
const FAINT = 0.25;
/** Landings nearer than this to a beat count as on it, for the reason. */
const HIT = Math.exp(-1);

export interface Landing {
  /** Strength-weighted mean nearness of the landings to beats, drawn towards chance. */
  readonly alignment: number;
  readonly hits: number;
  readonly landings: number;
}

/** How the landings of a stretch of a clip meet the beats. Cost: one table look-up a landing. */
export function landingOf(music: Music, clip: Clip, { startS, endS }: Pick<Slot, 'startS' | 'endS'>, inS: number, speed: number): Landing {
  const outS = inS + (endS - startS) * speed;
  let [hits, landings] = [0, 0];
  for (let at = firstFrom(clip.landsS, inS); at < clip.landsS.length && (clip.landsS[at] ?? 0) < outS; at += 1) {
    landings += 1;
    if (music.beatNearness(startS + ((clip.landsS[at] ?? 0) - inS) / speed) >= HIT) hits += 1;
  }
  return { alignment: alignmentOf(music, clip, { startS, endS }, inS, speed), hits, landings };
}

/** The `alignment` of a landing alone, for the many ways that are compared. */
export function alignmentOf({ nearness }: Music, { landsS, lands }: Clip, { startS, endS }: Pick<Slot, 'startS' | 'endS'>, inS: number, speed: number): number {
  const outS = inS + (endS - startS) * speed;
  let sum = DOUBT * CHANCE;
  let weight = DOUBT;
  for (let at = firstFrom(landsS, inS); at < landsS.length; at += 1) {
    const time = landsS[at] as number;
    if (time >= outS) break;
    const strength = FAINT + (1 - FAINT) * (lands[at] as number);
    sum += strength * (nearness[Math.round((startS + (time - inS) / speed) / NEARNESS_STEP_S)] ?? 0);
    weight += strength;
  }
  return sum / weight;
}

function firstFrom(times: Float64Array, fromS: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < fromS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** 1 where the clip's own tempo, at this speed, is the song's or its half or double; 0 from a tenth away. */
export function tempoFit(songTempo: number | null, clipTempo: number | null, speed: number): number | null {
  if (songTempo === null || clipTempo === null) return null;
  const octaves = Math.log2(songTempo / (clipTempo * speed));
  const away = Math.abs(octaves - Math.round(octaves));
  return Math.max(0, 1 - away / Math.log2(1.1));
}

export function beatsPart(music: Music, clip: Clip, slot: Slot, speed: number, alignment: number): number {
  if (!music.hasBeats) return 0.5;
  const fit = tempoFit(music.analysis.tempo, clip.tempo, speed);
  const cut = slot.startS === 0 ? 1 : music.beatNearness(slot.startS);
  const [sum, weight] = fit === null ? [0, 0] : [TEMPO * fit, TEMPO];
  return (LANDINGS * alignment + CUT * cut + sum) / (LANDINGS + CUT + weight);
}

/** What the music asks of a move there: its energy, drawn towards the asked level. */
export function wantedEnergy(slot: Slot, { parameters: { energy_level: level } }: Wishes): number {
  return level === null ? slot.energy : 0.5 * slot.energy + 0.5 * { low: 0.15, medium: 0.5, high: 0.85 }[level];
}

const ENERGY_REACH = 0.6;

export function energyPart(wanted: number, shown: number): number {
  return Math.max(0, 1 - Math.abs(wanted - shown) / ENERGY_REACH);
}

/** Off the half-second grid one group of pictures is encoded again; a tenth faster or slower is seen. */
const OFF_GRID = 0.25;
const OFF_SPEED = 0.6;
const NO_HANDLE = 0.15;

export function picturePart(speed: number, isOnGrid: boolean, lacksHandles: boolean): number {
  return Math.max(0, 1 - (OFF_SPEED * Math.abs(speed - 1)) / 0.1 - (isOnGrid ? 0 : OFF_GRID) - (lacksHandles ? NO_HANDLE : 0));
}

/** Heights this far apart, in parts of the picture, are another pose altogether. */
const POSE_REACH = 0.25;
const POSE_SHARE = 0.65;
const SAME_CATEGORY = 0.15;
export const NO_NEIGHBOUR = 1;

/** How well `next` goes on where `last` ends, 0..1; a half where nothing is known. */
export function flowPart(last: { readonly clip: Clip; readonly end: Edge }, next: { readonly clip: Clip; readonly start: Edge }): number {
  const pose = poseLikeness(last, next);
  const [a, b] = [last.end.motion, next.start.motion];
  const motion = a === null || b === null ? null : 1 - Math.min(1, Math.abs(a - b));
  const known = pose === null ? (motion ?? 0.5) : motion === null ? pose : POSE_SHARE * pose + (1 - POSE_SHARE) * motion;
  const isSame = last.clip.category !== null && last.clip.category === next.clip.category;
  return isSame ? known * (1 - SAME_CATEGORY) : known;
}

function poseLikeness(last: { readonly clip: Clip; readonly end: Edge }, next: { readonly clip: Clip; readonly start: Edge }): number | null {
  const [a, b] = [last.end.heights, next.start.heights];
  if (a.length === 0 || b.length === 0) return null;
  const isSame = last.clip.joints === next.clip.joints || last.clip.joints.length === next.clip.joints.length;
  if (!isSame) return null;
  let [sum, seen] = [0, 0];
  for (let joint = 0; joint < a.length; joint += 1) {
    const distance = Math.abs((a[joint] ?? 0) - (b[joint] ?? 0));
    if (Number.isNaN(distance)) continue;
    sum += distance;
    seen += 1;
  }
  return seen === 0 ? null : Math.max(0, 1 - sum / seen / POSE_REACH);
}
