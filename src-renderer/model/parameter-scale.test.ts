import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parameters } from '../../src-main/contract/documents/parameters.ts';
import { positionOf, tidy, valueAt } from './parameter-scale.ts';

describe('parameter scale', () => {
  it('goes there and back for every parameter', () => {
    for (const spec of Object.values(parameters)) {
      fc.assert(
        fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (position) => {
          expect(positionOf(valueAt(position, spec), spec)).toBeCloseTo(position, 9);
        }),
      );
      expect(valueAt(2, spec)).toBeCloseTo(spec.max, 9);
      expect(valueAt(-1, spec)).toBeCloseTo(spec.min, 9);
    }
  });

  it('tidies a dragged value without leaving the range', () => {
    expect(tidy(0.123456, parameters.bass_drive)).toBe(0.123);
    expect(tidy(1234.56, parameters.bass_cutoff)).toBe(1230);
    expect(tidy(99_999, parameters.bass_cutoff)).toBe(12_000);
  });
});
