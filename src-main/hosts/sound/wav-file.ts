/** WAV files written and read block by block; memory does not depend on their length. */
import { type FileHandle, open, rm } from 'node:fs/promises';

import { AppError } from '../../contract/errors.ts';
import { type WavFormat, type WavLayout, bytesPerFrame, readWavHeader, wavHeader } from '../../core/sonify/wav-header.ts';
import { writeError } from './write-error.ts';

const HEAD_BYTES = 64 << 10;
const S24_SCALE = 2 ** 23;

/** Samples in -1..1 as little-endian 24-bit integers, rounded to the nearest, clamped. */
function toS24(samples: Float32Array, out: Buffer): Buffer {
  for (let i = 0, at = 0; i < samples.length; i += 1, at += 3) {
    const value = Math.max(-S24_SCALE, Math.min(S24_SCALE - 1, Math.round((samples[i] ?? 0) * S24_SCALE)));
    out[at] = value & 0xff;
    out[at + 1] = (value >> 8) & 0xff;
    out[at + 2] = (value >> 16) & 0xff;
  }
  return out;
}

export class WavWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #format: WavFormat;
  #frames = 0;

  private constructor(file: FileHandle, path: string, format: WavFormat) {
    this.#file = file;
    this.#path = path;
    this.#format = format;
  }

  /** @throws AppError `disk-full`, `output-unwritable` */
  static async create(path: string, format: WavFormat): Promise<WavWriter> {
    const file = await open(path, 'w').catch((error: unknown) => {
      throw writeError(error, path);
    });
    const writer = new WavWriter(file, path, format);
    await writer.#write(wavHeader(format, 0), null);
    return writer;
  }

  /** Appends interleaved samples; the array is free again when the promise settles. */
  async write(samples: Float32Array): Promise<void> {
    const bytes =
      this.#format.sampleFormat === 'f32'
        ? Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
        : toS24(samples, Buffer.allocUnsafe(samples.length * 3));
    await this.#write(bytes, null);
    this.#frames += samples.length / this.#format.channels;
  }

  /** Keeps the first frames alone, also after a write that failed; nothing can be written behind them. */
  async cutTo(frames: number): Promise<void> {
    this.#frames = Math.min(frames, this.#frames);
    await this.#file.truncate(wavHeader(this.#format, 0).length + this.#frames * bytesPerFrame(this.#format));
  }

  /** Completes the header; nothing is kept that was not written. */
  async close(): Promise<void> {
    try {
      await this.#write(wavHeader(this.#format, this.#frames), 0);
      await this.#file.sync();
    } finally {
      await this.#file.close();
    }
  }

  /** Gives the file up after a fault or a cancel, and removes it: whoever asked may be gone. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }

  async #write(bytes: Buffer, position: number | null): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, position === null ? null : position + at);
        at += bytesWritten;
      }
    } catch (error) {
      throw writeError(error, this.#path);
    }
  }
}

export class WavReader {
  readonly layout: WavLayout;
  readonly #file: FileHandle;
  #at = 0;

  private constructor(file: FileHandle, layout: WavLayout) {
    this.#file = file;
    this.layout = layout;
  }

  /** @throws AppError `media-unreadable` for anything but 32-bit float WAV. */
  static async open(path: string): Promise<WavReader> {
    const file = await open(path, 'r');
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
    await file.read(head, 0, head.length, 0);
    const layout = readWavHeader(head, size);
    if (layout?.sampleFormat === 'f32') return new WavReader(file, layout);
    await file.close();
    throw new AppError('media-unreadable', 'A sound file of the render is damaged.', { hint: 'Render again.', retryable: true });
  }

  /** The next samples, at most `frames`, interleaved; empty at the end. */
  async read(frames: number): Promise<Float32Array> {
    const count = Math.min(frames, this.layout.frames - this.#at);
    const size = bytesPerFrame(this.layout);
    const samples = new Float32Array(count * this.layout.channels);
    const bytes = Buffer.from(samples.buffer);
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, this.layout.dataOffset + this.#at * size + done);
      if (bytesRead === 0) throw new AppError('media-unreadable', 'A sound file of the render ends too early.', { hint: 'Render again.', retryable: true });
      done += bytesRead;
    }
    this.#at += count;
    return samples;
  }

  rewind(): void {
    this.#at = 0;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
