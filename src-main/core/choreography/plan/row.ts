/** A row of chosen variants as a plan: parts and scores by the objective, repeats, transitions, reasons, alternatives. Pure. */
import type { Alternative, PlanScore, PlanSegment, ScoreParts } from '../../../contract/documents/choreography.ts';
import { beatAlignment, landingsOfFilm } from './alignment.ts';
import { NO_NEIGHBOUR, WEIGHTS, flowPart, variety, weighted } from './objective.ts';
import { reasonOf } from './reasons.ts';
import type { Slot } from './slots.ts';
import { type Scene, type Variant, mixes } from './variants.ts';
import type { Place } from './wishes.ts';

export interface Chosen {
  readonly slot: Slot;
  readonly variant: Variant;
  readonly place: Place;
  readonly parts: ScoreParts;
  /** 0..1, variety included. */
  readonly score: number;
  readonly isRepeat: boolean;
}

export const placeOf = (at: number, count: number): Place => ({ isFirst: at === 0, isLast: at === count - 1 });

function partsAfter(before: Variant | undefined, variant: Variant): ScoreParts {
  return { ...variant.parts, flow: before === undefined ? NO_NEIGHBOUR : flowPart(before, variant) };
}

export function chosenRow(scene: Scene, slots: readonly Slot[], row: readonly Variant[]): Chosen[] {
  const shown = new Map<string, { uses: number; last: number }>();
  return row.map((variant, at) => {
    const earlier = shown.get(variant.clip.id);
    const isRepeat = earlier !== undefined && at - earlier.last <= scene.wishes.parameters.repeat_window;
    const parts = partsAfter(row[at - 1], variant);
    const score = weighted(parts) * variety(earlier?.uses ?? 0, isRepeat);
    shown.set(variant.clip.id, { uses: (earlier?.uses ?? 0) + 1, last: at });
    return { slot: slots[at] as Slot, variant, place: placeOf(at, row.length), parts, score, isRepeat };
  });
}

/** How near a beat a border has to be to stand on it: half a frame at 25 a second, and the analysis' own grid. */
const ON_BEAT_S = 0.025;

export function scoreOf(scene: Scene, row: readonly Chosen[], segments: readonly PlanSegment[], bound: number | null): PlanScore {
  const { beats, duration } = scene.music.analysis;
  const share = ({ slot }: Chosen): number => (slot.endS - slot.startS) / duration;
  const names = Object.keys(WEIGHTS) as (keyof ScoreParts)[];
  const mean = (of: (each: Chosen) => number): number => clamped(row.reduce((sum, each) => sum + share(each) * of(each), 0));
  const lands = new Map(row.map(({ variant }) => [variant.clip.id, variant.clip.landsS]));
  const borders = segments.slice(1).map(({ start_s: start }) => start);
  return {
    total: mean(({ score }) => score),
    parts: Object.fromEntries(names.map((name) => [name, mean(({ parts }) => parts[name])])) as ScoreParts,
    bound: bound === null ? null : clamped(bound),
    beat_alignment: beatAlignment(landingsOfFilm(segments, (id) => lands.get(id) ?? []), beats),
    cuts_on_beat: borders.length === 0 ? 1 : borders.filter((border) => beats.some((beat) => Math.abs(beat - border) <= ON_BEAT_S)).length / borders.length,
    repeats: row.filter(({ isRepeat }) => isRepeat).length,
    different_moves: lands.size,
  };
}

const clamped = (value: number): number => Math.max(0, Math.min(1, value));

/** The wanted transition, or a cut where a clip has no footage for it or is too short; how many became cuts. */
export function transitionsOf(scene: Scene, row: readonly Chosen[]): { transitions: PlanSegment['transition'][]; cuts: number } {
  const { transition, transition_s: length } = scene.wishes.parameters;
  let cuts = 0;
  const transitions = row.map((each, at): PlanSegment['transition'] => {
    const before = row[at - 1];
    if (!before) return 'cut';
    if (each.slot.fixed !== null) return each.slot.fixed.transition;
    if (transition === 'cut') return 'cut';
    const isShort = Math.min(before.slot.endS - before.slot.startS, each.slot.endS - each.slot.startS) < length;
    const lacks = mixes(transition) && (before.variant.lacksTail || each.variant.lacksLead);
    if (!isShort && !lacks) return transition;
    cuts += 1;
    return 'cut';
  });
  return { transitions, cuts };
}

const MOST_ALTERNATIVES = 6;

/** Other clips for one place, best score first; of each clip the way that suits its neighbours best. */
export function alternativesAt(scene: Scene, row: readonly Chosen[], at: number, variants: readonly Variant[], most = MOST_ALTERNATIVES): Alternative[] {
  const here = row[at] as Chosen;
  const [before, after] = [row[at - 1]?.variant, row[at + 1]?.variant];
  const window = scene.wishes.parameters.repeat_window;
  const isNear = (id: string): boolean => row.some(({ variant }, other) => other !== at && Math.abs(other - at) <= window && variant.clip.id === id);
  const best = new Map<string, { value: number; variant: Variant; parts: ScoreParts; score: number; isRepeat: boolean }>();
  for (const variant of variants) {
    if (variant.clip.id === here.variant.clip.id) continue;
    const parts = partsAfter(before, variant);
    const isRepeat = isNear(variant.clip.id);
    const score = weighted(parts) * (isRepeat ? 0.5 : 1);
    const value = score + (after === undefined ? 0 : WEIGHTS.flow * flowPart(variant, after));
    if (value <= (best.get(variant.clip.id)?.value ?? -1)) continue;
    best.set(variant.clip.id, { value, variant, parts, score, isRepeat });
  }
  const sorted = [...best.values()].sort((a, b) => b.score - a.score || b.value - a.value || (a.variant.clip.id < b.variant.clip.id ? -1 : 1));
  return sorted.slice(0, most).map(({ variant, ...rest }) => alternativeOf(scene, variant, { here, ...rest }));
}

function alternativeOf(scene: Scene, variant: Variant, { here, parts, score, isRepeat }: { here: Chosen; parts: ScoreParts; score: number; isRepeat: boolean }): Alternative {
  return {
    move_id: variant.clip.id,
    name: variant.clip.name,
    path: variant.clip.path,
    in_s: variant.inS,
    speed: variant.speed,
    score: clamped(score),
    parts,
    reason: reasonOf(scene, variant, { slot: here.slot, place: here.place, parts, isRepeat }),
  };
}

/** What of a segment a choice says; id, lock, transition, alternatives and who chose are its maker's. */
export function segmentFacts(scene: Scene, chosen: Chosen): Omit<PlanSegment, 'id' | 'transition' | 'alternatives' | 'is_locked' | 'chosen_by'> {
  const { slot, variant, parts, score } = chosen;
  return {
    move_id: variant.clip.id,
    name: variant.clip.name,
    category: variant.clip.category,
    path: variant.clip.path,
    clip_s: variant.clip.durationS,
    start_s: slot.startS,
    end_s: slot.endS,
    counts: slot.counts,
    section: slot.section?.label ?? null,
    energy: slot.energy,
    in_s: variant.inS,
    speed: variant.speed,
    score: clamped(score),
    parts,
    reason: reasonOf(scene, variant, chosen),
  };
}
