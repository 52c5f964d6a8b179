import { describe, expect, it } from 'vitest';

import { tapTempo } from './tap-tempo.ts';

function tapAll(times: readonly number[]): number | null {
  let taps: readonly number[] = [];
  let bpm: number | null = null;
  for (const time of times) ({ taps, bpm } = tapTempo(taps, time));
  return bpm;
}

describe('tapTempo', () => {
  it('speaks after four taps', () => {
    expect(tapAll([0, 500, 1000])).toBeNull();
    expect(tapAll([0, 500, 1000, 1500])).toBe(120);
  });

  it('is not moved by one missed tap', () => {
    expect(tapAll([0, 500, 1000, 2000, 2500, 3000])).toBe(120);
  });

  it('begins anew after a pause', () => {
    expect(tapAll([0, 500, 1000, 1500, 9000, 9300, 9600, 9900])).toBe(200);
  });

  it('stays within what a mapping allows', () => {
    expect(tapAll([0, 100, 200, 300])).toBe(240);
    expect(tapAll([0, 1900, 3800, 5700])).toBe(40);
  });
});
