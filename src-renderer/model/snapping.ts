/**
 * Snapping of a dragged time to cuts, markers, beats and range ends: the nearest target within a distance in pixels.
 * Targets are sorted once and searched by bisection, so a film with thousands of cuts costs nothing while dragging.
 */
export type SnapKind = 'cut' | 'marker' | 'beat' | 'playhead' | 'range' | 'edge';

export interface SnapTarget {
  readonly atS: number;
  readonly kind: SnapKind;
}

/** What wins when two targets are equally near. */
const RANK: Record<SnapKind, number> = { marker: 0, cut: 1, range: 2, playhead: 3, edge: 4, beat: 5 };

/** Sorts targets for `snap`. */
export function sortedTargets(targets: readonly SnapTarget[]): SnapTarget[] {
  return [...targets].sort((a, b) => a.atS - b.atS || RANK[a.kind] - RANK[b.kind]);
}

/** Index of the first target at or after `timeS`. */
function lowerBound(targets: readonly SnapTarget[], timeS: number): number {
  let low = 0;
  let high = targets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((targets[middle]?.atS ?? Infinity) < timeS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The nearest target within `reachS`, or null.
 * @param targets  from `sortedTargets`
 */
export function snap(targets: readonly SnapTarget[], timeS: number, reachS: number): SnapTarget | null {
  let best: SnapTarget | null = null;
  for (let i = lowerBound(targets, timeS - reachS); i < targets.length; i += 1) {
    const target = targets[i];
    if (!target || target.atS > timeS + reachS) break;
    const closer = best === null || Math.abs(target.atS - timeS) < Math.abs(best.atS - timeS) - 1e-9;
    const sameButStronger =
      best !== null &&
      Math.abs(Math.abs(target.atS - timeS) - Math.abs(best.atS - timeS)) <= 1e-9 &&
      RANK[target.kind] < RANK[best.kind];
    if (closer || sameButStronger) best = target;
  }
  return best;
}

/** The nearest of `times` (rising) strictly before or after `timeS`, or null: for keys that go from cut to cut. */
export function neighbour(times: readonly number[], timeS: number, direction: 1 | -1): number | null {
  const tolerance = 1e-3;
  if (direction === 1) return times.find((time) => time > timeS + tolerance) ?? null;
  return times.findLast((time) => time < timeS - tolerance) ?? null;
}
