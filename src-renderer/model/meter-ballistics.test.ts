import { describe, expect, it } from 'vitest';

import { FLOOR_DB, advance, meterPosition, silent } from './meter-ballistics.ts';

describe('meter', () => {
  it('rises at once and falls twenty decibels a second', () => {
    const loud = advance(silent, 1, 0, 16);
    expect(loud.levelDb).toBeCloseTo(0);
    expect(advance(loud, 0, 500, 500).levelDb).toBeCloseTo(-10);
  });

  it('holds the peak for a second and a half and then follows the level', () => {
    const loud = advance(silent, 0.5, 0, 16);
    const later = advance(loud, 0, 1400, 1400);
    expect(later.holdDb).toBeCloseTo(loud.holdDb);
    expect(advance(later, 0, 1600, 200).holdDb).toBeLessThan(loud.holdDb - 20);
  });

  it('latches a clip', () => {
    expect(advance(advance(silent, 1, 0, 16), 0, 9000, 9000).hasClipped).toBe(true);
    expect(advance(silent, 0.9, 0, 16).hasClipped).toBe(false);
  });

  it('is monotone on the scale from floor to full', () => {
    const places = Array.from({ length: 61 }, (_, i) => meterPosition(FLOOR_DB + i));
    expect(places[0]).toBe(0);
    expect(places[60]).toBe(1);
    expect(places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0))).toBe(true);
  });
});
