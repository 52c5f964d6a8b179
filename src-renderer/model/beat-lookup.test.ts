import { describe, expect, it } from 'vitest';

import { barAndBeatAt, between, clicksBetween, holds, nearestOf } from './beat-lookup.ts';

const beats = [0.5, 1, 1.5, 2, 2.5, 3];
const downbeats = [1, 3];

describe('looking up a beat grid', () => {
  it('gives the beats of a stretch, its end left out', () => {
    expect(between(beats, 1, 2.5)).toEqual([1, 1.5, 2]);
    expect(between([], 0, 9)).toEqual([]);
  });

  it('names bar and beat as they sound; beats before the first bar are bar 0', () => {
    expect(barAndBeatAt(beats, downbeats, 0.2)).toBeNull();
    expect(barAndBeatAt(beats, downbeats, 0.6)).toBe('0.1');
    expect(barAndBeatAt(beats, downbeats, 1)).toBe('1.1');
    expect(barAndBeatAt(beats, downbeats, 2.6)).toBe('1.4');
    expect(barAndBeatAt(beats, downbeats, 3.2)).toBe('2.1');
  });

  it('finds the nearest', () => {
    expect(nearestOf(beats, 1.2)).toBe(1);
    expect(nearestOf(beats, -4)).toBe(0.5);
    expect(nearestOf([], 1)).toBeNull();
  });

  it('knows a downbeat though its time was rounded otherwise', () => {
    expect(holds(downbeats, 1.00005)).toBe(true);
    expect(holds(downbeats, 1.01)).toBe(false);
  });

  it('clicks once for each beat over stretches that follow one another, high on downbeats', () => {
    const all = [0, 0.7, 1.4, 2.1, 2.8, 3.5].flatMap((startS) => clicksBetween(beats, downbeats, startS, startS + 0.7));
    expect(all.map((click) => click.atS)).toEqual(beats);
    expect(all.filter((click) => click.isDownbeat).map((click) => click.atS)).toEqual(downbeats);
  });
});
