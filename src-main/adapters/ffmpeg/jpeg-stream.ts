/**
 * Cuts a stream of JPEG pictures, one after another, into pictures. Inside the coded data FF is always followed by 00 or a
 * restart marker, and FFmpeg writes no thumbnails, so FFD9 stands only at an end. Source: ITU-T T.81, B.1.1.
 */
import type { Readable } from 'node:stream';

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/** Pictures in order. A picture that is cut off at the end of the stream is left out. */
export async function* jpegPictures(stream: Readable): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let last = -1;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    let rest = piece;
    // The end marker may be split between two pieces.
    if (last === 0xff && rest[0] === 0xd9) {
      yield Buffer.concat([...held, rest.subarray(0, 1)]);
      held = [];
      rest = rest.subarray(1);
    }
    for (let at = rest.indexOf(END_OF_IMAGE); at >= 0; at = rest.indexOf(END_OF_IMAGE)) {
      yield Buffer.concat([...held, rest.subarray(0, at + 2)]);
      held = [];
      rest = rest.subarray(at + 2);
    }
    if (rest.length > 0) held.push(rest);
    last = rest.at(-1) ?? -1;
  }
}
