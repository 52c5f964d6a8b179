import { expect, test } from 'vitest';

import { damageOf } from '../../contract/text/en/media.ts';
import { StderrTail, reasonOf } from './stderr-tail.ts';

test('only the end is kept', () => {
  const tail = new StderrTail();
  for (let i = 0; i < 5000; i += 1) tail.push(`line ${i}\n`);
  expect(tail.tail.length).toBe(16 * 1024);
  expect(tail.tail.endsWith('line 4999\n')).toBe(true);
});

test.each([
  ['[mov,mp4,m4a @ 0x55d0] moov atom not found\nfile:/a/b.mp4: Invalid data found when processing input\n', 'moov atom not found'],
  ["file:/a/b.mp4: No such file or directory\n", 'No such file or directory'],
  ['[Parsed_showinfo_2 @ 0x1] n: 0 pts: 0\n', ''],
  ['', ''],
])('the reason in %j is %j', (stderr, reason) => expect(reasonOf(stderr)).toBe(reason));

test('a damage that is known is said in plain words, any other in the words given', () => {
  expect(damageOf('moov atom not found', '')).toMatch(/index is missing/);
  expect(damageOf('Error opening input: End of file', '')).toBe('it ends too early');
  expect(damageOf('something new', 'nothing was found in it')).toBe('nothing was found in it');
});
