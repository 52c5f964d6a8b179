import { expect, test } from 'vitest';

import { encodedUnderPeak } from './encoder-peak.ts';

/** An encoder that adds `overshootDb` to what it is given, and what it was asked for. */
function encoder(overshootDb: number) {
  const ceilings: number[] = [];
  return { ceilings, encode: (ceilingDb: number) => Promise.resolve({ truePeakDb: ceilingDb + overshootDb, result: ceilings.push(ceilingDb) }) };
}

test('a small overshoot is encoded once, under a ceiling that leaves room for it', async () => {
  const { ceilings, encode } = encoder(0.8);
  expect(await encodedUnderPeak('lossy', encode)).toBe(1);
  expect(ceilings).toEqual([-1.6]);
});

test('a large overshoot is taken off the ceiling, and the second encoding is kept', async () => {
  const { ceilings, encode } = encoder(2.4);
  expect(await encodedUnderPeak('lossy', encode)).toBe(2);
  expect((ceilings[1] ?? 0) + 2.4).toBeLessThanOrEqual(-1);
});

test('lossless sound is made once, at the ceiling itself', async () => {
  const { ceilings, encode } = encoder(2.4);
  await encodedUnderPeak('lossless', encode);
  expect(ceilings).toEqual([-1]);
});

test('an encoder that only gets worse is given up, with its last result', async () => {
  let overshootDb = 1;
  const attempts = await encodedUnderPeak('lossy', (ceilingDb) => Promise.resolve({ truePeakDb: ceilingDb + (overshootDb *= 3), result: overshootDb }));
  expect(attempts).toBe(81);
});
