/** Pictures of a raw stream, read from their files one by one and counted, for FFmpeg's standard input. */
import { open } from 'node:fs/promises';

import type { ByteRange } from '../../core/assembly/ports.ts';

export class PictureStream {
  readonly #pictures: AsyncIterable<ByteRange>;
  #count = 0;

  constructor(pictures: AsyncIterable<ByteRange>) {
    this.#pictures = pictures;
  }

  /** How many were read so far. */
  get count(): number {
    return this.#count;
  }

  /** Their bytes, the last ones twice: FFmpeg's detectors tell of a span when a picture follows it. */
  async *bytes(): AsyncGenerator<Buffer> {
    let last: Buffer | null = null;
    for await (const range of this.#pictures) {
      last = await read(range);
      this.#count += 1;
      yield last;
    }
    if (last !== null) yield last;
  }
}

/** @throws Error where the file ends before the range does */
async function read({ path, from, to }: ByteRange): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(to - from), 0, to - from, from);
    if (bytesRead < to - from) throw new Error(`${path} ends before byte ${to}.`);
    return buffer;
  } finally {
    await file.close();
  }
}
