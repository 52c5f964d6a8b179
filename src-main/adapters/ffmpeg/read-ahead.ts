/**
 * Reads pieces of one size from a stream ahead of their use: while one is worked on, the next ones arrive. The pieces lie in
 * a few buffers that go round, so memory does not grow, and a slow consumer holds the producer up.
 */
import type { Readable } from 'node:stream';

/** Fills a buffer exactly from a stream; a part of a piece at the end of the stream is dropped. */
class ExactReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  async read(target: Uint8Array): Promise<boolean> {
    let filled = 0;
    while (filled < target.length) {
      if (this.#chunk.length === 0) {
        const next = await this.#chunks.next();
        if (next.done === true) return false;
        this.#chunk = next.value;
      }
      const part = this.#chunk.subarray(0, target.length - filled);
      target.set(part, filled);
      filled += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
    return true;
  }
}

export class ReadAhead {
  readonly #free: Uint8Array[];
  readonly #ready: Uint8Array[] = [];
  #inUse: Uint8Array | null = null;
  #isEnded = false;
  #failure: unknown = null;
  #wakeReader: (() => void) | null = null;
  #wakeTaker: (() => void) | null = null;

  /** Begins to read at once. @param depth  buffers of `pieceBytes`; one of them is in use, the others fill. */
  constructor(stream: Readable, pieceBytes: number, depth: number) {
    this.#free = Array.from({ length: depth }, () => new Uint8Array(pieceBytes));
    void this.#fill(new ExactReader(stream));
  }

  /** The next piece, valid until the next call; null at the end. @throws the stream's error. */
  async next(): Promise<Uint8Array | null> {
    if (this.#inUse) this.#free.push(this.#inUse);
    this.#inUse = null;
    this.#wakeReader?.();
    while (this.#ready.length === 0 && !this.#isEnded) await new Promise<void>((resolve) => (this.#wakeTaker = resolve));
    const piece = this.#ready.shift() ?? null;
    if (piece === null && this.#failure !== null) throw this.#failure;
    this.#inUse = piece;
    return piece;
  }

  async #fill(reader: ExactReader): Promise<void> {
    try {
      for (;;) {
        while (this.#free.length === 0) await new Promise<void>((resolve) => (this.#wakeReader = resolve));
        const target = this.#free.pop() as Uint8Array;
        if (!(await reader.read(target))) break;
        this.#ready.push(target);
        this.#wakeTaker?.();
      }
    } catch (error) {
      this.#failure = error;
    }
    this.#isEnded = true;
    this.#wakeTaker?.();
  }
}
