/**
 * The ways one clip can fill one slot: in-points on its half-second grid, and in-points that put a landing on the first
 * beat, at speeds from 0.90 to 1.10. The best few are kept. A variant never needs footage the clip does not have. Pure.
 */
import { PLAN_SPEEDS, type ChoreographyParameters, type ScoreParts } from '../../../contract/documents/choreography.ts';
import { chance } from './chance.ts';
import { type Clip, type Edge, edgeAt, edgeBefore, mean } from './clip.ts';
import type { Music } from './music.ts';
import { type Landing, WEIGHTS, alignmentOf, beatsPart, energyPart, landingOf, picturePart, wantedEnergy } from './objective.ts';
import type { Slot } from './slots.ts';
import { type Place, type Wishes, labelsPart } from './wishes.ts';

/** What all choices of one plan share. */
export interface Scene {
  readonly music: Music;
  readonly wishes: Wishes;
  /** 0..1: how well search finds the clip for a slot. */
  readonly match: (slot: Slot, clip: Clip) => number;
  readonly roles: { readonly intro: boolean; readonly outro: boolean };
  readonly seed: number;
}

export interface Variant {
  readonly clip: Clip;
  readonly inS: number;
  readonly speed: number;
  /** All but `flow`, which depends on the neighbour. */
  readonly parts: Omit<ScoreParts, 'flow'>;
  /** Weighted sum of `parts`, and what the seed adds to the choice (never to the score). */
  readonly base: number;
  readonly luck: number;
  readonly landing: Landing;
  readonly start: Edge;
  readonly end: Edge;
  /** No footage for a transition at this side. */
  readonly lacksLead: boolean;
  readonly lacksTail: boolean;
}

/** Normalised clips can be entered every half second without encoding. */
const GRID_S = 0.5;
/** Frames of the film are placed on whole frames: a clip is shown up to one longer than planned. */
export const MARGIN_S = 0.05;
const KEPT = 2;
/** Kept in-points are at least this far apart. */
const APART_S = 0.75;
/** Landings this strong may be put on the first beat. */
const STRONG = 0.4;
const TINY_S = 1e-6;
/** What a seed other than 0 moves a choice by, at most. */
const LUCK = 0.12;

const SPEEDS = Array.from({ length: Math.round((PLAN_SPEEDS.fastest - PLAN_SPEEDS.slowest) / PLAN_SPEEDS.step) + 1 }, (_, step) => Math.round(100 * PLAN_SPEEDS.slowest + step) / 100);

/** Transitions that show both clips at once need footage of both. */
export function mixes(transition: ChoreographyParameters['transition']): boolean {
  return transition !== 'cut' && transition !== 'fade_black' && transition !== 'fade_white';
}

/** Seconds of a transition at each side of a border, in the film. */
export function handleS({ transition, transition_s: length }: Pick<ChoreographyParameters, 'transition' | 'transition_s'>): number {
  return mixes(transition) ? length / 2 : 0;
}

/** What an in-point at a speed needs beyond the shown stretch. */
interface Handles {
  readonly leadS: number;
  readonly tailS: number;
}

interface Entry {
  readonly inS: number;
  readonly speed: number;
  readonly landing: Landing;
  readonly lacksLead: boolean;
  readonly lacksTail: boolean;
}

export function canFill(clip: Clip, { startS, endS }: Pick<Slot, 'startS' | 'endS'>): boolean {
  return (endS - startS) * PLAN_SPEEDS.slowest + MARGIN_S <= clip.durationS + TINY_S;
}

/** The best few ways to fill the slot, best first; none when the clip is too short. */
export function variantsOf(scene: Scene, clip: Clip, slot: Slot, place: Place): Variant[] {
  if (!canFill(clip, slot)) return [];
  const handle = handleS(scene.wishes.parameters);
  const wanted: Handles = { leadS: place.isFirst ? 0 : handle, tailS: place.isLast ? 0 : handle };
  const statics = staticParts(scene, clip, slot, place);
  const ways = bestSpeeds(scene, clip, slot, wanted);
  ways.sort((a, b) => b.base - a.base || Math.abs(a.speed - 1) - Math.abs(b.speed - 1) || a.inS - b.inS);
  const kept: Way[] = [];
  for (const way of ways) {
    if (kept.every(({ inS }) => Math.abs(inS - way.inS) >= APART_S)) kept.push(way);
    if (kept.length === KEPT) break;
  }
  return kept.map(({ inS, speed }) => variantAt(scene, clip, slot, entryAt(scene, clip, slot, { inS, speed, wanted }), statics));
}

interface Way {
  readonly inS: number;
  readonly speed: number;
  readonly base: number;
}

/** For every in-point its best speed. */
function bestSpeeds({ music }: Scene, clip: Clip, slot: Slot, wanted: Handles): Way[] {
  const points = inPoints(music, clip, slot);
  const best = points.map((inS): Way => ({ inS, speed: 0, base: -1 }));
  for (const speed of SPEEDS) {
    const range = inRange(clip, slot, speed, wanted);
    if (range === null) continue;
    const { low, high, lacksHandles } = range;
    if (low > high - GRID_S && !points.some((inS) => inS >= low - TINY_S && inS <= high + TINY_S)) {
      points.push(Math.round(((low + high) / 2) * 1000) / 1000);
      best.push({ inS: points.at(-1) ?? 0, speed: 0, base: -1 });
    }
    // The part of the beats is linear in the alignment, which alone differs between in-points.
    const still = WEIGHTS.beats * beatsPart(music, clip, slot, speed, 0);
    const slope = WEIGHTS.beats * beatsPart(music, clip, slot, speed, 1) - still;
    const [onGrid, offGrid] = [true, false].map((is) => still + WEIGHTS.picture * picturePart(speed, is, lacksHandles)) as [number, number];
    for (let at = 0; at < points.length; at += 1) {
      const inS = points[at] as number;
      if (inS < low - TINY_S || inS > high + TINY_S) continue;
      const base = (isOnGrid(inS) ? onGrid : offGrid) + slope * alignmentOf(music, clip, slot, inS, speed);
      const so = best[at] as Way;
      if (base > so.base + TINY_S || (base > so.base - TINY_S && Math.abs(speed - 1) < Math.abs(so.speed - 1))) best[at] = { inS, speed, base };
    }
  }
  return best.filter(({ speed }) => speed > 0);
}

