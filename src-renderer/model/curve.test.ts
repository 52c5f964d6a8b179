import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CurveSchema } from '../../src-main/contract/documents/mapping.ts';
import { asPoints, withMoved, withPoint, withoutPoint } from './curve.ts';
import type { Point } from './curve.ts';

const unit = fc.double({ min: 0, max: 1, noNaN: true });

describe('editing points', () => {
  it('always leaves a valid curve, whatever is done to it', () => {
    const edit = fc.oneof(
      fc.record({ add: fc.tuple(unit, unit) }),
      fc.record({
        move: fc.tuple(
          fc.nat(20),
          fc.double({ min: -1, max: 2, noNaN: true }),
          fc.double({ min: -1, max: 2, noNaN: true }),
        ),
      }),
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
