/** FFmpeg for assembly: runs of its graphs, a real try of each encoder, and the eyes and ears of the check. */
import type { VideoCodec } from '../../contract/documents/blueprint.ts';
import type { Probe } from '../../contract/documents/media-item.ts';
import type { AssemblyTools, ColorMatrix, PacketFacts, Run, RunOptions, SoundFacts, Span } from '../../core/assembly/ports.ts';
import { feed } from './feed.ts';
import { QUIET, type FfmpegPrograms } from './ffmpeg-programs.ts';
import { inputArguments, inputGuards } from './inputs.ts';
import { parseLoudness } from './loudness-summary.ts';
import { probeFile } from './probe.ts';
import { type ProgramEnd, requireSuccess, startProgram } from './process.ts';
import { reasonOf } from './stderr-tail.ts';

const MATRICES: Readonly<Record<string, ColorMatrix>> = {
  bt709: 'bt709',
  bt470bg: 'bt601',
  smpte170m: 'bt601',
  fcc: 'bt601',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
};
/** A picture counts as black when 98 % of it is, and as frozen when nothing moves over three of them, two steps. Small pictures are enough. */
const EYES = 'scale=320:-2:flags=area,blackdetect=d=0.1:pic_th=0.98:pix_th=0.08,freezedetect=n=-60dB:d=2';
const SILENCE = 'silencedetect=n=-60dB:d=1';
const TRY_MS = 10_000;

interface PacketRow {
  readonly pts?: number;
  readonly size?: string;
}
interface StreamRow {
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly time_base?: string;
  readonly start_time?: string;
  readonly duration?: string;
  readonly tags?: { readonly DURATION?: string };
}

/** Pairs of "…start: 1.5" and "…end: 3" in the order in which they are printed; one that is still open ends at `untilS`. */
function spansIn(text: string, start: RegExp, end: RegExp, untilS: number): Span[] {
  const starts = [...text.matchAll(start)].map((match) => Number(match[1]));
  const ends = [...text.matchAll(end)].map((match) => Number(match[1]));
  return starts.map((startS, i) => ({ startS: Math.max(0, startS), endS: ends[i] ?? untilS }));
}

/** Matroska keeps the duration of a stream as a tag "00:00:05.010000000". */
function durationOf({ duration, tags }: StreamRow): number {
  const tag = /^(\d+):(\d+):([\d.]+)$/.exec(tags?.DURATION ?? '');
  if (duration === undefined && tag) return Number(tag[1]) * 3600 + Number(tag[2]) * 60 + Number(tag[3]);
  return Number.parseFloat(duration ?? '0') || 0;
}

/** What goes into a run and comes out of it. */
interface Pipes {
  readonly input?: AsyncIterable<Uint8Array> | undefined;
  readonly onStderr?: (piece: string) => void;
  readonly onStdout?: (piece: string) => void;
}

export class FfmpegAssemblyTools implements AssemblyTools {
  readonly #programs: FfmpegPrograms;
  readonly #encoders = new Map<VideoCodec, string | null>();

  constructor(programs: FfmpegPrograms) {
    this.#programs = programs;
  }

  async run(args: readonly string[], durationS: number, { signal, input, onProgress, onCommand }: RunOptions & { input?: AsyncIterable<Uint8Array> }): Promise<void> {
    await this.#programs.run(args, durationS, { signal, input, onCommand, onProgress: (done, speed) => onProgress?.({ done, ...(speed === null ? {} : { speed }) }) });
  }

