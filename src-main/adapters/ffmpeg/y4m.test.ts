/** A YUV4MPEG2 stream is read frame by frame, however it is cut into pieces. */
import { Readable } from 'node:stream';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { y4mFrames } from './y4m.ts';

const frame = (fill: number): Buffer => Buffer.concat([Buffer.from('FRAME Ip\n'), Buffer.alloc((4 * 2 * 3) / 2, fill)]);
const stream = Buffer.concat([Buffer.from('YUV4MPEG2 W4 H2 F30:1 Ip A1:1 C420mpeg2 XYSCSS=420MPEG2\n'), frame(10), frame(7), frame(9)]);

async function read(bytes: Buffer, pieceBytes: number): Promise<number[]> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, i) => bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes));
  const seen: number[] = [];
  for await (const { width, height, planes } of y4mFrames(Readable.from(pieces))) {
    expect([width, height, planes.length, new Set(planes).size]).toEqual([4, 2, 12, 1]);
    seen.push(planes[0] ?? -1);
  }
  return seen;
}

test('in pieces of any size', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (pieceBytes) => void expect(await read(stream, pieceBytes)).toEqual([10, 7, 9])));
});

test('a frame cut off is left out, and what is no such stream has none', async () => {
  expect(await read(stream.subarray(0, -1), 50)).toEqual([10, 7]);
  expect(await read(Buffer.from('YUV4MPEG2 W3 H2\nFRAME\n'), 50)).toEqual([]);
  expect(await read(Buffer.alloc(5000, 65), 700)).toEqual([]);
});
