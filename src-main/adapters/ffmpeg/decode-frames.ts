/**
 * Decodes a video's frames at analysis size: planar YUV 4:2:0, each with its exact presentation time and the colours it is
 * written in. FFmpeg changes no colours: that costs it up to five times the scaling, and the eye next to nothing.
 * Pull-driven: FFmpeg stands still while the caller works, so memory does not grow with the length of the film.
 */
import { availableParallelism } from 'node:os';

import { damageOf, mediaError } from '../../contract/text/en/media.ts';
import { inputArguments } from './inputs.ts';
import type { InputFile } from './inputs.ts';
import { requireSuccess, startProgram } from './process.ts';
import type { ProgramEnd, ProgramLauncher, RunningProgram } from './process.ts';
import { ReadAhead } from './read-ahead.ts';
import { ShowinfoParser, type ShownFrame } from './showinfo.ts';
import { StderrTail, reasonOf } from './stderr-tail.ts';

export interface DecodeOptions {
  readonly launcher: ProgramLauncher;
  readonly ffmpeg: string;
  /** [major, minor], null for a nightly build. */
  readonly release: readonly [number, number] | null;
  readonly file: InputFile & { readonly name: string };
  /** Pixels, even; the display aspect is the caller's business. */
  readonly width: number;
  readonly height: number;
  readonly signal: AbortSignal;
}

/** The writing ends of two pipes, for frames and for what is said about them; whoever opened them reads both. */
export interface FrameSink {
  readonly writer: number;
  readonly notesWriter: number;
  closeWriters(): void;
}

export interface DecodedFrame {
  /** width*height*3/2 bytes: Y, U, V planes in limited range. Valid until the next frame is asked for. */
  readonly planes: Uint8Array;
  /** What the planes' colours are; a file that does not say is taken for BT.601, as FFmpeg takes it. */
  readonly color: 'bt601' | 'bt709' | 'bt2020';
  /** Seconds from the start of the file. */
  readonly timestampS: number;
}

/**
 * One thread of the decoder per core, but no more than the eye can follow. FFmpeg's own choice is one more than there are
 * cores, and each has frames of its own that do not fit the cache together: a tenth more processor time on two cores.
 */
const DECODER_THREADS = Math.min(availableParallelism(), 4);

/** The arguments, so that tests and the job's log show what is run. */
export function decodeArguments({ file, width, height, release }: Omit<DecodeOptions, 'launcher' | 'signal' | 'ffmpeg'>): string[] {
  const scale = `scale=${width}:${height}:flags=area:out_range=tv`;
  // -vsync is the name before FFmpeg 5.1, and gone in 7.
  const passthrough = release !== null && (release[0] < 5 || (release[0] === 5 && release[1] < 1)) ? '-vsync' : '-fps_mode';
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info'],
    // The scaling is too small a work to share: its threads' waking costs a third of it.
    ...['-filter_threads', '1', '-threads', String(DECODER_THREADS)],
    ...inputArguments(file),
    ...['-map', '0:V:0', '-an', '-sn', '-dn'],
    ...['-vf', `${scale},format=yuv420p,showinfo=checksum=0`],
    ...[passthrough, 'passthrough', '-f', 'rawvideo', 'pipe:1'],
  ];
}

/** FFmpeg's names of colour spaces that are not, or not nearly, BT.601's. */
const COLORS: Readonly<Record<string, DecodedFrame['color']>> = { bt709: 'bt709', bt2020nc: 'bt2020', bt2020c: 'bt2020' };

/** Frames decoded ahead while one is looked at. */
const READ_AHEAD = 4;

/** Times and colours arrive on stderr, frames on stdout; the two are paired by their order. */
export class FrameQueue {
  readonly #parser = new ShowinfoParser();
  readonly #frames: ShownFrame[] = [];
  #wake: (() => void) | null = null;
  #isEnded = false;

  push(text: string): void {
    this.#frames.push(...this.#parser.push(text));
    this.#wake?.();
  }

  end(): void {
    this.#frames.push(...this.#parser.end());
    this.#isEnded = true;
    this.#wake?.();
  }

