/** FFmpeg arguments that make a clip's normalised copy: speed, rate, raster, colours and encoding as the film has them. Pure. */
import { secondsOfFrames } from '../../../contract/units.ts';
import { guardedInput } from './input.ts';
import { type EncodeProfile, encoderArguments, rateText } from './profile.ts';

/** What FFmpeg calls the colours of pictures that do not say; SD is BT.601, HD BT.709, as players take them. */
export type ColorMatrix = 'bt601' | 'bt709' | 'bt2020' | 'unknown';

export interface CopySource {
  /** Absolute path of a granted file, and the demuxer that probing found. */
  readonly path: string;
  readonly demuxer: string;
  readonly colors: ColorMatrix;
  /** Stored height in pixels. */
  readonly height: number;
  readonly speed: number;
  /** Frames of the copy at the film's rate and this speed: the first, and how many at most. */
  readonly window: { readonly first: number; readonly frames: number };
}

const HD_LINES = 576;

/** The picture inside the raster, square pixels; `dar` includes sample aspect, rotation has happened by then. */
function shape({ width, height, fit }: EncodeProfile, matrix: string): string {
  const wide = `gt(dar,${width}/${height})`;
  const [whenWide, whenTall] = fit === 'pad' ? [`${width}`, `max(2,trunc(${height}*dar/2)*2)`] : [`ceil(${height}*dar/2)*2`, `${width}`];
  const [highWhenWide, highWhenTall] = fit === 'pad' ? [`max(2,trunc(${width}/dar/2)*2)`, `${height}`] : [`${height}`, `ceil(${width}/dar/2)*2`];
  const scale = `scale=w='if(${wide},${whenWide},${whenTall})':h='if(${wide},${highWhenWide},${highWhenTall})':flags=bicubic:in_color_matrix=${matrix}:out_color_matrix=bt709:out_range=tv`;
  const trim = fit === 'pad' ? `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2` : `crop=${width}:${height}`;
  return `${scale},format=yuv420p,${trim},setsar=1`;
}

/**
 * Copy frame k shows what the clip shows at (first + k) / rate × speed; variable rates become constant here.
 * A clip that begins late shows its first picture from 0 on.
 */
export function copyArguments(source: CopySource, profile: EncodeProfile, targetPath: string): string[] {
  const { first, frames } = source.window;
  const matrix = source.colors === 'unknown' ? (source.height > HD_LINES ? 'bt709' : 'bt601') : source.colors;
  const speed = source.speed === 1 ? [] : [`setpts=PTS/${source.speed}`];
  const filters = [...speed, `fps=fps=${rateText(profile.rate)}:start_time=0:round=near`, shape(profile, matrix)];
  const seek = first === 0 ? [] : ['-ss', (secondsOfFrames(first, profile.rate) * source.speed).toFixed(6)];
  return [
    ...guardedInput(source.path, source.demuxer, seek),
    ...['-map', '0:V:0', '-an', '-sn', '-dn', '-map_metadata', '-1', '-vf', filters.join(','), '-frames:v', String(frames)],
    ...encoderArguments(profile, { isJoint: false }),
    ...['-y', `file:${targetPath}`],
  ];
}
