/** Range and If-None-Match, against the examples of RFC 9110. */
import { expect, test } from 'vitest';

import { etagMatches, rangeOf } from './range.ts';

test.each([
  ['bytes=0-499', { start: 0, end: 500 }],
  ['bytes=500-999', { start: 500, end: 1000 }],
  ['bytes=-500', { start: 9500, end: 10000 }],
  ['bytes=9500-', { start: 9500, end: 10000 }],
  ['bytes=0-', { start: 0, end: 10000 }],
  ['bytes=0-0', { start: 0, end: 1 }],
  ['bytes=9999-20000', { start: 9999, end: 10000 }],
  ['bytes=-20000', { start: 0, end: 10000 }],
  ['BYTES=1-2', { start: 1, end: 3 }],
] as const)('%s of 10 000 bytes', (header, range) => {
  expect(rangeOf(header, 10_000)).toEqual(range);
});

test.each(['bytes=10000-', 'bytes=20000-30000', 'bytes=-0'])('%s of 10 000 bytes cannot be satisfied', (header) => {
  expect(rangeOf(header, 10_000)).toBe('unsatisfiable');
});

test.each([null, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=a-b', 'bytes=0-1,5-6', 'items=0-1', 'bytes=0x1-2', 'bytes= 1 - 2'])('%s is ignored', (header) => {
  expect(rangeOf(header, 10_000)).toBeNull();
});

test('nothing of an empty file can be asked for', () => {
  expect(['bytes=0-', 'bytes=-5', 'bytes=0-0'].map((header) => rangeOf(header, 0))).toEqual(['unsatisfiable', 'unsatisfiable', 'unsatisfiable']);
});

test('an entity tag matches itself, weakly, in a list, and by the star', () => {
  expect(['"a"', 'W/"a"', '"b", "a"', '*'].every((header) => etagMatches(header, '"a"'))).toBe(true);
  expect(['"b"', 'a', ''].some((header) => etagMatches(header, '"a"'))).toBe(false);
});
