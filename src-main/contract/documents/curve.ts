/** The four kinds of curve as one pure function: what the engine's table holds and the studio draws. */
import type { Curve } from './mapping.ts';

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** About the middle: x^k / (x^k + (1-x)^k), k the steepness. */
function sCurve(x: number, steepness: number): number {
  const up = x ** steepness;
  return up / (up + (1 - x) ** steepness);
}

function onPoints(x: number, points: readonly (readonly [number, number])[]): number {
  const next = points.findIndex(([px]) => px >= x);
  const right = points[next] ?? points.at(-1);
  const left = points[next - 1];
  if (!right || !left) return right?.[1] ?? x;
  return left[1] + ((x - left[0]) / (right[0] - left[0])) * (right[1] - left[1]);
}

/** @param x 0..1, clamped. @returns 0..1 */
export function curveAt(curve: Curve, x: number): number {
  const at = clamp(x);
  switch (curve.kind) {
    case 'linear':
      return at;
    case 'power':
      return at ** curve.exponent;
    case 's':
      return sCurve(at, curve.steepness);
    case 'points':
      return clamp(onPoints(at, curve.points));
  }
}
