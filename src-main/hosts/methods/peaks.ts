/** Host method `peaks`: decodes a file's sound and writes its waveform, all levels in one pass. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

import { decodeSamples } from '../../adapters/ffmpeg/decode-samples.ts';
import { peaks } from '../../adapters/native/peaks.ts';
import { PeaksInputSchema } from '../../contract/hosts/analysis.ts';
import type { PeaksInput } from '../../contract/hosts/analysis.ts';
import type { HostMethod } from '../../core/host.ts';
import { PeaksPyramid, VALUES_PER_PEAK } from '../../core/media/peaks-pyramid.ts';
import { writeError } from '../sound/write-error.ts';

const FRAMES_PER_PEAK = 256;

class LevelWriters {
  readonly #files: FileHandle[];
  readonly #paths: readonly string[];
  readonly counts: number[];

  constructor(files: FileHandle[], paths: readonly string[]) {
    this.#files = files;
    this.#paths = paths;
    this.counts = files.map(() => 0);
  }

  async write(level: number, values: Int16Array<ArrayBuffer>): Promise<void> {
    if (values.length === 0) return;
    this.counts[level] = (this.counts[level] ?? 0) + values.length / VALUES_PER_PEAK;
    try {
      await this.#files[level]?.writeFile(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    } catch (error) {
      throw writeError(error, this.#paths[level] ?? '');
    }
  }

  async close(): Promise<void> {
    for (const file of this.#files) await file.close();
  }
}

async function makePeaks(input: PeaksInput, signal: AbortSignal, emit: (event: unknown) => void): Promise<{ counts: number[] }> {
  const { programs, file, channels, sample_rate: sampleRate, duration_s: durationS } = input;
  const files: FileHandle[] = [];
  for (const path of input.paths) files.push(await open(path, 'w', 0o600));
  const writers = new LevelWriters(files, input.paths);
  const pyramid = new PeaksPyramid(input.paths.length - 1);
  let frames = 0;
  try {
    // The pieces are whole multiples of 256 frames, except the last.
    for await (const samples of decodeSamples({ launcher: programs, ffmpeg: programs.ffmpeg, file, sampleRate, channels, signal })) {
      const finest = new Int16Array(Math.ceil(samples.length / channels / FRAMES_PER_PEAK) * VALUES_PER_PEAK);
      peaks(samples, channels, FRAMES_PER_PEAK, finest);
      await writers.write(0, finest);
      for (const [i, level] of pyramid.push(finest).entries()) await writers.write(i + 1, level);
      frames += samples.length / channels;
      emit({ done: durationS > 0 ? Math.min(1, frames / sampleRate / durationS) : 0 });
    }
    for (const [i, level] of pyramid.end().entries()) await writers.write(i + 1, level);
  } finally {
    await writers.close();
  }
  return { counts: writers.counts };
}

export const peaksMethod: HostMethod = (input, { signal, emit }) => makePeaks(PeaksInputSchema.parse(input), signal, emit);
