import { describe, expect, it } from 'vitest';

import { readClock, readRow } from './preview-trace.ts';

const trace = {
  startS: 10,
  rateHz: 2,
  ticks: 2,
  columns: 10,
  values: Float32Array.from([120, 20, 2, 7, 0, 3, 0.1, 0.2, 0.3, 0.4, 121, 21, 4, 7, 1, 4, 0.5, 0.6, 0.7, 0.8]),
};

describe('preview trace', () => {
  it('holds each tick until the next', () => {
    expect(readClock(trace, 10.49)).toEqual({ bpm: 120, beat: 20, wobbleHz: 2 });
    expect(readClock(trace, 10.5)?.bpm).toBe(121);
  });

  it('reads the input and output of a row', () => {
    const reading = readRow(trace, 1, 10.7);
    expect(reading?.input).toBeCloseTo(0.7);
    expect(reading?.output).toBeCloseTo(0.8);
  });

  it('is nothing outside its range and for a row it does not know', () => {
    expect(readClock(trace, 9.9)).toBeNull();
    expect(readClock(trace, 11)).toBeNull();
    expect(readRow(trace, 2, 10)).toBeNull();
  });
});
