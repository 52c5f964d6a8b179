/** Which pictures the check of a film decodes, and the times of what it saw. */
import { expect, test } from 'vitest';

import { type KeyPicture, isLongFrozen, lookedAt, spansOf } from './film-look.ts';

const rate = { numerator: 30, denominator: 1 };
const keyAt = (frame: number): KeyPicture => ({ frame, bytes: { path: 'film', from: frame, to: frame + 1 } });

const taken = async (frames: readonly number[]): Promise<number[]> => {
  const keys = async function* (): AsyncGenerator<KeyPicture> {
    for (const frame of frames) yield Promise.resolve(keyAt(frame));
  };
  const found: number[] = [];
  for await (const { frame } of lookedAt(keys(), rate)) found.push(frame);
  return found;
};

test('of keyframes twice a second every other is looked at, the first always', async () => {
  expect(await taken([0, 15, 30, 45, 60])).toEqual([0, 30, 60]);
});

test('keyframes far apart are all looked at, wherever they lie', async () => {
  expect(await taken([7, 40, 100])).toEqual([7, 40, 100]);
});

test('a run of pictures spans from the first to the last one, by where they stand in the film', () => {
  const pictures = [0, 30, 75, 105].map(keyAt);
  expect(spansOf([{ first: 1, last: 2 }, { first: 3, last: 3 }], pictures, rate)).toEqual([{ startS: 1, endS: 2.5 }, { startS: 3.5, endS: 3.5 }]);
});

test('two like pictures at the end of a film are not called frozen, three are', () => {
  const pictures = [0, 30, 60].map(keyAt);
  expect(spansOf([{ first: 1, last: 2 }, { first: 0, last: 2 }], pictures, rate).map(isLongFrozen)).toEqual([false, true]);
});
