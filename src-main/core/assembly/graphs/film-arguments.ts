/** FFmpeg arguments of the finished file: the picture's byte stream from standard input and the sound, both copied, with exact times. Pure. */
import type { OutputConfig } from '../../../contract/documents/blueprint.ts';
import type { Rational } from '../../../contract/units.ts';
import { guardedInput } from './input.ts';
import { rateText } from './profile.ts';

const MUXER = { mp4: 'mp4', mov: 'mov', mkv: 'matroska' } as const;

/** Ticks per second of which a frame is a whole number: 30 000 for 30 and for 30000/1001. */
export function timescale({ numerator }: Rational): number {
  return numerator < 1000 ? numerator * 1000 : numerator;
}

export interface FilmParts {
  /** AAC in MP4, taken as it is; or WAV, which becomes FLAC. Null for a film without sound. */
  readonly sound: { readonly path: string; readonly demuxer: 'mov' | 'wav' } | null;
  readonly rate: Rational;
  readonly comment: string;
}

export function assembledArguments({ sound, rate, comment }: FilmParts, format: OutputConfig['output_format'], targetPath: string): string[] {
  // -r gives frame n of the stream the time n / rate exactly; -framerate alone rounds each to a microsecond.
  const rates = ['-r', rateText(rate), '-framerate', rateText(rate)];
  return [
    ...guardedInput(null, 'h264', rates),
    ...(sound === null ? [] : guardedInput(sound.path, sound.demuxer)),
    ...['-map', '0:v:0', '-c:v', 'copy'],
    ...(sound === null ? [] : ['-map', '1:a:0', ...(sound.demuxer === 'mov' ? ['-c:a', 'copy'] : ['-c:a', 'flac', '-sample_fmt', 's32', '-bits_per_raw_sample', '24'])]),
    // Parameter sets stand in the header once, and nothing of the encoder's remarks stays.
    ...['-bsf:v', 'filter_units=remove_types=6-9'],
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-metadata', `comment=${comment}`],
    ...(format === 'mkv' ? [] : ['-video_track_timescale', String(timescale(rate)), '-movflags', '+faststart']),
    ...['-f', MUXER[format], '-y', `file:${targetPath}`],
  ];
}