/** A given way, as a person or a lock has it. */
export function variantFor(scene: Scene, clip: Clip, slot: Slot, { inS, speed, place }: { inS: number; speed: number; place: Place }): Variant {
  const handle = handleS(scene.wishes.parameters);
  const wanted: Handles = { leadS: place.isFirst ? 0 : handle, tailS: place.isLast ? 0 : handle };
  return variantAt(scene, clip, slot, entryAt(scene, clip, slot, { inS, speed, wanted }), staticParts(scene, clip, slot, place));
}

interface Statics {
  readonly match: number;
  readonly labels: number;
}

function staticParts(scene: Scene, clip: Clip, slot: Slot, place: Place): Statics {
  return { match: scene.match(slot, clip), labels: labelsPart(clip, scene.wishes, place, scene.roles) };
}

/** In-points that leave room for the stretch, its margin and the transitions; without room for these, all that fit; null where none does. */
function inRange(clip: Clip, { startS, endS }: Slot, speed: number, { leadS, tailS }: Handles): { low: number; high: number; lacksHandles: boolean } | null {
  const room = clip.durationS - (endS - startS) * speed - MARGIN_S;
  if (room < -TINY_S) return null;
  const lacksHandles = room < (leadS + tailS) * speed;
  return lacksHandles ? { low: 0, high: Math.max(0, room), lacksHandles } : { low: leadS * speed, high: room - tailS * speed, lacksHandles };
}

/** The clip's half seconds, and the points that put a strong landing on the slot's first beat. */
function inPoints(music: Music, clip: Clip, { startS, endS }: Slot): number[] {
  const points: number[] = [];
  for (let step = 0; step * GRID_S <= clip.durationS; step += 1) points.push(step * GRID_S);
  const first = firstBeat(music, startS, endS);
  if (first === null) return points;
  clip.landsS.forEach((landS, at) => {
    const inS = Math.round((landS - (first - startS)) * 1000) / 1000;
    if ((clip.lands[at] ?? 0) >= STRONG && inS >= 0 && !isOnGrid(inS)) points.push(inS);
  });
  return points;
}

function firstBeat({ analysis: { beats } }: Music, startS: number, endS: number): number | null {
  let [low, high] = [0, beats.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((beats[middle] ?? 0) < startS - TINY_S) low = middle + 1;
    else high = middle;
  }
  const beat = beats[low];
  return beat !== undefined && beat < endS ? beat : null;
}

const isOnGrid = (inS: number): boolean => Math.abs(inS / GRID_S - Math.round(inS / GRID_S)) < 1e-6;

function entryAt({ music }: Scene, clip: Clip, slot: Slot, { inS, speed, wanted }: { inS: number; speed: number; wanted: Handles }): Entry {
  const outS = inS + (slot.endS - slot.startS) * speed;
  const lacksLead = inS < wanted.leadS * speed - TINY_S;
  const lacksTail = outS + wanted.tailS * speed > clip.durationS + TINY_S;
  return { inS, speed, landing: landingOf(music, clip, slot, inS, speed), lacksLead, lacksTail };
}

function variantAt(scene: Scene, clip: Clip, slot: Slot, entry: Entry, statics: Statics): Variant {
  const { inS, speed, landing, lacksLead, lacksTail } = entry;
  const outS = inS + (slot.endS - slot.startS) * speed;
  const parts = {
    ...statics,
    energy: energyPart(wantedEnergy(slot, scene.wishes), shownEnergy(clip, inS, outS)),
    beats: beatsPart(scene.music, clip, slot, speed, landing.alignment),
    picture: picturePart(speed, isOnGrid(inS), lacksLead || lacksTail),
  };
  const base = WEIGHTS.energy * parts.energy + WEIGHTS.beats * parts.beats + WEIGHTS.match * parts.match + WEIGHTS.labels * parts.labels + WEIGHTS.picture * parts.picture;
  const luck = scene.seed === 0 ? 0 : LUCK * chance(scene.seed, slot.startS.toFixed(3), clip.id);
  return { clip, inS, speed, parts, base, luck, landing, start: edgeAt(clip, inS), end: edgeBefore(clip, outS), lacksLead, lacksTail };
}

const MOST_SHIFT = 0.15;

/** The clip's energy, moved by how much of its movement the stretch holds. */
function shownEnergy(clip: Clip, inS: number, outS: number): number {
  if (clip.motion.length === 0) return clip.energy;
  const whole = mean(clip.motion, 0, clip.motion.length);
  const shown = mean(clip.motion, Math.round(inS * clip.rateHz), Math.round(outS * clip.rateHz));
  const shift = whole > 0 ? Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, 0.3 * (shown / whole - 1))) : 0;
  return Math.max(0, Math.min(1, clip.energy + shift));
}
