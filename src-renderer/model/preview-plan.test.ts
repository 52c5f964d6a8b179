import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CHUNK_S, chunkAfter, chunkAt, planOf, playFrom } from './preview-plan.ts';

const seconds = fc.double({ min: 0.05, max: 4000, noNaN: true });

describe('preview plan', () => {
  it('covers everything without gap or overlap, in chunks of at most a second more than asked', () => {
    fc.assert(
      fc.property(seconds, (durationS) => {
        const plan = planOf(durationS, null, false);
        let chunk = chunkAt(plan, 0);
        expect(chunk.startS).toBe(0);
        for (let count = 0; ; count += 1) {
          expect(chunk.endS - chunk.startS).toBeGreaterThan(0);
          expect(chunk.endS - chunk.startS).toBeLessThanOrEqual(CHUNK_S + 1 + 1e-9);
          const next = chunkAfter(plan, chunk);
          if (next === null) break;
          expect(next.startS).toBeCloseTo(chunk.endS, 9);
          chunk = next;
          expect(count).toBeLessThan(1000);
        }
        expect(chunk.endS).toBe(durationS);
      }),
    );
  });

  it('finds the chunk that holds a time', () => {
    fc.assert(
      fc.property(seconds, fc.double({ min: 0, max: 1, noNaN: true }), (durationS, at) => {
        const plan = planOf(durationS, null, false);
        const chunk = chunkAt(plan, at * durationS);
        expect(chunk.startS).toBeLessThanOrEqual(at * durationS);
        expect(chunk.endS).toBeGreaterThanOrEqual(at * durationS - 1e-9);
      }),
    );
  });

  it('begins again after the last chunk of a repeated range', () => {
    const plan = planOf(60, { start_s: 10, end_s: 21 }, true);
    const first = chunkAt(plan, 10);
    expect(first).toEqual({ startS: 10, endS: 18 });
    const last = chunkAfter(plan, first);
    expect(last).toEqual({ startS: 18, endS: 21 });
    expect(last && chunkAfter(plan, last)).toEqual(first);
  });

  it('starts inside the range when one stands outside it or at its end', () => {
    const plan = planOf(60, { start_s: 10, end_s: 20 }, true);
    expect([playFrom(plan, 3), playFrom(plan, 12), playFrom(plan, 20)]).toEqual([10, 12, 10]);
  });
});
