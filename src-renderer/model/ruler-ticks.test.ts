import { describe, expect, it } from 'vitest';

import { rulerSteps, rulerTicks } from './ruler-ticks.ts';
import { TimeTransform } from './time-transform.ts';

describe('rulerSteps', () => {
  it('leaves labels at least the asked distance apart and divides them evenly', () => {
    for (const pxPerS of [0.02, 0.7, 3, 10, 90, 800, 4000]) {
      const { labelS, tickS } = rulerSteps(pxPerS, 80);
      expect(labelS * pxPerS).toBeGreaterThanOrEqual(79.999);
      expect(Math.abs(labelS / tickS - Math.round(labelS / tickS))).toBeLessThan(1e-6);
    }
  });
});

describe('rulerTicks', () => {
  it('labels every main tick of a minute, with small ticks between', () => {
    const ticks = rulerTicks(new TimeTransform(20, 0), { widthPx: 1000, durationS: 60 });
    expect(ticks.flatMap(({ label, px }) => (label === null ? [] : [[label, px]]))).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45].map((s) => [`0:${String(s).padStart(2, '0')}`, s * 20]));
    expect(ticks.filter(({ isMain }) => isMain).length).toBe(11);
    expect(ticks.length).toBeGreaterThan(11);
  });

  it('leaves out a label that the edge would cut, and keeps its tick', () => {
    const last = rulerTicks(new TimeTransform(20, 0), { widthPx: 1010, durationS: 60 }).filter(({ isMain }) => isMain).at(-1);
    expect(last).toEqual({ px: 1000, isMain: true, label: null });
  });

  it('begins early enough for a label that reaches into the view', () => {
    expect(rulerTicks(new TimeTransform(20, 5.2), { widthPx: 400, durationS: 60 }).find(({ label }) => label !== null)).toEqual({ px: -4, isMain: true, label: '0:05' });
  });

  it('stops where the film does, also where the step is not a binary fraction', () => {
    const ticks = rulerTicks(new TimeTransform(1000, 0), { widthPx: 1000, durationS: 0.3 });
    expect(ticks.at(-1)?.px).toBe(300);
  });
});
