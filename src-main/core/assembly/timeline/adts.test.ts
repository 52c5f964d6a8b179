import fc from 'fast-check';
import { expect, test } from 'vitest';

import { AdtsScanner } from './adts.ts';

/** A frame of `length` bytes whose block begins with the given 16 bits. */
function frame(length: number, bits: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt16BE(0xfff1, 0);
  bytes.writeUInt32BE((0x4c80 << 16) | ((length << 5) & 0x3_ffe0) | 0x1f, 2);
  bytes.writeUInt16BE(bits, 7);
  return bytes;
}

/** A channel pair with a common window: element 1, tag 0, the flag, then sequence and shape. */
const pair = (sequence: number, shape: number): number => (1 << 13) | (1 << 8) | (sequence << 5) | (shape << 4);
const stream = Buffer.concat([frame(40, pair(0, 1)), frame(9, pair(1, 0)), frame(300, pair(2, 0)), frame(77, 1 << 13), frame(12, 0)]);

test('frames are found in pieces of any size, with the windows of pairs that share one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: stream.length }), { maxLength: 20 }), (sizes) => {
      const scanner = new AdtsScanner();
      let at = 0;
      for (const size of [...sizes, stream.length]) scanner.push(stream.subarray(at, (at += size)));
      expect(scanner.end()).toEqual({ offsets: [0, 40, 49, 349, 426, 438], windows: [1, 2, 4, null, null] });
    }),
  );
});

test('what is no frame, or not whole, is said', () => {
  expect(() => new AdtsScanner().push(Buffer.alloc(20))).toThrow(/byte 0/);
  const scanner = new AdtsScanner();
  scanner.push(stream.subarray(0, 60));
  expect(() => scanner.end()).toThrow(/within a frame/);
});
