import { expect, test } from 'vitest';

import { aacFrames } from '../timeline/adts.ts';
import { type AacPiece, aacPieces, seamOf } from './aac.ts';

test('pieces cover the sound, each begins before its place, and a short sound is one', () => {
  const pieces = aacPieces(232 * 48_000);
  expect(pieces.length).toBe(2);
  const [first, second] = pieces as [AacPiece, AacPiece];
  expect([first.begin, first.from]).toEqual([0, 0]);
  expect(second.begin - second.from).toBe(240);
  expect(first.to).toBeGreaterThan(second.begin + 32);
  expect(second.to).toBe(aacFrames(232 * 48_000));
  expect(aacPieces(140 * 48_000).length).toBe(1);
  expect(aacPieces(1)).toEqual([{ begin: 0, from: 0, to: 2 }]);
});

const stream = (from: number, begin: number, windows: (number | null)[]) => ({ piece: { from, begin, to: from + windows.length }, index: { offsets: [], windows } });

test('the second stream takes over where both have long windows of one shape, nearest to its place', () => {
  const [long, other, start, short] = [0, 1, 2, 4];
  const first = stream(0, 0, [long, long, long, short, long, other, long, long, null, long]);
  expect(seamOf(first, stream(2, 6, [long, short, long, other, long, long, long, long]))).toBe(6);
  // Not on 5 (another shape), 6 (after one), or 4 (a short block before it in one of them).
  expect(seamOf(first, stream(2, 5, [long, long, long, long, long, long, null, long]))).toBe(7);
  expect(seamOf(first, stream(2, 6, [start, start, start, start, start, start, start, start]))).toBeNull();
});
