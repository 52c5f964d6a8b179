/**
 * How the picture of a film is encoded: one profile for normalised copies and joints, so that their streams join. Closed
 * groups of half a second, no B-frames, fixed time base, one set of parameters. Pure.
 * Source of the levels: ITU-T H.264, table A-1.
 */
import type { AssemblyPreset, OutputConfig, VideoCodec } from '../../../contract/documents/blueprint.ts';
import type { VideoStream } from '../../../contract/documents/media-item.ts';
import { type Rational, roundHalfUp } from '../../../contract/units.ts';
import { filmRate } from '../timeline/film-rate.ts';

/** Raised when other bytes come out for the same input; part of every key. */
export const ENCODE_VERSION = 2;

export interface EncodeProfile {
  readonly codec: VideoCodec;
  readonly width: number;
  readonly height: number;
  readonly rate: Rational;
  /** Frames from keyframe to keyframe. */
  readonly group: number;
  readonly fit: OutputConfig['fit'];
  /** x264's effort. */
  readonly effort: 'ultrafast' | 'veryfast' | 'medium' | 'slow';
  /** Quality, 0..51, where no bitrate is asked for. */
  readonly quality: number;
  /** Bits per second, or null. */
  readonly bitrate: number | null;
}

interface PresetRow {
  readonly width: number;
  readonly height: number;
  readonly effort: EncodeProfile['effort'];
  readonly quality: number;
}

export const PRESETS: Readonly<Record<AssemblyPreset, PresetRow>> = {
  low: { width: 1280, height: 720, effort: 'ultrafast', quality: 23 },
  medium: { width: 1920, height: 1080, effort: 'medium', quality: 20 },
  high: { width: 3840, height: 2160, effort: 'slow', quality: 18 },
};
const PLAIN = { effort: 'veryfast', quality: 20 } as const;

/** "2M" is 2 000 000 bits per second. */
export function bitsPerSecond(text: string): number {
  const scale = text.endsWith('M') ? 1e6 : text.endsWith('k') ? 1e3 : 1;
  return Math.round(Number.parseFloat(text) * scale);
}

const even = (value: number): number => Math.max(16, 2 * Math.round(value / 2));

/**
 * The size most of the film was shot in, by shown time; of two alike the larger.
 * @param clips  streams with the seconds they are shown
 */
export function commonSize(clips: readonly { readonly video: VideoStream; readonly shownS: number }[]): { width: number; height: number } {
  const shares = new Map<string, { width: number; height: number; shownS: number }>();
  for (const { video, shownS } of clips) {
    const size = { width: even(video.display_width), height: even(video.display_height) };
    const share = shares.get(`${size.width}x${size.height}`) ?? { ...size, shownS: 0 };
    shares.set(`${size.width}x${size.height}`, { ...size, shownS: share.shownS + shownS });
  }
  const [first] = [...shares.values()].sort((a, b) => b.shownS - a.shownS || b.width * b.height - a.width * a.height);
  return { width: first?.width ?? 1280, height: first?.height ?? 720 };
}

/** The preset's box in the orientation of the film, never larger than 8192 a side. */
function sizeOf(output: OutputConfig, clips: Parameters<typeof commonSize>[0]): { width: number; height: number } {
  if (output.width !== null && output.height !== null) return { width: output.width, height: output.height };
  const common = commonSize(clips);
  const preset = output.preset === null ? null : PRESETS[output.preset];
  const box = preset === null ? 8192 : common.width >= common.height ? preset.width : preset.height;
  const boxHeight = preset === null ? 8192 : common.width >= common.height ? preset.height : preset.width;
  // A preset names the size of the film; without one nothing is enlarged.
  const scale = Math.min(box / common.width, boxHeight / common.height, preset === null ? 1 : Number.POSITIVE_INFINITY);
  return { width: even(common.width * scale), height: even(common.height * scale) };
}

export function profileOf(output: OutputConfig, clips: Parameters<typeof commonSize>[0], codec: VideoCodec = output.video_codec): EncodeProfile {
  const rate = filmRate(output.frame_rate);
  const { effort, quality } = output.preset === null ? PLAIN : PRESETS[output.preset];
  const bitrate = output.video_bitrate === null ? null : bitsPerSecond(output.video_bitrate);
  return { codec, ...sizeOf(output, clips), rate, group: Math.max(1, roundHalfUp(rate.numerator / rate.denominator / 2)), fit: output.fit, effort, quality, bitrate };
}

/** Macroblocks per second, macroblocks per frame, level: the first that holds both. */
const LEVELS: readonly (readonly [number, number, string])[] = [
  [40_500, 1620, '3'],
  [108_000, 3600, '3.1'],
  [216_000, 5120, '3.2'],
  [245_760, 8192, '4'],
  [522_240, 8704, '4.2'],
  [589_824, 22_080, '5'],
  [983_040, 36_864, '5.1'],
  [2_073_600, 36_864, '5.2'],
  [4_177_920, 139_264, '6'],
  [8_355_840, 139_264, '6.1'],
];

