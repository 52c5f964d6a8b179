import { describe, expect, it } from 'vitest';

import { cutPoints, cutTimes } from './cut-list.ts';

describe('cuts', () => {
  it('are the points whose greatest value is one half or more; what is not analysed is none', () => {
    expect(cutPoints(Float32Array.from([0, 0.49, 0, 0, 0.5, 0.2, NaN, NaN, NaN, 0, 0.9, 0.1]))).toEqual([1, 3]);
  });

  it('count a frame once, on whichever side of a border it falls', () => {
    const periodS = 0.04;
    // Frame 5 begins at 0.2 s: point 10 when rounding is kind, point 9 when it is not.
    expect(cutTimes([10], 0, periodS)[0]).toBeCloseTo(0.2, 9);
    expect(cutTimes([9], 0, periodS)[0]).toBeCloseTo(0.2, 9);
    expect(cutTimes([9, 10], 0, periodS)).toHaveLength(1);
    expect(cutTimes([2], 4, periodS)[0]).toBeCloseTo(4.04, 9);
  });
});