  async probe(path: string, name: string, signal: AbortSignal): Promise<Probe> {
    return probeFile(await this.#programs.install(), this.#programs.launcher, { path, name }, signal);
  }

  async colorsOf(path: string, demuxer: string, signal: AbortSignal): Promise<ColorMatrix> {
    const args = ['-select_streams', 'V:0', '-show_entries', 'stream=color_space', '-of', 'csv=p=0', ...inputArguments({ path, demuxer })];
    return MATRICES[(await this.#ask(args, signal)).trim().split(/[,\n]/)[0] ?? ''] ?? 'unknown';
  }

  async encoderFault(codec: VideoCodec, signal: AbortSignal): Promise<string | null> {
    const known = this.#encoders.get(codec);
    if (known !== undefined) return known;
    const encoders = await (await this.#programs.install()).encoders();
    const fault = encoders.has(codec) ? await this.#tryEncoder(codec, signal) : 'this FFmpeg was built without it';
    this.#encoders.set(codec, fault);
    return fault;
  }

  /** A listed encoder may lack its driver or its device: only a frame that comes out says that it works. */
  async #tryEncoder(codec: VideoCodec, signal: AbortSignal): Promise<string | null> {
    const source = ['-f', 'lavfi', '-i', 'color=c=gray:s=640x360:r=30:d=1', '-frames:v', '1'];
    const limit = AbortSignal.timeout(TRY_MS);
    const end = await this.#run([...source, '-c:v', codec, '-bf', '0', '-pix_fmt', 'yuv420p', '-f', 'null', '-'], AbortSignal.any([signal, limit]));
    signal.throwIfAborted();
    if (end.status === 0) return null;
    return limit.aborted ? 'it does not answer' : reasonOf(end.stderr) || 'it gave no reason';
  }

  async packets(path: string, signal: AbortSignal): Promise<PacketFacts> {
    const file = [...inputGuards(), `file:${path}`];
    const entries = 'stream=codec_type,codec_name,time_base,start_time,duration:stream_tags=DURATION';
    // Listing the packets of the sound, too, takes longer than all else.
    const [told, listed] = await Promise.all([
      this.#ask(['-show_entries', entries, '-of', 'json', ...file], signal),
      this.#ask(['-select_streams', 'V:0', '-show_entries', 'packet=pts,size', '-of', 'json', ...file], signal),
    ]);
    const { streams = [] } = JSON.parse(told) as { streams?: StreamRow[] };
    const { packets: rows = [] } = JSON.parse(listed) as { packets?: PacketRow[] };
    const video = streams.find((stream) => stream.codec_type === 'video');
    const audio = streams.find((stream) => stream.codec_type === 'audio');
    const [numerator = 1, denominator = 1] = (video?.time_base ?? '1/1').split('/').map(Number);
    return {
      sizes: rows.map(({ size }) => Number(size)),
      times: rows.map(({ pts }) => pts ?? Number.NaN),
      ticksPerSecond: denominator / numerator,
      startS: Number.parseFloat(video?.start_time ?? '0') || 0,
      codec: video?.codec_name ?? '',
      sound: audio ? { startS: Number.parseFloat(audio.start_time ?? '0') || 0, durationS: durationOf(audio), codec: audio.codec_name ?? '' } : null,
    };
  }

  async hear(path: string, demuxer: string, signal: AbortSignal): Promise<SoundFacts> {
    const args = [...inputArguments({ path, demuxer }), '-vn', '-af', `${SILENCE},ebur128=peak=true:framelog=verbose`, '-progress', 'pipe:1', '-f', 'null', '-'];
    const { text, untilS } = await this.#detect(args, signal);
    return { ...parseLoudness(text), silent: spansIn(text, /silence_start: (-?[\d.]+)/g, /silence_end: (-?[\d.]+)/g, untilS) };
  }

  async look(pictures: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<{ black: Run[]; frozen: Run[] }> {
    // A picture a second: the times that are told are its numbers. What the deblocking adds is too little to be black or still by it.
    const one = ['-skip_loop_filter', 'all', '-threads', '1', '-probesize', '32', '-r', '1', '-framerate', '1'];
    const args = [...one, ...inputGuards(), '-f', 'h264', '-i', 'pipe:0', '-an', '-vf', EYES, '-fps_mode', 'passthrough', '-f', 'null', '-'];
    const { text } = await this.#detect(args, signal, pictures);
    const runs = (spans: Span[]): Run[] => spans.map(({ startS, endS }) => ({ first: Math.round(startS), last: Math.round(endS) - 1 }));
    return {
      black: runs(spansIn(text, /black_start:([\d.]+)/g, /black_end:([\d.]+)/g, Infinity)),
      frozen: runs(spansIn(text, /freeze_start: ([\d.]+)/g, /freeze_end: ([\d.]+)/g, Infinity)),
    };
  }

  async begin(path: string, signal: AbortSignal): Promise<void> {
    const end = await this.#run(['-xerror', ...inputGuards(), '-i', `file:${path}`, '-map', '0:V:0', '-map', '0:a:0?', '-frames:v', '1', '-frames:a', '1', '-f', 'null', '-'], signal);
    requireSuccess(end, 'FFmpeg', signal);
  }

  /** A run of detectors: what they say, and the time of the last thing that came out. */
  async #detect(args: readonly string[], signal: AbortSignal, input?: AsyncIterable<Uint8Array>): Promise<{ text: string; untilS: number }> {
    let [text, shown] = ['', ''];
    const end = await this.#run(args, signal, { input, onStderr: (piece) => (text += piece), onStdout: (piece) => (shown += piece) });
    requireSuccess(end, 'FFmpeg', signal);
    return { text, untilS: Number(/.*out_time_us=(\d+)/s.exec(shown)?.[1] ?? 0) / 1e6 };
  }

  /** FFmpeg at the level at which its detectors speak. @throws what `input` throws, once FFmpeg has ended */
  async #run(args: readonly string[], signal: AbortSignal, { input, onStderr, onStdout }: Pipes = {}): Promise<ProgramEnd> {
    const { ffmpeg } = await this.#programs.install();
    const quiet = QUIET.map((word) => (word === 'warning' ? 'info' : word));
    const program = startProgram(this.#programs.launcher, ffmpeg, [...quiet, ...args], { signal, isBatch: true, isDisposable: true, hasInput: input !== undefined, ...(onStderr === undefined ? {} : { onStderr }) });
    const fed = input && feed(program, input);
    program.stdout.setEncoding('utf8').on('data', (piece: string) => onStdout?.(piece));
    const end = await program.ended;
    await fed;
    return end;
  }

  async #ask(args: readonly string[], signal: AbortSignal): Promise<string> {
    const { ffprobe } = await this.#programs.install();
    const program = startProgram(this.#programs.launcher, ffprobe, ['-hide_banner', '-v', 'error', ...args], { signal, isBatch: true, isDisposable: true });
    let text = '';
    program.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    requireSuccess(await program.ended, 'ffprobe', signal);
    return text;
  }
}
