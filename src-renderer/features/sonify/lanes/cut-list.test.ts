import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { cutRuns, findCuts } from './cut-list.ts';

/** A film whose frames are held until the next, read as the feature store reads it. */
function film(durationS: number, periodS: number, offsetS: number, cutFrames: readonly number[]) {
  return async ({ startS, endS }: { startS: number; endS: number }, points: number): Promise<Float32Array> => {
    const pointS = (endS - startS) / points;
    const triples = new Float32Array(points * 3);
    for (const frame of cutFrames) {
      const [from, to] = [offsetS + frame * periodS, offsetS + (frame + 1) * periodS];
      const first = Math.max(0, Math.floor((from - startS) / pointS));
      const last = Math.min(points - 1, Math.ceil((to - startS) / pointS) - 1);
      for (let point = first; point <= last; point += 1) triples.fill(1, point * 3, point * 3 + 3);
    }
    expect(endS).toBeLessThan(durationS + 1000);
    return triples;
  };
}

describe('cutRuns', () => {
  it('are runs of points at one half or more; what is not analysed is none', () => {
    expect(cutRuns(Float32Array.from([0, 0.49, 0, 0, 0.5, 0.2, 0, 0.7, 0, NaN, NaN, NaN, 0, 0.9, 0.1]))).toEqual([
      [1, 2],
      [4, 4],
    ]);
  });
});

describe('findCuts', () => {
  it('finds every cut once, on its own frame and never on the one before, whatever the length, rate and offset', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 20, max: 60_000 }),
        fc.constantFrom(1 / 24, 1001 / 30_000, 1 / 60),
        fc.double({ min: 0, max: 0.01, noNaN: true }),
        fc.uniqueArray(fc.nat(5000), { maxLength: 12 }),
        async (frames, periodS, offsetS, picks) => {
          const cuts = [...new Set(picks.map((pick) => Math.floor((pick / 5001) * (frames - 2)) + 1))]
            .sort((a, b) => a - b)
            .filter((cut, i, all) => i === 0 || cut - (all[i - 1] ?? 0) > 6);
          const times = await findCuts(film(frames * periodS, periodS, offsetS, cuts), frames * periodS, periodS);
          expect(times).toHaveLength(cuts.length);
          times.forEach((time, i) => {
            const from = offsetS + (cuts[i] ?? 0) * periodS;
            expect(time).toBeGreaterThanOrEqual(from - 1e-6);
            expect(time).toBeLessThan(from + periodS / 8);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