  /** What is known of the next frame; null when FFmpeg ended without naming it. */
  async next(): Promise<ShownFrame | null> {
    while (this.#frames.length === 0 && !this.#isEnded) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#frames.shift() ?? null;
  }
}

export interface FrameStream extends AsyncIterable<DecodedFrame> {
  /** What FFmpeg complained about, once the frames are through; null when it did not. */
  complaint(): string | null;
}

const COMPLAINT = /error|corrupt|invalid|truncat|missing|conceal/i;
/** Names of files may hold any word, and the muxer's remark on two frames in one tick of the clock concerns nobody here. */
const NO_COMPLAINT = /showinfo|^(In|Out)put #|monoton/;

function complaintOf(stderr: string): string | null {
  const lines = stderr.split(/[\r\n]+/).filter((line) => COMPLAINT.test(line) && !NO_COMPLAINT.test(line));
  return lines.length === 0 ? null : reasonOf(lines.join('\n'));
}

/** Returns when frames were decoded, whatever became of the rest of the file. */
function requireFrames(end: ProgramEnd, frames: number, options: DecodeOptions): void {
  options.signal.throwIfAborted();
  if (frames > 0 && end.startError === null && end.signal === null) return;
  if (frames === 0 && end.startError === null && end.status !== 127 && end.signal === null) {
    throw mediaError('unreadable', options.file.name, damageOf(end.stderr, 'it holds no picture that can be decoded'), end.stderr);
  }
  requireSuccess(end, 'FFmpeg', options.signal);
}

/**
 * The frames of the file's picture stream, in presentation order.
 * @throws AppError 'media-unreadable' when not one frame can be decoded; 'ffmpeg-missing', 'ffmpeg-failed'; AbortError.
 */
export function decodeFrames(options: DecodeOptions): FrameStream {
  let end: ProgramEnd | null = null;

  async function* read(program: RunningProgram, shown: FrameQueue): AsyncGenerator<DecodedFrame> {
    const ahead = new ReadAhead(program.stdout, (options.width * options.height * 3) / 2, READ_AHEAD);
    let frames = 0;
    let last = 0;
    for (;;) {
      const planes = await ahead.next();
      if (planes === null) break;
      const frame = await shown.next();
      options.signal.throwIfAborted();
      if (frame === null) break;
      // A frame without a time, or one that runs backwards, is shown at once after the one before it.
      const timestampS = Number.isFinite(frame.timeS) ? Math.max(frame.timeS, last) : last;
      last = timestampS;
      frames += 1;
      yield { planes, timestampS, color: COLORS[frame.colorSpace] ?? 'bt601' };
    }
    end = await program.ended;
    requireFrames(end, frames, options);
  }

  return {
    complaint: () => (end === null ? null : complaintOf(end.stderr)),
    async *[Symbol.asyncIterator]() {
      const shown = new FrameQueue();
      const program = startProgram(options.launcher, options.ffmpeg, decodeArguments(options), {
        signal: options.signal,
        isBatch: true,
        isDisposable: true,
        onStderr: (text) => shown.push(text),
      });
      void program.ended.then(() => shown.end());
      try {
        yield* read(program, shown);
      } finally {
        program.stop();
      }
    },
  };
}

/** A decoder whose frames, and what it says of them, another one reads. */
export interface PipedDecoder {
  /** Something it said that is no frame's. */
  heard(text: string): void;
  /**
   * Once the pipe is empty.
   * @param frames  how many came.
   * @returns what FFmpeg complained about, null when it did not.
   * @throws as decodeFrames does.
   */
  finish(frames: number): Promise<string | null>;
  /** Ends it; harmless when it has ended. */
  stop(): void;
}

/** The same decoder, writing into a pipe. */
export function decodeIntoPipe(options: DecodeOptions, pipe: FrameSink): PipedDecoder {
  const tail = new StderrTail();
  const program = startProgram(options.launcher, options.ffmpeg, decodeArguments(options), {
    signal: options.signal,
    isBatch: true,
    isDisposable: true,
    output: pipe.writer,
    errors: pipe.notesWriter,
  });
  pipe.closeWriters();
  return {
    heard: (text) => tail.push(text),
    async finish(frames) {
      const end = { ...(await program.ended), stderr: tail.tail };
      requireFrames(end, frames, options);
      return complaintOf(end.stderr);
    },
    stop: () => program.stop(),
  };
}
