/** Writes waveform peaks as sound goes by: int16 little-endian (min, max, rms) per 256 frames. */
import { type FileHandle, open, rm } from 'node:fs/promises';

import { peaks } from '../../adapters/native/peaks.ts';
import { writeError } from './write-error.ts';

const FRAMES_PER_PEAK = 256;
const VALUES_PER_PEAK = 3;

export class PeaksWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #channels: number;
  #rest = new Float32Array(0);

  private constructor(file: FileHandle, path: string, channels: number) {
    this.#file = file;
    this.#path = path;
    this.#channels = channels;
  }

  static async create(path: string, channels: number): Promise<PeaksWriter> {
    return new PeaksWriter(await open(path, 'w'), path, channels);
  }

  async write(samples: Float32Array): Promise<void> {
    const joined = new Float32Array(this.#rest.length + samples.length);
    joined.set(this.#rest);
    joined.set(samples, this.#rest.length);
    const whole = Math.floor(joined.length / (FRAMES_PER_PEAK * this.#channels)) * FRAMES_PER_PEAK * this.#channels;
    await this.#append(joined.subarray(0, whole));
    this.#rest = joined.slice(whole);
  }

  /** Keeps the peaks of the first frames alone, also after a write that failed. */
  async cutTo(frames: number): Promise<void> {
    this.#rest = new Float32Array(0);
    await this.#file.truncate(Math.ceil(frames / FRAMES_PER_PEAK) * VALUES_PER_PEAK * Int16Array.BYTES_PER_ELEMENT);
  }

  /** The last, shorter peak and the end of the file. */
  async close(): Promise<void> {
    await this.#append(this.#rest);
    await this.#file.close();
  }

  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#path, { force: true });
  }

  async #append(samples: Float32Array): Promise<void> {
    if (samples.length === 0) return;
    const out = new Int16Array(Math.ceil(samples.length / this.#channels / FRAMES_PER_PEAK) * VALUES_PER_PEAK);
    peaks(samples, this.#channels, FRAMES_PER_PEAK, out);
    try {
      const bytes = Buffer.from(out.buffer);
      for (let at = 0; at < bytes.length; ) at += (await this.#file.write(bytes, at)).bytesWritten;
    } catch (error) {
      throw writeError(error, this.#path);
    }
  }
}
