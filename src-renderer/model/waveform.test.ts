import { describe, expect, it } from 'vitest';

import { levelFor, peakColumns } from './waveform.ts';

describe('peakColumns', () => {
  const source = { triples: Int16Array.from([-100, 200, 50, -400, 100, 50, -10, 16_384, 100]), secondsPerPeak: 0.5 };

  it('keeps the extremes of every peak in the column', () => {
    const out = new Float32Array(3);
    peakColumns(source, 0, 1.5, out);
    expect([...out.slice(0, 2)]).toEqual([-400 / 32_768, 0.5]);
  });

  it('is empty where there is no sound yet', () => {
    const out = new Float32Array(6);
    peakColumns(source, 1, 0.5, out);
    expect(out[1]).toBe(0.5);
    expect(Number.isNaN(out[3])).toBe(true);
  });
});

describe('levelFor', () => {
  it('goes coarser as one zooms out and stays within the levels there are', () => {
    expect(levelFor(4000, 48_000, 256, 6)).toBe(0);
    expect(levelFor(10, 48_000, 256, 6)).toBe(2);
    expect(levelFor(0.0001, 48_000, 256, 6)).toBe(5);
  });
});
