import { describe, expect, it } from 'vitest';

import { parameterIds } from '../../src-main/contract/documents/parameters.ts';
import { readHeader, readParameter, readRow } from './preview-trace.ts';

/** Two ticks of two rows, every value its own: the header, 0.1 0.2 0.3 0.4, then the parameters' places in their table. */
const tick = (bpm: number) => [
  bpm,
  1,
  2,
  5,
  0,
  0.5,
  0.1,
  0.2,
  0.3,
  0.4,
  ...parameterIds.map((_, place) => place + bpm),
];
const trace = {
  startS: 10,
  rateHz: 2,
  ticks: 2,
  columns: 10 + parameterIds.length,
  values: Float32Array.from([...tick(120), ...tick(121)]),
};

describe('preview trace', () => {
  it('holds each tick until the next', () => {
    expect(readHeader(trace, 'bpm', 10.49)).toBe(120);
    expect(readHeader(trace, 'bpm', 10.5)).toBe(121);
    expect(readHeader(trace, 'bar', 10)).toBe(5);
  });

  it('reads the input and output of a row', () => {
    expect(readRow(trace, 1, 10.7)?.input).toBeCloseTo(0.3);
    expect(readRow(trace, 1, 10.7)?.output).toBeCloseTo(0.4);
  });

  it('reads every parameter from its own column', () => {
    parameterIds.forEach((id, place) => expect(readParameter(trace, id, 10)).toBe(place + 120));
  });

  it('is nothing outside its range and for a row it does not know', () => {
    expect(readHeader(trace, 'bpm', 9.9)).toBeNull();
    expect(readParameter(trace, 'bpm', 11)).toBeNull();
    expect(readRow(trace, 2, 10)).toBeNull();
    expect(readRow(trace, -1, 10)).toBeNull();
  });
});
