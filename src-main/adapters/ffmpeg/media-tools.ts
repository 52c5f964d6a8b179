/** What is made of a media file with FFmpeg: its poster, its filmstrip, a copy a page can play. */
import type { Probe } from '../../contract/documents/media-item.ts';
import { AppError } from '../../contract/errors.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { FilmstripPlan, MediaSource, MediaTools, ToolOptions } from '../../core/media/ports.ts';
import { QUIET } from './ffmpeg-programs.ts';
import type { FfmpegPrograms } from './ffmpeg-programs.ts';
import { inputArguments } from './inputs.ts';
import { jpegPictures } from './jpeg-stream.ts';
import { probeFile } from './probe.ts';
import { requireSuccess, startProgram } from './process.ts';

const MAX_POSTER_WIDTH_PX = 1280;
/** A poster is chosen among the frames from a tenth of the film on, at most so far in. */
const POSTER_AT = 0.1;
const POSTER_LATEST_S = 20;
const POSTER_FRAMES = 25;
const PROXY_HEIGHT_PX = 720;

const JPEG_OUTPUT = ['-map', '0:V:0', '-an', '-sn', '-dn', '-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2pipe', 'pipe:1'];
const PIXELS = 'out_range=pc:out_color_matrix=bt601,format=yuvj420p,setsar=1';

const inputOf = (source: MediaSource, options: readonly string[] = []): string[] =>
  inputArguments({ path: source.path, demuxer: source.probe.demuxer }, options);

/** Proxy encoders by preference: what this FFmpeg has first. */
const PROXIES = [
  {
    needs: ['libx264', 'aac'],
    mimeType: 'video/mp4',
    video: ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '25', '-pix_fmt', 'yuv420p', '-g', '30', '-bf', '0'],
    audio: ['-c:a', 'aac', '-b:a', '160k', '-ac', '2'],
    container: ['-movflags', '+faststart', '-f', 'mp4'],
  },
  {
    needs: ['libvpx-vp9', 'libopus'],
    mimeType: 'video/webm',
    video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '7', '-crf', '34', '-b:v', '0', '-pix_fmt', 'yuv420p', '-g', '30', '-row-mt', '1'],
    audio: ['-c:a', 'libopus', '-b:a', '128k', '-ac', '2'],
    container: ['-f', 'webm'],
  },
] as const;

export class FfmpegMediaTools implements MediaTools {
  readonly #programs: FfmpegPrograms;

  constructor(programs: FfmpegPrograms) {
    this.#programs = programs;
  }

  async probe(path: string, name: string, signal?: AbortSignal): Promise<Probe> {
    return probeFile(await this.#programs.install(), this.#programs.launcher, { path, name }, signal);
  }

  async poster(source: MediaSource, heightPx: number, options: ToolOptions): Promise<Uint8Array> {
    const atS = Math.min(source.probe.duration_s * POSTER_AT, POSTER_LATEST_S);
    // A broken or very short file may have nothing there; its first frame will do.
    for (const startS of atS > 0.2 ? [atS, 0] : [0]) {
      const seek = startS > 0 ? ['-ss', startS.toFixed(3)] : [];
      const scale = `scale='min(${MAX_POSTER_WIDTH_PX},trunc(iw*sar*${heightPx}/ih/2)*2)':${heightPx}:flags=area:${PIXELS}`;
      const args = [...inputOf(source, seek), '-vf', `thumbnail=n=${POSTER_FRAMES},${scale}`, '-frames:v', '1', ...JPEG_OUTPUT];
      for await (const picture of this.#pictures(args, options)) return picture;
    }
    throw mediaError('unreadable', source.name, 'it holds no picture that can be decoded');
  }

  async *filmstrip(source: MediaSource, plan: FilmstripPlan, options: ToolOptions): AsyncGenerator<Uint8Array> {
    const keyFrames = plan.isKeyFramesOnly ? ['-skip_frame', 'nokey'] : [];
    // Rounding up puts into tile n the frame that is shown at n × interval.
    const tiles = `fps=fps=1/${plan.interval_s}:start_time=0:round=up`;
    const scale = `scale=${plan.tile_width}:${plan.tile_height}:flags=area:${PIXELS}`;
    const filter = `${tiles},${scale},tile=${plan.columns}x${plan.rows}`;
    const args = [...inputOf(source, keyFrames), '-vf', filter, '-frames:v', String(plan.sheets), ...JPEG_OUTPUT];
    let made = 0;
    for await (const sheet of this.#pictures(args, options)) {
      made += 1;
      options.onProgress?.(Math.min(1, made / plan.sheets), null);
      yield sheet;
    }
    if (made === 0) throw mediaError('unreadable', source.name, 'it holds no picture that can be decoded');
  }

  async proxy(source: MediaSource, targetPath: string, options: ToolOptions): Promise<string> {
    const encoders = await (await this.#programs.install()).encoders();
    const profile = PROXIES.find(({ needs }) => needs.every((encoder) => encoders.has(encoder)));
    if (!profile) {
      throw new AppError('ffmpeg-failed', 'This FFmpeg can make neither H.264 nor VP9.', { hint: 'Install a complete FFmpeg, or name one in the settings.' });
    }
    const height = `min(${PROXY_HEIGHT_PX},trunc(ih/2)*2)`;
    const scale = `scale=w='max(2,trunc(iw*sar*(${height})/ih/2)*2)':h='max(2,${height})',setsar=1`;
    const args = [
      ...inputOf(source),
      ...['-map', '0:V:0?', '-map', '0:a:0?', '-sn', '-dn', '-map_metadata', '-1', '-vf', scale],
      ...profile.video,
      ...profile.audio,
      ...profile.container,
      ...['-y', `file:${targetPath}`],
    ];
    await this.#programs.run(args, source.probe.duration_s, options);
    return source.probe.video ? profile.mimeType : profile.mimeType.replace('video', 'audio');
  }

  /** Runs FFmpeg and answers the JPEGs it writes; it stops when the caller does. */
  async *#pictures(args: readonly string[], { signal, onCommand }: ToolOptions): AsyncGenerator<Uint8Array> {
    const { ffmpeg } = await this.#programs.install();
    const all = [...QUIET, ...args];
    onCommand?.(ffmpeg, all);
    const program = startProgram(this.#programs.launcher, ffmpeg, all, { signal, isBatch: true, isDisposable: true });
    let made = 0;
    try {
      for await (const picture of jpegPictures(program.stdout)) {
        made += 1;
        yield picture;
      }
      const end = await program.ended;
      // What came before a fault in the file is good; a fault with nothing before it is said by the caller.
      signal?.throwIfAborted();
      if (end.startError || end.signal !== null || end.status === 127) requireSuccess(end, 'FFmpeg', signal);
      if (made === 0 && /No space left/.test(end.stderr)) requireSuccess(end, 'FFmpeg', signal);
    } finally {
      program.stop();
    }
  }
}
