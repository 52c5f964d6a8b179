/**
 * Finds the frames of an AAC stream in ADTS, and how each is windowed: two streams of the same sound join where they window it alike.
 * Source: ISO/IEC 14496-3:2009, 1.A.2.2 (ADTS), 4.4.2 (raw_data_block, channel_pair_element, ics_info).
 */
const HEADER_BYTES = 7;
const PAIR_ELEMENT = 1;
/** Samples of a frame, and of the encoder's delay: frame k is heard from sample (k - 1) * 1024 on. */
export const AAC_FRAME = 1024;

/** Frames of a stream of so many samples, the encoder's delay included. */
export const aacFrames = (samples: number): number => Math.ceil((samples + AAC_FRAME) / AAC_FRAME);

/** `window` of a long block between long blocks, in the sine and in the Kaiser-Bessel shape. */
export const LONG_WINDOWS: ReadonlySet<number | null> = new Set([0, 1]);

export interface AdtsIndex {
  /** Byte at which each frame begins, its header included, and the end of the stream: frames + 1 numbers. */
  readonly offsets: readonly number[];
  /** Of each frame 2 x window_sequence + window_shape, where both channels of one pair share it; else null. */
  readonly windows: readonly (number | null)[];
}

/** Reads a stream piece by piece; memory does not depend on its length beyond the index itself. */
export class AdtsScanner {
  readonly #offsets: number[] = [];
  readonly #windows: (number | null)[] = [];
  #rest: Buffer = Buffer.alloc(0);
  /** Byte of the stream at which `rest` begins. */
  #at = 0;

  /** @throws Error where no frame begins */
  push(piece: Uint8Array): void {
    const bytes = Buffer.concat([this.#rest, piece]);
    let at = 0;
    while (at + HEADER_BYTES + 2 <= bytes.length) {
      if (bytes.readUInt16BE(at) >> 4 !== 0xfff) throw new Error(`The sound's stream has no frame at byte ${this.#at + at}.`);
      const length = (bytes.readUInt32BE(at + 2) >> 5) & 0x1fff;
      if (at + length > bytes.length) break;
      this.#offsets.push(this.#at + at);
      this.#windows.push(length < HEADER_BYTES + 2 ? null : windowOf(bytes.readUInt16BE(at + HEADER_BYTES)));
      at += length;
    }
    this.#at += at;
    this.#rest = Buffer.from(bytes.subarray(at));
  }

  /** @throws Error where the last frame is not whole */
  end(): AdtsIndex {
    if (this.#rest.length > 0) throw new Error('The sound’s stream ends within a frame.');
    return { offsets: [...this.#offsets, this.#at], windows: this.#windows };
  }
}

/** The first 16 bits of a block: element (3), its tag (4), common_window (1), reserved (1), window_sequence (2), window_shape (1). */
function windowOf(bits: number): number | null {
  return bits >> 13 === PAIR_ELEMENT && ((bits >> 8) & 1) === 1 ? (bits >> 4) & 7 : null;
}
