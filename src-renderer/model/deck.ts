/**
 * What two pictures show of a plan at a time: which segments they hold, how far a transition has come, and where in its
 * clip each stands. Transitions lie around their cut, half before and half after it.
 */
import type { PlanSegment, PlanTransition } from '../../src-main/contract/documents/choreography.ts';
import { lengthOf, segmentAt } from './plan-edit.ts';

type Segments = readonly PlanSegment[];

export interface Mix {
  /** The segment that is seen, or goes. */
  readonly from: number;
  /** The one that comes while a transition runs. */
  readonly to: number | null;
  /** 0 is all `from`, 1 all `to`. */
  readonly amount: number;
  readonly kind: PlanTransition;
}

/** Seconds on either side of the cut into a segment that its transition takes. */
export function halfOf(segments: Segments, index: number, transitionS: number): number {
  const [before, own] = [segments[index - 1], segments[index]];
  if (!before || !own || own.transition === 'cut') return 0;
  return Math.min(transitionS, lengthOf(before), lengthOf(own)) / 2;
}

export function mixAt(segments: Segments, timeS: number, transitionS: number): Mix {
  const at = segmentAt(segments, timeS);
  const own = segments[at];
  const next = segments[at + 1];
  const inHalf = halfOf(segments, at, transitionS);
  if (own && timeS < own.start_s + inHalf)
    return { from: at - 1, to: at, amount: 0.5 + (timeS - own.start_s) / (2 * inHalf), kind: own.transition };
  const outHalf = halfOf(segments, at + 1, transitionS);
  if (next && timeS >= next.start_s - outHalf)
    return { from: at, to: at + 1, amount: 0.5 - (next.start_s - timeS) / (2 * outHalf), kind: next.transition };
  return { from: at, to: null, amount: 0, kind: 'cut' };
}

export interface Stretch {
  readonly startS: number;
  readonly endS: number;
}

/** The segment to make ready while another is seen: the next one, or the first of a loop that ends before it. */
export function upcoming(segments: Segments, { from, to }: Mix, loop: Stretch | null): number | null {
  if (to !== null) return to;
  const seen = segments[from];
  if (!seen) return null;
  if (loop && loop.endS <= seen.end_s + 1e-3 && loop.endS > seen.start_s) {
    const first = segmentAt(segments, loop.startS);
    return first === from ? null : first;
  }
  return from + 1 < segments.length ? from + 1 : null;
}

export type Slots = readonly [number | null, number | null];

/**
 * Puts the wanted segments into the two slots; one that is there already stays where it is.
 * @param front  the slot that is seen: it is not taken for a segment that has yet to be loaded
 */
export function assigned(slots: Slots, seen: number, coming: number | null, front: 0 | 1): Slots {
  if (slots[0] === seen) return [seen, coming];
  if (slots[1] === seen) return [coming, seen];
  return front === 0 ? [coming, seen] : [seen, coming];
}

/** How a picture looks during a transition, as CSS: from and to, `to` lies on top. */
export interface Look {
  readonly opacity: number;
  readonly clip: string;
  readonly shift: string;
}

const PLAIN: Look = { opacity: 1, clip: 'none', shift: 'none' };
export const HIDDEN: Look = { opacity: 0, clip: 'none', shift: 'none' };

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

export function looks({ to, amount, kind }: Mix): { readonly from: Look; readonly to: Look } {
  if (to === null) return { from: PLAIN, to: HIDDEN };
  switch (kind) {
    case 'cut':
      return amount < 0.5 ? { from: PLAIN, to: HIDDEN } : { from: HIDDEN, to: PLAIN };
    case 'fade_black':
    case 'fade_white':
      return { from: { ...PLAIN, opacity: Math.max(0, 1 - 2 * amount) }, to: { ...PLAIN, opacity: Math.max(0, 2 * amount - 1) } };
    case 'crossfade':
    case 'dissolve':
      return { from: PLAIN, to: { ...PLAIN, opacity: amount } };
    case 'wipeleft':
      return { from: PLAIN, to: { ...PLAIN, clip: `inset(0 0 0 ${percent(1 - amount)})` } };
    case 'wiperight':
      return { from: PLAIN, to: { ...PLAIN, clip: `inset(0 ${percent(1 - amount)} 0 0)` } };
    case 'slideleft':
      return { from: { ...PLAIN, shift: `translateX(${percent(-amount)})` }, to: { ...PLAIN, shift: `translateX(${percent(1 - amount)})` } };
    case 'slideright':
      return { from: { ...PLAIN, shift: `translateX(${percent(amount)})` }, to: { ...PLAIN, shift: `translateX(${percent(amount - 1)})` } };
    case 'circleopen':
      return { from: PLAIN, to: { ...PLAIN, clip: `circle(${percent(amount * 0.75)})` } };
  }
}
