import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TimeTransform } from './time-transform.ts';

const bounds = { durationS: 120, widthPx: 1000, maxPxPerS: 4000 };

describe('TimeTransform', () => {
  it('is its own inverse', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 4000, noNaN: true }),
        fc.double({ min: 0, max: 36_000, noNaN: true }),
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        (scale, origin, px) => {
          const t = new TimeTransform(scale, origin);
          expect(t.toPx(t.toS(px))).toBeCloseTo(px, 3);
        },
      ),
    );
  });

  it('keeps the time under the pointer while it zooms, away from the ends', () => {
    const t = new TimeTransform(50, 40);
    const zoomed = t.zoomedAbout(300, 2, bounds);
    expect(zoomed.toS(300)).toBeCloseTo(t.toS(300), 9);
    expect(zoomed.pxPerS).toBe(100);
  });

  it('never shows time before zero or past the end, whatever is zoomed and scrolled', () => {
    const step = fc.oneof(
      fc.record({ px: fc.integer({ min: -50, max: 1050 }), factor: fc.double({ min: 0.1, max: 10, noNaN: true }) }),
      fc.record({ scroll: fc.integer({ min: -5000, max: 5000 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let t = TimeTransform.fit(bounds.durationS, bounds.widthPx);
        for (const s of steps)
          t = 'scroll' in s ? t.scrolledBy(s.scroll, bounds) : t.zoomedAbout(s.px, s.factor, bounds);
        const { startS, endS } = t.visible(bounds.widthPx);
        expect(startS).toBeGreaterThanOrEqual(0);
        expect(endS).toBeLessThanOrEqual(bounds.durationS + 1e-6);
      }),
    );
  });

  it('reveals a time by scrolling the least', () => {
    const t = new TimeTransform(100, 20);
    expect(t.revealing(25, 40, bounds)).toBe(t);
    expect(t.revealing(40, 40, bounds).toPx(40)).toBeCloseTo(960, 6);
  });

  it('fits a one-frame film without dividing by zero', () => {
    expect(Number.isFinite(TimeTransform.fit(0, 0).pxPerS)).toBe(true);
  });
});
