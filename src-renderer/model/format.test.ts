import { describe, expect, it } from 'vitest';

import { db, fileSize, frameRate, hz, pan, parseWithUnit, withUnit } from './format.ts';

describe('format', () => {
  it('writes decibels with a sign and silence as minus infinity', () => {
    expect([db(3), db(0), db(-6), db(-60)]).toEqual(['+3.0 dB', '0.0 dB', '−6.0 dB', '−∞ dB']);
  });

  it('never writes a minus before zero', () => {
    expect(db(-0.01)).toBe('0.0 dB');
  });

  it('changes to kilohertz where hertz would be long', () => {
    expect([hz(0.5), hz(440), hz(1200), hz(12_000)]).toEqual(['0.50 Hz', '440 Hz', '1.20 kHz', '12.0 kHz']);
  });

  it('writes pan as a side', () => {
    expect([pan(0), pan(-0.5), pan(1)]).toEqual(['C', '50 L', '100 R']);
  });

  it('writes sizes and rates as people say them', () => {
    expect([fileSize(0), fileSize(999), fileSize(1_420_000), fileSize(12_300_000_000)]).toEqual([
      '0 B',
      '999 B',
      '1.42 MB',
      '12.3 GB',
    ]);
    expect([frameRate(30_000, 1001), frameRate(25, 1)]).toEqual(['29.97 fps', '25 fps']);
  });

  it('reads back what it writes, in every unit', () => {
    const cases = [
      ['fraction', 0.42],
      ['hz', 1250],
      ['db', -7.5],
      ['bpm', 128],
      ['pan', -0.3],
      ['ms', 250],
      ['octaves', -1.25],
      ['semitones', 0.12],
    ] as const;
    for (const [unit, value] of cases) expect(parseWithUnit(withUnit(value, unit), unit)).toBeCloseTo(value, 6);
  });

  it('reads a decimal comma and refuses words', () => {
    expect(parseWithUnit('1,5 kHz', 'hz')).toBe(1500);
    expect(parseWithUnit('loud', 'db')).toBeNull();
  });
});
