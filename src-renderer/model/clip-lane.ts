/** Where the clips of a plan lie on a time axis: which are in sight, and what lies under the pointer. */
import type { PlanSegment } from '../../src-main/contract/documents/choreography.ts';
import { segmentAt } from './plan-edit.ts';
import type { TimeTransform } from './time-transform.ts';

type Segments = readonly PlanSegment[];

/** First and one past the last segment that a stretch of time touches. */
export function inSight(segments: Segments, startS: number, endS: number): readonly [number, number] {
  if (segments.length === 0) return [0, 0];
  return [segmentAt(segments, startS), segmentAt(segments, endS) + 1];
}

export type Hit = { readonly kind: 'border'; readonly index: number } | { readonly kind: 'clip'; readonly index: number } | null;

const BORDER_PX = 5;
/** Clips narrower than this have no borders to take hold of. */
const LEAST_GRIP_PX = 18;

/** The clip at a place of the lane, or the border after one. */
export function hitAt(segments: Segments, transform: TimeTransform, px: number): Hit {
  const index = segmentAt(segments, transform.toS(px));
  const own = segments[index];
  if (!own || px > transform.toPx(own.end_s)) return null;
  const [left, right] = [transform.toPx(own.start_s), transform.toPx(own.end_s)];
  if (right - left >= LEAST_GRIP_PX) {
    if (index > 0 && px - left <= BORDER_PX) return { kind: 'border', index: index - 1 };
    if (index < segments.length - 1 && right - px <= BORDER_PX) return { kind: 'border', index };
  }
  return { kind: 'clip', index };
}

/** A word cut to a width with an ellipsis; empty when not even two letters fit. */
export function cutToWidth(text: string, widthPx: number, measure: (text: string) => number): string {
  if (measure(text) <= widthPx) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${text.slice(0, middle)}…`) <= widthPx) low = middle;
    else high = middle - 1;
  }
  return low < 2 ? '' : `${text.slice(0, low)}…`;
}
