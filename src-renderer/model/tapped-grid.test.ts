import { describe, expect, it } from 'vitest';

import { gridOfTaps, withTap } from './tapped-grid.ts';

/** A person's unsteadiness, the same every time. */
const jitter = (i: number): number => 0.02 * Math.sin(i * 12.9898);

describe('a tapped grid', () => {
  it('finds tempo and first beat of exact taps', () => {
    const grid = gridOfTaps([10, 10.5, 11, 11.5]);
    expect(grid?.tempo).toBe(120);
    expect(grid?.first_beat).toBeCloseTo(10, 6);
  });

  it('finds a broken tempo to a tenth through 20 ms of unsteadiness', () => {
    const taps = Array.from({ length: 24 }, (_, i) => 3 + (i * 60) / 97.4 + jitter(i));
    expect(Math.abs((gridOfTaps(taps)?.tempo ?? 0) - 97.4)).toBeLessThan(0.3);
    expect(Math.abs((gridOfTaps(taps)?.first_beat ?? 0) - 3)).toBeLessThan(0.02);
  });

  it('is not thrown off by a missed tap', () => {
    expect(gridOfTaps([0, 0.5, 1, 2, 2.5, 3])?.tempo).toBe(120);
  });

  it('is not there before four taps, nor for taps that are no tempo', () => {
    expect(gridOfTaps([1, 2, 3])).toBeNull();
    expect(gridOfTaps([1, 1.01, 1.02, 1.03])).toBeNull();
  });

  it('begins anew after a pause and after a jump back', () => {
    expect(withTap([1, 1.5], 2)).toEqual([1, 1.5, 2]);
    expect(withTap([1, 1.5], 9)).toEqual([9]);
    expect(withTap([10, 10.5], 3)).toEqual([3]);
  });
});
