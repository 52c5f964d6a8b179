/**
 * FFmpeg arguments that give a film its new sound: the picture copied where the container takes it, the film's own
 * sound dropped, mixed under or ducked. Pure; the only arguments for it.
 */
import { MAX_PICTURE_SIDE_PX, MAX_STREAMS } from '../../contract/limits.ts';
import type { OriginalAudio, OutputFormat } from './ports.ts';

export interface FilmSource {
  /** Absolute path, and the demuxer that probing found. */
  readonly path: string;
  readonly demuxer: string;
  readonly videoCodec: string;
  readonly hasAudio: boolean;
  /**
   * The part of the film that is taken; the whole unless said. Its start and end lie clear of any picture, and the
   * duration counts from its first one: that is how FFmpeg's trim understands it.
   */
  readonly stretch?: { readonly startS: number; readonly durationS: number };
}

const COPYABLE: Record<'mp4' | 'mov' | 'mkv', ReadonlySet<string>> = {
  mp4: new Set(['h264', 'hevc', 'mpeg4', 'av1', 'vp9', 'mpeg2video']),
  mov: new Set(['h264', 'hevc', 'mpeg4', 'prores', 'mjpeg', 'dnxhd', 'qtrle']),
  mkv: new Set(['h264', 'hevc', 'mpeg4', 'av1', 'vp8', 'vp9', 'mpeg1video', 'mpeg2video', 'prores', 'mjpeg', 'ffv1', 'theora']),
};

const MUXER = { mp4: 'mp4', mov: 'mov', mkv: 'matroska' } as const;
/** How loud the film's own sound is under the new one. */
const UNDER_DB = -9;

/** Whether the container takes this picture stream as it is. */
export function canCopyVideo(codec: string, format: 'mp4' | 'mov' | 'mkv'): boolean {
  return COPYABLE[format].has(codec);
}

/** Whether the film's picture goes into the result as it is: a stretch begins between the keyframes. */
export function copiesVideo(source: FilmSource, format: 'mp4' | 'mov' | 'mkv'): boolean {
  return source.stretch === undefined && canCopyVideo(source.videoCodec, format);
}

/** The guards of every file from outside: files only, bounded streams and pictures, the probed demuxer pinned. */
const input = (path: string, demuxer: string, stretch?: FilmSource['stretch']): string[] => [
  ...(stretch === undefined ? [] : ['-ss', stretch.startS.toFixed(6), '-t', stretch.durationS.toFixed(6)]),
  ...['-protocol_whitelist', 'file,pipe', '-max_streams', String(MAX_STREAMS), '-max_pixels', String(MAX_PICTURE_SIDE_PX ** 2)],
  ...['-f', demuxer.split(',')[0] ?? demuxer, '-i', `file:${path}`],
];

/**
 * The new sound and the film's own as one stereo 32-bit float WAV of `samples` samples at `sampleRate`.
 * `mix` lays the original 9 dB under the new sound; `duck` besides pulls it down whenever the new sound plays.
 */
export function mixArguments(
  source: FilmSource,
  newSoundPath: string,
  mode: Exclude<OriginalAudio, 'drop'>,
  target: { path: string; samples: number; sampleRate: number },
): string[] {
  const shape = `aresample=${target.sampleRate}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo`;
  const original = `[0:a:0]${shape},volume=${UNDER_DB}dB,apad=whole_len=${target.samples}`;
  const join = 'amix=inputs=2:duration=first:normalize=0';
  const graph =
    mode === 'mix'
      ? `${original}[under];[1:a]${shape}[new];[new][under]${join}[out]`
      : `${original}[own];[1:a]${shape},asplit=2[new][key];[own][key]sidechaincompress=threshold=0.03:ratio=8:attack=20:release=350[under];[new][under]${join}[out]`;
  return [
    ...input(source.path, source.demuxer, source.stretch),
    ...input(newSoundPath, 'wav'),
    ...['-filter_complex', `${graph};[out]atrim=end_sample=${target.samples}[cut]`, '-map', '[cut]'],
    ...['-c:a', 'pcm_f32le', '-rf64', 'auto', '-f', 'wav', '-y', target.path],
  ];
}

/** Matroska takes lossless sound; the others take what plays everywhere. */
const SOUND_CODEC = {
  mp4: ['-c:a', 'aac', '-b:a', '256k'],
  mov: ['-c:a', 'aac', '-b:a', '256k'],
  mkv: ['-c:a', 'flac', '-sample_fmt', 's32', '-bits_per_raw_sample', '24'],
} as const;

/** Whether the sound of a format is the samples themselves: nothing is added to their peaks. */
export function isLossless(format: OutputFormat): boolean {
  return format === 'wav' || format === 'flac' || format === 'mkv';
}

/** The picture of the source and a finished sound in one file. */
export function filmArguments(
  source: FilmSource,
  soundPath: string,
  target: { path: string; format: 'mp4' | 'mov' | 'mkv'; comment: string },
): string[] {
  const video = copiesVideo(source, target.format)
    ? ['-c:v', 'copy', ...(source.videoCodec === 'hevc' && target.format !== 'mkv' ? ['-tag:v', 'hvc1'] : [])]
    : ['-vf', 'crop=trunc(iw/2)*2:trunc(ih/2)*2', '-fps_mode', 'passthrough', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-pix_fmt', 'yuv420p'];
  return [
    ...input(source.path, source.demuxer, source.stretch),
    ...input(soundPath, 'wav'),
    ...['-map', '0:V:0', '-map', '1:a:0', ...video, ...SOUND_CODEC[target.format]],
    // Nothing of the source's tags: where and by whom it was shot is not ours to pass on.
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-metadata', `comment=${target.comment}`],
    ...(target.format === 'mkv' ? [] : ['-movflags', '+faststart']),
    ...['-f', MUXER[target.format], '-y', target.path],
  ];
}

/** A stretch of a 32-bit float stereo WAV, sample for sample. */
export function cutArguments(soundPath: string, target: { path: string; firstSample: number; samples: number }): string[] {
  return [
    ...input(soundPath, 'wav'),
    ...['-map', '0:a:0', '-af', `atrim=start_sample=${target.firstSample}:end_sample=${target.firstSample + target.samples},asetpts=PTS-STARTPTS`],
    ...['-c:a', 'pcm_f32le', '-rf64', 'auto', '-f', 'wav', '-y', target.path],
  ];
}

/** A finished WAV as FLAC, 24 bits. */
export function flacArguments(soundPath: string, target: { path: string; comment: string }): string[] {
  return [
    ...input(soundPath, 'wav'),
    ...['-map', '0:a:0', '-c:a', 'flac', '-sample_fmt', 's32', '-bits_per_raw_sample', '24', '-compression_level', '8'],
    ...['-metadata', `comment=${target.comment}`, '-f', 'flac', '-y', target.path],
  ];
}

export function isFilmFormat(format: OutputFormat): format is 'mp4' | 'mov' | 'mkv' {
  return format === 'mp4' || format === 'mov' || format === 'mkv';
}
