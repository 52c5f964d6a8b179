import fc from 'fast-check';
import { expect, test } from 'vitest';

import { PeaksPyramid, levelsFor } from './peaks-pyramid.ts';

const joined = (parts: Int16Array[]): number[] => parts.flatMap((part) => [...part]);

/** Levels above `finest` made in pieces cut at `cuts`. */
function build(finest: Int16Array, cuts: number[], levels: number): number[][] {
  const pyramid = new PeaksPyramid(levels);
  const edges = [0, ...cuts.map((cut) => (cut % (finest.length / 3 + 1)) * 3).sort((a, b) => a - b), finest.length];
  const pieces = edges.slice(1).map((end, i) => pyramid.push(finest.slice(edges[i], end)));
  const rest = pyramid.end();
  return Array.from({ length: levels }, (_, level) => [...joined(pieces.map((piece) => piece[level] ?? new Int16Array(0))), ...(rest[level] ?? [])]);
}

const peak = fc.tuple(fc.integer({ min: -32_768, max: 0 }), fc.integer({ min: 0, max: 32_767 }), fc.integer({ min: 0, max: 32_767 }));

test('every level has the extremes of what it covers, however the sound comes in', () => {
  fc.assert(
    fc.property(fc.array(peak, { minLength: 1, maxLength: 150 }), fc.array(fc.nat(), { maxLength: 8 }), (peaks, cuts) => {
      const finest = Int16Array.from(peaks.flat());
      const made = build(finest, cuts, 3);
      expect(made).toEqual(build(finest, [], 3));
      made.forEach((level, index) => {
        const span = 4 ** (index + 1);
        expect(level.length / 3).toBe(Math.ceil(peaks.length / span));
        for (let i = 0; i * 3 < level.length; i += 1) {
          const covered = peaks.slice(i * span, (i + 1) * span);
          expect([level[i * 3], level[i * 3 + 1]]).toEqual([Math.min(...covered.map(([min]) => min)), Math.max(...covered.map(([, max]) => max))]);
        }
      });
    }),
  );
});

test('the rms of a steady level is that level on every level', () => {
  const finest = Int16Array.from(Array.from({ length: 100 }, () => [-5000, 5000, 1234]).flat());
  for (const level of build(finest, [], 3)) for (let i = 2; i < level.length; i += 3) expect(level[i]).toBe(1234);
});

test.each([
  [10, 1],
  [1024, 1],
  [1025, 2],
  [675_000, 6],
  [100_000_000, 9],
])('%i peaks have %i levels', (peaks, levels) => expect(levelsFor(peaks)).toBe(levels));
