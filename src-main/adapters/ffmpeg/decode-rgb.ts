/** Decodes a video to RGB frames at a fixed rate and size, for models. Pull-driven, like decode-frames. */
import { damageOf, mediaError } from '../../contract/text/en/media.ts';
import { inputArguments } from './inputs.ts';
import type { InputFile } from './inputs.ts';
import { requireSuccess, startProgram } from './process.ts';
import type { ProgramLauncher } from './process.ts';
import { ReadAhead } from './read-ahead.ts';

export interface RgbOptions {
  readonly launcher: ProgramLauncher;
  readonly ffmpeg: string;
  readonly file: InputFile & { readonly name: string };
  /** Pixels, as shown: rotation applied, pixels square. */
  readonly width: number;
  readonly height: number;
  /** Frames a second; frame i is the one shown at i / rateHz. */
  readonly rateHz: number;
  readonly signal: AbortSignal;
}

const READ_AHEAD = 4;

/**
 * height*width*3 bytes each, row-major, full range, valid until the next is asked for.
 * @throws AppError 'media-unreadable' when not one frame can be decoded; 'ffmpeg-missing', 'ffmpeg-failed'; AbortError.
 */
export async function* decodeRgb({ launcher, ffmpeg, file, width, height, rateHz, signal }: RgbOptions): AsyncGenerator<Uint8Array> {
  const args = [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'warning'],
    ...inputArguments(file),
    ...['-map', '0:V:0', '-an', '-sn', '-dn'],
    ...['-vf', `fps=${rateHz},scale=${width}:${height}:flags=area,format=rgb24`, '-f', 'rawvideo', 'pipe:1'],
  ];
  const program = startProgram(launcher, ffmpeg, args, { signal, isBatch: true, isDisposable: true });
  let frames = 0;
  try {
    const ahead = new ReadAhead(program.stdout, width * height * 3, READ_AHEAD);
    for (let frame = await ahead.next(); frame !== null; frame = await ahead.next()) {
      signal.throwIfAborted();
      frames += 1;
      yield frame;
    }
    const end = await program.ended;
    signal.throwIfAborted();
    const wasStarted = end.startError === null && end.status !== 127 && end.signal === null;
    if (!wasStarted) requireSuccess(end, 'FFmpeg', signal);
    if (frames === 0) throw mediaError('unreadable', file.name, damageOf(end.stderr, 'it holds no picture that can be decoded'), end.stderr);
  } finally {
    program.stop();
  }
}
