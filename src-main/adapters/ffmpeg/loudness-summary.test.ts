import { expect, test } from 'vitest';

import { parseLoudness } from './loudness-summary.ts';

const summary = (integrated: string, peak: string): string => `
[Parsed_ebur128_0 @ 0x1] Summary:

  Integrated loudness:
    I:         ${integrated} LUFS
    Threshold: -24.1 LUFS

  Loudness range:
    LRA:         3.0 LU
    LRA low:   -16.0 LUFS

  True peak:
    Peak:       ${peak} dBFS
`;

test('loudness and true peak are read from the summary', () => {
  expect(parseLoudness(summary('-14.2', '-1.3'))).toEqual({ integratedLufs: -14.2, truePeakDb: -1.3 });
});

test('silence has no loudness and no peak', () => {
  expect(parseLoudness(summary('-70.0', '-inf'))).toEqual({ integratedLufs: null, truePeakDb: null });
});

test('output without a summary gives nothing', () => {
  expect(parseLoudness('')).toEqual({ integratedLufs: null, truePeakDb: null });
});
