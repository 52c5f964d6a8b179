/** Shaping a row's curve by hand: the edits of its points, each leaving a valid curve. */
import { curveAt } from '../../src-main/contract/documents/curve.ts';
import type { Curve } from '../../src-main/contract/documents/mapping.ts';

export type Point = readonly [x: number, y: number];

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

const MAX_POINTS = 16;
/** Least distance of two points in x. */
const GAP = 0.01;

/** The curve as points, to begin shaping it by hand. */
export function asPoints(curve: Curve): Point[] {
  if (curve.kind === 'points') return curve.points.map(([x, y]) => [x, y] as const);
  const xs = curve.kind === 'linear' ? [0, 1] : [0, 0.25, 0.5, 0.75, 1];
  return xs.map((x) => [x, Math.round(curveAt(curve, x) * 1000) / 1000] as const);
}

/** Adds a point between its neighbours; returns the same list when there is no room. */
export function withPoint(points: readonly Point[], x: number, y: number): Point[] {
  const hasRoom = points.length < MAX_POINTS && points.every(([px]) => Math.abs(px - x) >= GAP) && x > 0 && x < 1;
  return hasRoom ? [...points, [x, clamp(y)] as const].sort((a, b) => a[0] - b[0]) : [...points];
}

/** Moves a point; the first and last keep their x, the others stay between their neighbours. */
export function withMoved(points: readonly Point[], index: number, x: number, y: number): Point[] {
  const left = points[index - 1];
  const right = points[index + 1];
  const own = points[index];
  if (!own) return [...points];
  const movedX = left && right ? Math.min(right[0] - GAP, Math.max(left[0] + GAP, x)) : own[0];
  return points.with(index, [movedX, clamp(y)]) as Point[];
}

/** Removes an inner point. */
export function withoutPoint(points: readonly Point[], index: number): Point[] {
  return index <= 0 || index >= points.length - 1 ? [...points] : points.toSpliced(index, 1);
}
