/** Reads a body of octets that must fit in memory. */
import { AppError } from '../contract/errors.ts';

/** @throws AppError 'request-too-large' as soon as there are more than `most` bytes. */
export async function readOctets(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > most) throw new AppError('request-too-large', `This request may have at most ${most} bytes.`);
    chunks.push(chunk);
  }
  const octets = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    octets.set(chunk, at);
    at += chunk.byteLength;
  }
  return octets;
}