export function levelOf({ width, height, rate }: Pick<EncodeProfile, 'width' | 'height' | 'rate'>): string {
  const blocks = Math.ceil(width / 16) * Math.ceil(height / 16);
  const perSecond = (blocks * rate.numerator) / rate.denominator;
  return LEVELS.find(([mostPerSecond, most]) => perSecond <= mostPerSecond && blocks <= most)?.[2] ?? '6.2';
}

/** Above this many pixels a frame is coded in slices by one lookahead: FFmpeg takes 570 MB at 4K. */
const LARGE_PIXELS = 2560 * 1440;

/** Rate control; a joint is too short for a bitrate to settle, so it takes a quality under a ceiling. */
function rateControl({ bitrate, quality }: EncodeProfile, isJoint: boolean): string[] {
  if (bitrate === null) return ['-crf', String(quality)];
  const ceiling = ['-maxrate', String(Math.round(bitrate * 1.5)), '-bufsize', String(bitrate * 2)];
  return isJoint ? ['-crf', '21', ...ceiling] : ['-b:v', String(bitrate), ...ceiling];
}

/** x264 for a copy or a joint. The number of threads is fixed: the bytes must not depend on the machine's cores. */
function x264(profile: EncodeProfile, isJoint: boolean): string[] {
  const isLarge = profile.width * profile.height > LARGE_PIXELS;
  const threads = isJoint ? 1 : 2;
  // A joint is half a second: bits count less in it than time, and the quality is held. Other efforts have other parameter sets.
  const isHasty = isJoint && profile.effort === 'veryfast';
  const effort = isHasty ? 'superfast' : profile.effort;
  // As the fast presets have it: a second picture to refer to costs a tenth of the time and saves 1 % of the bits.
  const references = effort === 'medium' || effort === 'slow' ? 2 : 1;
  // A joint is shorter than any look ahead is worth, and a third of its memory.
  const lookahead = isJoint ? ['rc-lookahead=0', 'mbtree=0'] : ['rc-lookahead=10'];
  // Motion to whole pixels and whole blocks: a quarter less time, 3 % more bits, the same likeness.
  const motion = isHasty ? ['subme=0', 'merange=4', 'partitions=none'] : [];
  const parameters = ['stitchable=1', ...lookahead, ...motion, 'sync-lookahead=0', 'force-cfr=1', ...(isLarge ? ['sliced-threads=1', `slices=${threads}`] : [])];
  return [
    ...['-c:v', 'libx264', '-preset', effort, '-profile:v', 'high', '-level:v', levelOf(profile)],
    ...['-g', String(profile.group), '-keyint_min', String(profile.group), '-sc_threshold', '0', '-bf', '0', '-refs', String(references)],
    ...rateControl(profile, isJoint),
    ...['-threads', String(threads), '-x264-params', parameters.join(':')],
  ];
}

/** Hardware encoders by FFmpeg's names of their options: no B-frames, forced groups. */
const HARDWARE: Readonly<Record<Exclude<VideoCodec, 'libx264'>, readonly string[]>> = {
  h264_nvenc: ['-preset', 'p4', '-forced-idr', '1', '-no-scenecut', '1', '-rc', 'vbr'],
  h264_qsv: ['-preset', 'medium', '-look_ahead', '0', '-idr_interval', '0'],
  h264_vaapi: [],
  h264_videotoolbox: ['-realtime', '0'],
  h264_amf: ['-quality', 'balanced'],
};

function hardware(profile: EncodeProfile): string[] {
  const codec = profile.codec as Exclude<VideoCodec, 'libx264'>;
  // These have no common scale of quality: 0.1 bit per pixel is a good picture for a fast encoder.
  const bitrate = profile.bitrate ?? Math.round((0.1 * profile.width * profile.height * profile.rate.numerator) / profile.rate.denominator);
  return ['-c:v', codec, ...HARDWARE[codec], '-profile:v', 'high', '-g', String(profile.group), '-bf', '0', '-b:v', String(bitrate), '-maxrate', String(Math.round(bitrate * 1.5))];
}

/** Options of one picture output, a raw H.264 stream. */
export function encoderArguments(profile: EncodeProfile, { isJoint }: { isJoint: boolean }): string[] {
  const colors = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  const encoder = profile.codec === 'libx264' ? x264(profile, isJoint) : hardware(profile);
  return [...encoder, '-pix_fmt', 'yuv420p', ...colors, '-r', rateText(profile.rate), '-f', 'h264'];
}

export function rateText({ numerator, denominator }: Rational): string {
  return `${numerator}/${denominator}`;
}

/** What a copy's bytes depend on besides the clip. */
export function profileKey(profile: EncodeProfile): readonly unknown[] {
  const { codec, width, height, rate, group, fit, effort, quality, bitrate } = profile;
  return [ENCODE_VERSION, codec, width, height, rate.numerator, rate.denominator, group, fit, effort, bitrate === null ? quality : `${bitrate} b/s`];
}
