/** Runs the FFmpeg that makes a film, and reads the facts of a finished one for its verification. */
import type { FilmFacts, FilmMaker } from '../../core/sonify/ports.ts';
import type { FfmpegPrograms } from './ffmpeg-programs.ts';
import { demuxerName, inputGuards } from './inputs.ts';
import { type LoudnessSummary, parseLoudness } from './loudness-summary.ts';
import { requireSuccess, startProgram } from './process.ts';

const INSPECT_ENTRIES = [
  'format=duration',
  'stream=codec_type,codec_name,start_time,duration,nb_read_packets',
  'stream_disposition=attached_pic',
  'stream_tags=DURATION',
].join(':');

interface StreamFacts {
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly start_time?: string;
  readonly duration?: string;
  readonly nb_read_packets?: string;
  readonly disposition?: { readonly attached_pic?: number };
  readonly tags?: { readonly DURATION?: string };
}

const number = (text: string | undefined, otherwise: number): number => {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : otherwise;
};

/** Matroska keeps the duration of a stream as a tag "00:00:05.010000000". */
function durationOf(stream: StreamFacts, whole: number): number {
  const tag = /^(\d+):(\d+):([\d.]+)$/.exec(stream.tags?.DURATION ?? '');
  if (stream.duration === undefined && tag) return Number(tag[1]) * 3600 + Number(tag[2]) * 60 + Number(tag[3]);
  return number(stream.duration, whole);
}

export class FfmpegFilmMaker implements FilmMaker {
  readonly #programs: FfmpegPrograms;

  constructor(programs: FfmpegPrograms) {
    this.#programs = programs;
  }

  async run(args: readonly string[], durationS: number, { signal, onProgress, onCommand }: Parameters<FilmMaker['run']>[2]): Promise<void> {
    await this.#programs.run(args, durationS, {
      signal,
      onCommand,
      onProgress: (done, speed) => onProgress?.({ done, ...(speed === null ? {} : { speed }) }),
    });
  }

  async inspect(path: string, { signal, withLoudness, demuxer }: { signal: AbortSignal; withLoudness: boolean; demuxer?: string }): Promise<FilmFacts> {
    const { ffprobe } = await this.#programs.install();
    const args = ['-hide_banner', '-v', 'error', ...inputGuards(), ...(demuxer === undefined ? [] : ['-f', demuxerName(demuxer)]), '-count_packets', '-show_entries', INSPECT_ENTRIES, '-of', 'json', `file:${path}`];
    const json = JSON.parse(await this.#output(ffprobe, args, signal)) as { format?: { duration?: string }; streams?: StreamFacts[] };
    const whole = number(json.format?.duration, 0);
    const streams = json.streams ?? [];
    const video = streams.find((stream) => stream.codec_type === 'video' && stream.disposition?.attached_pic !== 1);
    const audio = streams.find((stream) => stream.codec_type === 'audio');
    const loudness = audio && withLoudness ? await this.#loudness(path, signal) : { integratedLufs: null, truePeakDb: null };
    return {
      durationS: whole,
      video: video ? { frames: number(video.nb_read_packets, 0), startS: number(video.start_time, 0), durationS: durationOf(video, whole), codec: video.codec_name ?? '' } : null,
      audio: audio ? { startS: number(audio.start_time, 0), durationS: durationOf(audio, whole), codec: audio.codec_name ?? '', ...loudness } : null,
    };
  }

  /** By decoding the whole of the sound with FFmpeg's own meter: a second opinion on ours. */
  async #loudness(path: string, signal: AbortSignal): Promise<LoudnessSummary> {
    const { ffmpeg } = await this.#programs.install();
    const args = ['-hide_banner', '-nostdin', '-v', 'info', '-nostats', '-protocol_whitelist', 'file,pipe', '-i', `file:${path}`, '-vn', '-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', '-'];
    const program = startProgram(this.#programs.launcher, ffmpeg, args, { signal, isBatch: true });
    program.stdout.resume();
    const end = await program.ended;
    requireSuccess(end, 'FFmpeg', signal);
    return parseLoudness(end.stderr);
  }

  async #output(path: string, args: readonly string[], signal: AbortSignal): Promise<string> {
    const program = startProgram(this.#programs.launcher, path, args, { signal, isBatch: true });
    let text = '';
    program.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    requireSuccess(await program.ended, 'ffprobe', signal);
    return text;
  }
}
