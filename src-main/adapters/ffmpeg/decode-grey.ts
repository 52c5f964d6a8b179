/** Decodes one picture of a file to grey, for measurements on pairs of pictures. */
import { damageOf, mediaError } from '../../contract/text/en/media.ts';
import { inputArguments } from './inputs.ts';
import type { InputFile } from './inputs.ts';
import { requireSuccess, startProgram } from './process.ts';
import type { ProgramLauncher } from './process.ts';

export interface GreyOptions {
  readonly launcher: ProgramLauncher;
  readonly ffmpeg: string;
  readonly file: InputFile & { readonly name: string };
  /** Pixels, as shown. */
  readonly width: number;
  readonly height: number;
  readonly signal: AbortSignal;
}

/**
 * The first picture: height*width bytes, row-major, 0..255 (full-range luma, BT.601).
 * @throws AppError 'media-unreadable' when it cannot be decoded whole; 'ffmpeg-missing'; AbortError.
 */
export async function decodeGrey({ launcher, ffmpeg, file, width, height, signal }: GreyOptions): Promise<Uint8Array> {
  const args = [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'warning'],
    ...inputArguments(file),
    ...['-map', '0:V:0', '-an', '-sn', '-dn', '-frames:v', '1'],
    ...['-vf', `scale=${width}:${height}:flags=area:out_range=pc,format=gray`, '-f', 'rawvideo', 'pipe:1'],
  ];
  const program = startProgram(launcher, ffmpeg, args, { signal, isBatch: true, isDisposable: true });
  try {
    const grey = new Uint8Array(width * height);
    let filled = 0;
    for await (const chunk of program.stdout as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, grey.length - filled);
      grey.set(part, filled);
      filled += part.length;
    }
    const end = await program.ended;
    signal.throwIfAborted();
    if (end.startError !== null || end.status === 127 || end.signal !== null) requireSuccess(end, 'FFmpeg', signal);
    if (filled < grey.length) throw mediaError('unreadable', file.name, damageOf(end.stderr, 'it holds no picture that can be decoded'), end.stderr);
    return grey;
  } finally {
    program.stop();
  }
}
