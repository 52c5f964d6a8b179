/**
 * Finds the pictures in an H.264 byte stream: where each begins, which are keyframes, and the parameter sets they need.
 * Source: ITU-T H.264, Annex B (byte stream), 7.3.1 (NAL units), 7.4.1.2.4 (the first slice of a picture).
 */
const SLICE = 1;
const KEY_SLICE = 5;
const SEQUENCE_SET = 7;
const PICTURE_SET = 8;
const LENGTH_BYTES = 4;
const START_CODE = Buffer.from([0, 0, 1]);

export interface StreamIndex {
  /** Byte at which each picture begins, its parameter sets included, and the end of the stream: frames + 1 numbers. */
  readonly offsets: readonly number[];
  /** Frames that can be entered. */
  readonly keys: readonly number[];
  /** Bytes of each picture as a file keeps it: its slices, each behind four bytes of length. */
  readonly sizes: readonly number[];
  /** Sequence and picture parameter sets of the first picture, hex: streams of different ones do not join. */
  readonly parameters: string;
}

/** Reads a stream piece by piece; memory does not depend on its length beyond the index itself. */
export class StreamScanner {
  readonly #offsets: number[] = [];
  readonly #keys: number[] = [];
  readonly #sizes: number[] = [];
  readonly #sets: string[] = [];
  #rest: Buffer = Buffer.alloc(0);
  /** Byte of the stream at which `rest` begins. */
  #at = 0;
  /** Where the units before the next picture began. */
  #pending: number | null = null;
  /** Where the slice that is being read began, after its start code. */
  #slice: number | null = null;

  push(piece: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength) : Buffer.concat([this.#rest, piece]);
    let kept = Math.max(0, bytes.length - 3);
    for (let at = bytes.indexOf(START_CODE); at >= 0; at = bytes.indexOf(START_CODE, at + 3)) {
      const isHeadOfFile = this.#offsets.length === 0;
      // Whole parameter sets are wanted of the first picture; elsewhere the header and the byte after it do.
      const next = isHeadOfFile ? bytes.indexOf(START_CODE, at + 3) : at + 5;
      const type = (bytes[at + 3] ?? 0) & 31;
      const isWhole = isHeadOfFile && type !== SLICE && type !== KEY_SLICE ? next >= 0 : at + 5 <= bytes.length;
      if (!isWhole) {
        kept = Math.max(0, at - 1);
        break;
      }
      this.#unit(bytes, at, next);
    }
    this.#rest = Buffer.from(bytes.subarray(kept));
    this.#at += kept;
  }

  #unit(bytes: Buffer, at: number, next: number): void {
    const type = (bytes[at + 3] ?? 0) & 31;
    const start = this.#at + (at > 0 && bytes[at - 1] === 0 ? at - 1 : at);
    this.#closeSlice(start);
    if (type !== SLICE && type !== KEY_SLICE) {
      this.#pending ??= start;
      if (this.#offsets.length === 0 && (type === SEQUENCE_SET || type === PICTURE_SET)) this.#sets.push(setHex(bytes.subarray(at + 3, next)));
      return;
    }
    // first_mb_in_slice is 0, written as the single bit 1, in the first slice of a picture only.
    this.#slice = this.#at + at + 3;
    if (((bytes[at + 4] ?? 0) & 0x80) === 0) return;
    if (type === KEY_SLICE) this.#keys.push(this.#offsets.length);
    this.#offsets.push(this.#pending ?? start);
    this.#sizes.push(0);
    this.#pending = null;
  }

  /** A slice ends where the next unit begins. */
  #closeSlice(end: number): void {
    if (this.#slice !== null) this.#sizes[this.#sizes.length - 1] = (this.#sizes.at(-1) ?? 0) + LENGTH_BYTES + end - this.#slice;
    this.#slice = null;
  }

  end(): StreamIndex {
    const bytes = this.#at + this.#rest.length;
    this.#closeSlice(bytes);
    return { offsets: [...this.#offsets, bytes], keys: this.#keys, sizes: this.#sizes, parameters: this.#sets.join(',') };
  }
}

/** Zero bytes before the next start code belong to it. */
function setHex(bytes: Buffer): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end).toString('hex');
}
