/**
 * AAC of the film's sound. A long sound is encoded in pieces at the same time, each from a few seconds before its place, and joined
 * on frames where two encoders window the sound alike: the overlap of the transform then takes the aliasing away as it does within
 * one encoder's stream, and what is left is the noise of two quantisers that never were the same from frame to frame.
 * Source: Princen, Johnson, Bradley, "Subband/Transform Coding Using Filter Bank Designs Based on TDAC", ICASSP 1987.
 */
import { SOUND_RATE, aacArguments, aacFilmArguments, aacPieceArguments } from '../graphs/sound-arguments.ts';
import type { AssemblyFiles, AssemblyTools, RunOptions } from '../ports.ts';
import { AAC_FRAME, type AdtsIndex, LONG_WINDOWS, aacFrames } from '../timeline/adts.ts';
import { inParallel } from './pool.ts';

/** Frames of a piece: 100 s. The pieces do not depend on the machine, nor do the bytes. */
const PIECE = 4688;
/** Frames an encoder runs before its place, so that its rate control has settled: 5 s. */
const WARM = 240;
/** Joints are looked for so many frames to both sides. */
const SEEK = 32;
/** The last frames of a piece hold the silence after its end. */
const TAIL = 4;

/** Frames [from, to) of the film's sound that an encoder makes, and the frame at which its part is to begin. */
export interface AacPiece {
  readonly from: number;
  readonly to: number;
  readonly begin: number;
}

/** @param piece  frames of a piece @returns pieces of at least half that length; one where the sound is short */
export function aacPieces(samples: number, piece = PIECE): AacPiece[] {
  const frames = aacFrames(samples);
  const count = Math.max(1, Math.round(frames / piece));
  const begins = Array.from({ length: count + 1 }, (_, i) => Math.round((frames * i) / count));
  return begins.slice(0, -1).map((begin, i) => ({ begin, from: Math.max(0, begin - WARM), to: Math.min(frames, (begins[i + 1] ?? 0) + SEEK + TAIL) }));
}

/** The frame nearest to `wanted` at which the second stream can take over; null when there is none. */
export function seamOf(first: { index: AdtsIndex; piece: AacPiece }, second: { index: AdtsIndex; piece: AacPiece }): number | null {
  const windowAt = ({ index, piece }: typeof first, frame: number): number | null => index.windows[frame - piece.from] ?? null;
  const wanted = second.piece.begin;
  for (let distance = 0; distance <= SEEK; distance += 1) {
    for (const frame of [wanted + distance, wanted - distance]) {
      const isAlike = [frame - 1, frame].every((at) => windowAt(first, at) !== null && windowAt(first, at) === windowAt(second, at));
      if (isAlike && LONG_WINDOWS.has(windowAt(first, frame))) return frame;
    }
  }
  return null;
}

export interface AacOrder {
  /** WAV, 48 kHz stereo, of exactly `samples` samples. */
  readonly source: string;
  readonly samples: number;
  /** Bits per second. */
  readonly bitrate: number;
  /** An MP4 of that sound alone. */
  readonly target: string;
}

export class AacEncoder {
  readonly #files: AssemblyFiles;
  readonly #tools: Pick<AssemblyTools, 'run'>;
  readonly #cores: number;
  readonly #piece: number;

  /** @param piece  frames of a piece */
  constructor({ files, tools, cores }: { files: AssemblyFiles; tools: Pick<AssemblyTools, 'run'>; cores: number }, piece = PIECE) {
    this.#files = files;
    this.#tools = tools;
    this.#cores = cores;
    this.#piece = piece;
  }

  /** Cost: 1/60 of its length of one core. @throws AppError 'ffmpeg-failed', 'disk-full'; AbortError */
  async encode(order: AacOrder, options: RunOptions): Promise<void> {
    const pieces = aacPieces(order.samples, this.#piece);
    const paths = pieces.map((_, i) => this.#files.partialPath(`${order.target}.piece${i}.aac`));
    const joined = this.#files.partialPath(`${order.target}.aac`);
    try {
      if (pieces.length > 1 && (await this.#encodePieces(order, pieces, paths, joined, options))) {
        return await this.#tools.run(aacFilmArguments(joined, order.samples, order.target), order.samples / SOUND_RATE, options);
      }
      await this.#tools.run(aacArguments(order.source, order.bitrate, order.target), order.samples / SOUND_RATE, options);
    } finally {
      for (const path of [...paths, joined]) await this.#files.discard(path);
    }
  }

  /** @returns whether the pieces could be joined. */
  async #encodePieces(order: AacOrder, pieces: readonly AacPiece[], paths: readonly string[], joined: string, options: RunOptions): Promise<boolean> {
    const streams = await inParallel(pieces, Math.max(2, this.#cores), options.signal, async (piece, i, signal) => {
      const path = paths[i] as string;
      const args = aacPieceArguments(order.source, { from: piece.from * AAC_FRAME, to: Math.min(order.samples, piece.to * AAC_FRAME) }, order.bitrate, path);
      await this.#tools.run(args, ((piece.to - piece.from) * AAC_FRAME) / SOUND_RATE, { ...options, signal });
      return { path, piece, index: await this.#files.indexSound(path, signal) };
    });
    const seams = streams.slice(1).map((stream, i) => seamOf(streams[i] as typeof stream, stream));
    const last = streams.at(-1);
    const isWhole = last !== undefined && last.piece.from + last.index.windows.length === aacFrames(order.samples);
    if (!isWhole || !seams.every((seam) => seam !== null)) return false;
    const ranges = streams.map(({ path, piece, index }, i) => {
      const [from, to] = [i === 0 ? 0 : (seams[i - 1] as number), seams[i] ?? aacFrames(order.samples)];
      return { path, from: index.offsets[from - piece.from] ?? 0, to: index.offsets[to - piece.from] ?? 0 };
    });
    await this.#files.joinBytes(ranges, joined, options.signal);
    return true;
  }
}
