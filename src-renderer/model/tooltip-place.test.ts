import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { placeTooltip } from './tooltip-place.ts';
import type { Side } from './tooltip-place.ts';

const view = { width: 1280, height: 720 };
const size = { width: 120, height: 28 };

describe('placeTooltip', () => {
  it('stands on the wished side where there is room', () => {
    expect(placeTooltip({ left: 600, top: 300, width: 28, height: 28 }, size, 'bottom', view)).toEqual({
      left: 554,
      top: 334,
    });
  });

  it('goes to the other side at the edge of the window', () => {
    expect(placeTooltip({ left: 600, top: 690, width: 28, height: 28 }, size, 'bottom', view).top).toBeLessThan(690);
    expect(placeTooltip({ left: 4, top: 300, width: 28, height: 28 }, size, 'left', view).left).toBeGreaterThan(32);
  });

  it('is never cut off', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1252 }),
        fc.integer({ min: 0, max: 692 }),
        fc.constantFrom<Side>('top', 'right', 'bottom', 'left'),
        (left, top, side) => {
          const place = placeTooltip({ left, top, width: 28, height: 28 }, size, side, view);
          expect(place.left).toBeGreaterThanOrEqual(8);
          expect(place.top).toBeGreaterThanOrEqual(8);
          expect(place.left + size.width).toBeLessThanOrEqual(1272);
          expect(place.top + size.height).toBeLessThanOrEqual(712);
        },
      ),
    );
  });
});
