/**
 * FFmpeg arguments of one joint: a transition between two copies, or the way from an in-point to the next keyframe. Its
 * inputs are pieces of the copies, cut on keyframes, so that nothing is decoded that is not needed. Pure.
 */
import type { JointPart } from '../timeline/parts.ts';
import { isFade } from '../timeline/timeline.ts';
import { guardedInput } from './input.ts';
import { type EncodeProfile, encoderArguments, rateText } from './profile.ts';

/** A byte-exact piece of a copy that begins on a keyframe. */
export interface Piece {
  readonly path: string;
  /** Frames of the piece before the first one that is wanted. */
  readonly lead: number;
  /** Frames wanted of it; the first or last picture is held before and after them. */
  readonly frames: number;
  readonly heldBefore: number;
  readonly heldAfter: number;
}

/**
 * What begins every piece says all there is to know; left to itself, FFmpeg decodes seven pictures of each to learn more, a sixth of
 * the time of a joint. That it was kept from it is not worth a warning.
 */
const PROBE = ['-probesize', '32', '-threads', '1'];
const NO_WARNING = ['-loglevel', 'error'];

function taken({ lead, frames, heldBefore, heldAfter }: Piece, profile: EncodeProfile): string {
  const { numerator, denominator } = profile.rate;
  const hold = heldBefore + heldAfter === 0 ? '' : `,tpad=start_mode=clone:start=${heldBefore}:stop_mode=clone:stop=${heldAfter}`;
  return `trim=start_frame=${lead}:end_frame=${lead + frames},settb=${denominator}/${numerator},setpts=N${hold}`;
}

/** A mask of so many frames that goes from "all of the second picture" to none: a point a frame, made as large as the film. */
function ramp(frames: number, { rate, width, height }: EncodeProfile): string {
  const level = `'min(255,256*(1-N/${frames}))'`;
  const point = `color=s=16x16:r=${rateText(rate)},trim=end_frame=${frames},format=yuv420p,geq=lum=${level}:cb=${level}:cr=${level}`;
  return `${point},scale=${width}:${height}:flags=neighbor,settb=${rate.denominator}/${rate.numerator},setpts=N`;
}

function mixture({ transition, frames }: JointPart, profile: EncodeProfile): string {
  if (transition === null) return '';
  const { kind, before, after } = transition;
  // What xfade mixes in floating point for 8 ms a picture of 720p, vectors of integers mix for less than one.
  if (kind === 'crossfade') return `${ramp(before + after, profile)}[mask];[b][a][mask]maskedmerge=enable='lt(n,${before + after})',trim=end_frame=${frames}`;
  if (isFade(kind)) {
    const color = kind === 'fade_white' ? 'white' : 'black';
    // Film frame `before` is the first of the clip that comes; both fades touch the colour there.
    const out = before > 0 ? `fade=t=out:s=0:n=${before}:c=${color}` : 'null';
    return `[a]${out}[out];[b]fade=t=in:s=0:n=${Math.max(1, after)}:c=${color}[in];[out][in]concat=n=2:v=1:a=0`;
  }
  const { numerator, denominator } = profile.rate;
  const duration = (((before + after) * denominator) / numerator).toFixed(6);
  // Offset 0: the first picture of the joint is still the clip that is left; what follows the transition is the other's.
  return `[a][b]xfade=transition=${kind}:duration=${duration}:offset=0,trim=end_frame=${frames}`;
}

/** @param pieces  of the clip that is left (with a transition only) and of the one that is entered */
export function jointArguments(joint: JointPart, pieces: { leaving: Piece | null; entering: Piece }, profile: EncodeProfile, targetPath: string): string[] {
  const { leaving, entering } = pieces;
  const rate = ['-framerate', rateText(profile.rate)];
  const inputs = [...(leaving === null ? [] : [leaving]), entering];
  const graph =
    leaving === null
      ? `[0:v:0]${taken(entering, profile)}`
      : `[0:v:0]${taken(leaving, profile)}[a];[1:v:0]${taken(entering, profile)}[b];${mixture(joint, profile)}`;
  return [
    ...NO_WARNING,
    ...inputs.flatMap(({ path }) => guardedInput(path, 'h264', [...PROBE, ...rate])),
    ...['-filter_complex_threads', '1', '-filter_complex', `${graph},format=yuv420p[film]`, '-map', '[film]', '-frames:v', String(joint.frames)],
    ...encoderArguments(profile, { isJoint: true }),
    ...['-y', `file:${targetPath}`],
  ];
}
