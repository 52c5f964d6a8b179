/** Decodes the sound of a file to interleaved 32-bit floats at its own rate and channels. Pull-driven, like decode-frames. */
import { damageOf, mediaError } from '../../contract/text/en/media.ts';
import { inputArguments } from './inputs.ts';
import type { InputFile } from './inputs.ts';
import { requireSuccess, startProgram } from './process.ts';
import type { ProgramLauncher } from './process.ts';

export interface SampleOptions {
  readonly launcher: ProgramLauncher;
  readonly ffmpeg: string;
  readonly file: InputFile & { readonly name: string };
  readonly sampleRate: number;
  readonly channels: number;
  readonly signal: AbortSignal;
}

/** Frames (all channels) per piece. */
const PIECE_FRAMES = 65_536;
const BYTES_PER_SAMPLE = 4;

function decodeArguments({ file, sampleRate, channels }: SampleOptions): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'warning'],
    ...inputArguments(file),
    ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-ar', String(sampleRate), '-ac', String(channels)],
    ...['-f', 'f32le', '-c:a', 'pcm_f32le', 'pipe:1'],
  ];
}

/**
 * Pieces of samples, each valid until the next is asked for, of whole frames.
 * @throws AppError 'media-unreadable' when nothing can be decoded; 'ffmpeg-missing'; AbortError.
 */
export async function* decodeSamples(options: SampleOptions): AsyncGenerator<Float32Array> {
  const { signal, channels, file } = options;
  const program = startProgram(options.launcher, options.ffmpeg, decodeArguments(options), { signal, isBatch: true, isDisposable: true });
  const bytes = Buffer.alloc(PIECE_FRAMES * channels * BYTES_PER_SAMPLE);
  const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / BYTES_PER_SAMPLE);
  let filled = 0;
  let total = 0;
  try {
    for await (const chunk of program.stdout as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const count = Math.min(bytes.length - filled, chunk.length - at);
        chunk.copy(bytes, filled, at, at + count);
        [filled, at, total] = [filled + count, at + count, total + count];
        if (filled < bytes.length) continue;
        yield samples;
        filled = 0;
      }
    }
    const end = await program.ended;
    signal.throwIfAborted();
    const frames = Math.floor(filled / (channels * BYTES_PER_SAMPLE));
    if (frames > 0) yield samples.subarray(0, frames * channels);
    const wasStarted = end.startError === null && end.status !== 127 && end.signal === null;
    if (total === 0 && wasStarted) throw mediaError('unreadable', file.name, damageOf(end.stderr, 'it holds no sound that can be decoded'), end.stderr);
    if (!wasStarted) requireSuccess(end, 'FFmpeg', signal);
  } finally {
    program.stop();
  }
}
