import { Readable } from 'node:stream';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { jpegPictures } from './jpeg-stream.ts';

/** Starts and ends as a JPEG does; FF inside is stuffed with 00 as in coded data. */
const picture = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((bytes) => Buffer.from([0xff, 0xd8, ...[...bytes].flatMap((byte) => (byte === 0xff ? [0xff, 0x00] : [byte])), 0xff, 0xd9]));

test('pictures come out as they went in, wherever the stream is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(picture, { maxLength: 5 }), fc.array(fc.nat(200), { maxLength: 12 }), fc.boolean(), async (pictures, cuts, isCutOff) => {
      const whole = Buffer.concat([...pictures, ...(isCutOff ? [Buffer.from([0xff, 0xd8, 1, 2, 3])] : [])]);
      const edges = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
      const pieces = edges.slice(1).map((end, i) => whole.subarray(edges[i], end)).filter((piece) => piece.length > 0);
      const found: Buffer[] = [];
      for await (const each of jpegPictures(Readable.from(pieces))) found.push(each);
      expect(found).toEqual(pictures);
    }),
  );
});
