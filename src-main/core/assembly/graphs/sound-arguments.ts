/**
 * FFmpeg arguments of the film's one sound track, counted in samples: each clip's own sound, the song over it, the finished
 * track as AAC. Pure.
 */
import { AAC_FRAME, aacFrames } from '../timeline/adts.ts';
import { guardedInput } from './input.ts';

export const SOUND_RATE = 48_000;
/** Bytes of one stereo frame of 32-bit floats. */
export const FRAME_BYTES = 8;
/** How loud the clips' own sound is under a song at volume 1. */
export const UNDER_SONG_DB = -9;

const STEREO = `aresample=${SOUND_RATE}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo`;

export interface SoundSource {
  readonly path: string;
  readonly demuxer: string;
}

export interface ClipSound {
  readonly source: SoundSource;
  /** First sample wanted, at the clip's own speed; below 0 there is silence before it. */
  readonly firstSample: number;
  readonly speed: number;
  readonly volume: number;
  /** Samples of the film, fades included. */
  readonly samples: number;
  readonly fadeIn: number;
  readonly fadeOut: number;
}

/** One clip's own sound as raw stereo floats of exactly `samples` samples. Speed keeps the pitch. */
export function clipSoundArguments({ source, firstSample, speed, volume, samples, fadeIn, fadeOut }: ClipSound, targetPath: string): string[] {
  const silence = Math.max(0, Math.round(-firstSample / speed));
  const first = Math.max(0, firstSample);
  const filters = [
    STEREO,
    `atrim=start_sample=${first}:end_sample=${first + Math.ceil((samples - silence) * speed) + SOUND_RATE / 10}`,
    'asetpts=PTS-STARTPTS',
    ...tempo(speed),
    ...(silence > 0 ? [`adelay=delays=${silence}S:all=1`] : []),
    `apad=whole_len=${samples}`,
    `atrim=end_sample=${samples}`,
    `volume=${volume}`,
    // Equal power where two clips are heard at once.
    ...(fadeIn > 0 ? [`afade=t=in:ss=0:ns=${fadeIn}:curve=qsin`] : []),
    ...(fadeOut > 0 ? [`afade=t=out:ss=${samples - fadeOut}:ns=${fadeOut}:curve=qsin`] : []),
  ];
  return [...guardedInput(source.path, source.demuxer), ...['-map', '0:a:0', '-vn', '-sn', '-dn', '-af', filters.join(',')], ...['-c:a', 'pcm_f32le', '-f', 'f32le', '-y', `file:${targetPath}`]];
}

/** atempo takes 0.5 to 2 at full quality; more is done in steps. */
function tempo(speed: number): string[] {
  if (speed === 1) return [];
  const steps = speed < 0.5 || speed > 2 ? 2 : 1;
  return Array.from({ length: steps }, () => `atempo=${speed ** (1 / steps)}`);
}

export interface TrackParts {
  readonly song: SoundSource | null;
  /** Raw stereo floats, each as long as the film. */
  readonly lanes: readonly string[];
  readonly samples: number;
}

/** Song and clips' sound as one 32-bit float WAV of exactly `samples` samples. */
export function trackArguments({ song, lanes, samples }: TrackParts, targetPath: string): string[] {
  const exact = `apad=whole_len=${samples},atrim=end_sample=${samples}`;
  const end = `afade=t=out:ss=${Math.max(0, samples - 480)}:ns=480`;
  const under = song === null ? 'anull' : `volume=${UNDER_SONG_DB}dB`;
  const first = song === null ? 0 : 1;
  const chains = [
    ...(song === null ? [] : [`[0:a:0]${STEREO},${exact},${end}[song]`]),
    ...lanes.map((_, i) => `[${i + first}:a:0]aformat=sample_fmts=fltp:channel_layouts=stereo,${under}[lane${i}]`),
  ];
  const names = [...(song === null ? [] : ['[song]']), ...lanes.map((_, i) => `[lane${i}]`)];
  const graph = `${chains.join(';')};${names.join('')}amix=inputs=${names.length}:duration=longest:normalize=0,${exact}[track]`;
  return [
    ...(song === null ? [] : guardedInput(song.path, song.demuxer)),
    ...lanes.flatMap((path) => guardedInput(path, 'f32le', ['-ar', String(SOUND_RATE), '-ac', '2'])),
    ...['-filter_complex', graph, '-map', '[track]', '-c:a', 'pcm_f32le', '-rf64', 'auto', '-f', 'wav', '-y', `file:${targetPath}`],
  ];
}

/** The finished sound as it lies in the film. */
export function aacArguments(soundPath: string, bitrate: number, targetPath: string): string[] {
  return [...guardedInput(soundPath, 'wav'), ...['-map', '0:a:0', '-c:a', 'aac', '-b:a', String(bitrate), '-map_metadata', '-1', '-f', 'mp4', '-y', `file:${targetPath}`]];
}

/** Samples [from, to) of the finished sound as an AAC stream in ADTS. */
export function aacPieceArguments(soundPath: string, { from, to }: { from: number; to: number }, bitrate: number, targetPath: string): string[] {
  // To a whole second by seeking, which is exact there, and on by samples: a piece of a long sound does not read what is before it.
  const second = Math.floor(from / SOUND_RATE);
  const cut = `atrim=start_sample=${from - second * SOUND_RATE}:end_sample=${to - second * SOUND_RATE},asetpts=PTS-STARTPTS`;
  return [...guardedInput(soundPath, 'wav', second === 0 ? [] : ['-ss', String(second)]), ...['-map', '0:a:0', '-af', cut, '-c:a', 'aac', '-b:a', String(bitrate), '-map_metadata', '-1', '-f', 'adts', '-y', `file:${targetPath}`]];
}

/** A whole ADTS stream of `samples` samples as MP4, with the encoder's delay before 0 and its padding after the end. */
export function aacFilmArguments(adtsPath: string, samples: number, targetPath: string): string[] {
  const last = aacFrames(samples) - 1;
  const time = `(N-1)*${AAC_FRAME}`;
  const duration = `if(eq(N\\,${last})\\,${samples + AAC_FRAME - last * AAC_FRAME}\\,${AAC_FRAME})`;
  const exact = `aac_adtstoasc,setts=pts=${time}:dts=${time}:duration=${duration}:time_base=1/${SOUND_RATE}`;
  return [...guardedInput(adtsPath, 'aac'), ...['-map', '0:a:0', '-c:a', 'copy', '-bsf:a', exact, '-map_metadata', '-1', '-f', 'mp4', '-y', `file:${targetPath}`]];
}
