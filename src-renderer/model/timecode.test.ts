import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { barAndBeat, clock, parseTime, steppedByFrames, timecode } from './timecode.ts';

const ntsc = { numerator: 30_000, denominator: 1001 };
const pal = { numerator: 25, denominator: 1 };

describe('timecode', () => {
  it('counts frames at the film’s own rate', () => {
    expect(timecode(83 + 11 / 25, pal)).toBe('00:01:23:11');
    expect(timecode(3600, pal)).toBe('01:00:00:00');
    expect(timecode((30 * 1001) / 30_000, ntsc)).toBe('00:00:01:00');
  });

  it('steps one frame at a time without ever sticking or skipping, at any rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500_000 }),
        fc.constantFrom(ntsc, pal, { numerator: 60_000, denominator: 1001 }, { numerator: 24, denominator: 1 }),
        (frame, rate) => {
          const at = (frame * rate.denominator) / rate.numerator;
          const next = steppedByFrames(at, 1, rate);
          expect(Math.round((next * rate.numerator) / rate.denominator)).toBe(frame + 1);
          expect(steppedByFrames(next, -1, rate)).toBeCloseTo(at, 6);
        },
      ),
    );
  });

  it('stops at the first frame', () => {
    expect(steppedByFrames(0, -1, pal)).toBe(0);
  });
});

describe('clock', () => {
  it('carries when it rounds', () => {
    expect(clock(59.96, 1)).toBe('1:00.0');
    expect(clock(3599.6)).toBe('1:00:00');
    expect(clock(83.42, 2)).toBe('1:23.42');
  });
});

describe('parseTime', () => {
  it('reads seconds, minutes, hours and timecode', () => {
    expect(parseTime('83.5', pal)).toBe(83.5);
    expect(parseTime('1:23', pal)).toBe(83);
    expect(parseTime('1:02:03', pal)).toBe(3723);
    expect(parseTime('00:01:23:05', pal)).toBeCloseTo(83.2, 9);
    expect(parseTime('83,5', pal)).toBe(83.5);
  });

  it('refuses what is not a time', () => {
    for (const text of ['', 'abc', '1:2:3:4:5', '-3', '1::2']) expect(parseTime(text, pal)).toBeNull();
  });
});

describe('barAndBeat', () => {
  it('counts from one in four-four time', () => {
    expect(barAndBeat(0)).toBe('1.1');
    expect(barAndBeat(165.25)).toBe('42.2');
  });
});
