import { describe, expect, it } from 'vitest';

import { neighbour, snap, sortedTargets } from './snapping.ts';

const targets = sortedTargets([
  { atS: 8, kind: 'beat' },
  { atS: 2, kind: 'cut' },
  { atS: 5, kind: 'beat' },
  { atS: 5, kind: 'marker' },
]);

describe('snap', () => {
  it('takes the nearest target within reach', () => {
    expect(snap(targets, 2.2, 0.5)?.atS).toBe(2);
    expect(snap(targets, 7.4, 1)?.atS).toBe(8);
  });

  it('takes nothing beyond reach', () => {
    expect(snap(targets, 3.4, 0.5)).toBeNull();
  });

  it('prefers a marker to a beat at the same place', () => {
    expect(snap(targets, 5.01, 0.5)?.kind).toBe('marker');
  });
});

describe('neighbour', () => {
  it('goes past the cut one is standing on', () => {
    expect(neighbour([1, 2, 3], 2, 1)).toBe(3);
    expect(neighbour([1, 2, 3], 2.0004, -1)).toBe(1);
    expect(neighbour([1, 2, 3], 3, 1)).toBeNull();
  });
});
