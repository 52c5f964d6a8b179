import fc from 'fast-check';
import { expect, test } from 'vitest';

import { MAX_GAIN_DB, isBelowLimiter, nextGain } from './loudness-plan.ts';

/** A limiter that takes away a third of what goes over -14. */
const limited = (lufs: number): number => (lufs <= -14 ? lufs : -14 + (lufs + 14) * 0.66);

function settle(programme: number, target: number): { gainDb: number; lufs: number; passes: number } {
  let gainDb = 0;
  for (let passes = 1; passes <= 8; passes += 1) {
    const next = nextGain({ targetLufs: target, measuredLufs: limited(programme + gainDb), gainDb });
    if (next === null) return { gainDb, lufs: limited(programme + gainDb), passes };
    gainDb = next;
  }
  return { gainDb, lufs: limited(programme + gainDb), passes: 9 };
}

test('the gain lands within half a LU wherever at most 12 dB reach it', () => {
  fc.assert(
    fc.property(fc.double({ min: -24, max: -8, noNaN: true }), fc.double({ min: -20, max: -13, noNaN: true }), (programme, target) => {
      const { gainDb, lufs } = settle(programme, target);
      expect(gainDb).toBeLessThanOrEqual(MAX_GAIN_DB);
      if (target - programme < 10) expect(Math.abs(lufs - target)).toBeLessThanOrEqual(0.5);
    }),
  );
});

test('a programme below -50 LUFS is left as it is', () => {
  expect(nextGain({ targetLufs: -14, measuredLufs: -50.1, gainDb: 0 })).toBeNull();
  expect(nextGain({ targetLufs: -14, measuredLufs: Number.NEGATIVE_INFINITY, gainDb: 0 })).toBeNull();
});

test('the gain stops at 12 dB', () => {
  expect(nextGain({ targetLufs: -14, measuredLufs: -40, gainDb: 0 })).toBe(12);
  expect(nextGain({ targetLufs: -14, measuredLufs: -28, gainDb: 12 })).toBeNull();
});

test('a loudness is known in advance only where the limiter touches the sound neither before nor after', () => {
  expect(isBelowLimiter({ peakDb: -8, fromDb: 0, toDb: 6, ceilingDb: -1 })).toBe(true);
  expect(isBelowLimiter({ peakDb: -8, fromDb: 0, toDb: 7, ceilingDb: -1 })).toBe(false);
  // What was limited at 6 dB is not known at 0.
  expect(isBelowLimiter({ peakDb: -1, fromDb: 6, toDb: 0, ceilingDb: -1 })).toBe(false);
});
