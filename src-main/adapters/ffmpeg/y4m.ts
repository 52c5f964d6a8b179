/** Frames of a YUV4MPEG2 stream: a picture stream that says its own size. Source: mjpegtools' yuv4mpeg(5). */
import type { Readable } from 'node:stream';

export interface Y4mFrame {
  readonly width: number;
  readonly height: number;
  /** width*height*3/2: Y, U, V planes; the caller's own. */
  readonly planes: Uint8Array<ArrayBuffer>;
}

/** Longer than any head line FFmpeg writes. */
const MOST_LINE_BYTES = 512;
const NEWLINE = 10;

class Pieces {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** A line without its end; null at the end of the stream, and for something that is no line. */
  async line(): Promise<string | null> {
    const bytes: number[] = [];
    while (bytes.length < MOST_LINE_BYTES) {
      if (this.#rest.length === 0 && !(await this.#more())) return null;
      const end = this.#rest.indexOf(NEWLINE);
      bytes.push(...this.#rest.subarray(0, end < 0 ? MOST_LINE_BYTES : end));
      this.#rest = this.#rest.subarray(end < 0 ? this.#rest.length : end + 1);
      if (end >= 0) return Buffer.from(bytes).toString('latin1');
    }
    return null;
  }

  /** Fills an array; false when the stream ends before. */
  async fill(target: Uint8Array): Promise<boolean> {
    for (let at = 0; at < target.length; ) {
      if (this.#rest.length === 0 && !(await this.#more())) return false;
      const part = this.#rest.subarray(0, target.length - at);
      target.set(part, at);
      at += part.length;
      this.#rest = this.#rest.subarray(part.length);
    }
    return true;
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#rest = next.value;
    return true;
  }
}

/** Every whole frame of a 4:2:0 stream with even sides; nothing of a stream that is none. */
export async function* y4mFrames(stream: Readable): AsyncGenerator<Y4mFrame> {
  const pieces = new Pieces(stream);
  const size = /^YUV4MPEG2(?=.* W(\d+))(?=.* H(\d+))/.exec((await pieces.line()) ?? '');
  const [width, height] = [Number(size?.[1]), Number(size?.[2])];
  if (!(width >= 2 && height >= 2 && width % 2 === 0 && height % 2 === 0)) return;
  while ((await pieces.line())?.startsWith('FRAME') === true) {
    const planes = new Uint8Array((width * height * 3) / 2);
    if (!(await pieces.fill(planes))) return;
    yield { width, height, planes };
  }
}
