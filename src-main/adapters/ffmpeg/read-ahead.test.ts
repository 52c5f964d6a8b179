import { Readable } from 'node:stream';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ReadAhead } from './read-ahead.ts';

async function pieces(stream: Readable, size: number, depth: number): Promise<number[][]> {
  const ahead = new ReadAhead(stream, size, depth);
  const found: number[][] = [];
  for (let piece = await ahead.next(); piece; piece = await ahead.next()) {
    // What is in use stays as it is while the next ones are read.
    const before = [...piece];
    await new Promise((resolve) => setImmediate(resolve));
    expect([...piece]).toEqual(before);
    found.push(before);
  }
  return found;
}

test('pieces come whole and in order, however the stream is cut; a part at the end is dropped', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 9 }), { maxLength: 20 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 2, max: 4 }), async (chunks, size, depth) => {
      const bytes = chunks.flatMap((chunk) => [...chunk]);
      const expected = Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => bytes.slice(i * size, (i + 1) * size));
      expect(await pieces(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), size, depth)).toEqual(expected);
    }),
  );
});

test('a slow taker holds the stream up', async () => {
  let given = 0;
  const endless = new Readable({ highWaterMark: 1, read() { given += 1; this.push(Buffer.alloc(10)); } });
  const ahead = new ReadAhead(endless, 10, 3);
  await ahead.next();
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(given).toBeLessThan(10);
});

test('an error of the stream comes after the pieces before it', async () => {
  const stream = Readable.from((function* () {
    yield Buffer.from([1, 2]);
    throw new Error('gone');
  })());
  const ahead = new ReadAhead(stream, 2, 2);
  expect([...((await ahead.next()) ?? [])]).toEqual([1, 2]);
  await expect(ahead.next()).rejects.toThrow('gone');
});
