import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CurveSchema } from '../../src-main/contract/documents/mapping.ts';
import type { Curve } from '../../src-main/contract/documents/mapping.ts';
import { asPoints, curveValue, withMoved, withPoint, withoutPoint } from './curve.ts';
import type { Point } from './curve.ts';

const unit = fc.double({ min: 0, max: 1, noNaN: true });

describe('curveValue', () => {
  it('goes from 0 to 1 and never falls, for every built-in shape', () => {
    const shapes: Curve[] = [{ kind: 'linear' }, { kind: 'power', exponent: 3 }, { kind: 'power', exponent: 0.3 }, { kind: 's', steepness: 8 }, { kind: 's', steepness: 1 }];
    for (const shape of shapes) {
      const values = Array.from({ length: 101 }, (_, i) => curveValue(shape, i / 100));
      expect(values[0]).toBe(0);
      expect(values[100]).toBe(1);
      expect(values.every((value, i) => i === 0 || value >= (values[i - 1] ?? 0))).toBe(true);
    }
  });

  it('passes through its points', () => {
    const curve: Curve = { kind: 'points', points: [[0, 1], [0.3, 0.2], [1, 0.6]] };
    expect([0, 0.3, 1, 0.65].map((x) => curveValue(curve, x))).toSatisfy((ys: number[]) => [1, 0.2, 0.6, 0.4].every((y, i) => Math.abs(y - (ys[i] ?? 9)) < 1e-9));
  });
});

describe('editing points', () => {
  it('always leaves a valid curve, whatever is done to it', () => {
    const edit = fc.oneof(
      fc.record({ add: fc.tuple(unit, unit) }),
      fc.record({ move: fc.tuple(fc.nat(20), fc.double({ min: -1, max: 2, noNaN: true }), fc.double({ min: -1, max: 2, noNaN: true })) }),
      fc.record({ remove: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
        let points: Point[] = asPoints({ kind: 's', steepness: 4 });
        for (const e of edits) {
          if ('add' in e) points = withPoint(points, ...e.add);
          else if ('move' in e) points = withMoved(points, ...e.move);
          else points = withoutPoint(points, e.remove);
        }
        expect(CurveSchema.safeParse({ kind: 'points', points }).success).toBe(true);
      }),
    );
  });
});
