/**
 * The square of the picture in which a pose model looks for one dancer. Following a dancer from frame to frame with a square
 * around the last pose is the procedure MoveNet's authors describe (TensorFlow Hub, "MoveNet: Ultra fast and accurate pose
 * detection model", intelligent cropping). Pure; a picture is RGB bytes, row-major.
 */
import { JOINT_COUNT, JOINT_VALUES, SEEN_SCORE } from '../../../contract/documents/pose.ts';

export interface Picture {
  /** width*height*3 bytes. */
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** In pixels of the picture; may reach beyond its edges. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** 17 × (x, y, score); x and y in pixels of the picture. */
export type PixelPose = Float32Array;

const [SHOULDERS, HIPS] = [
  [5, 6],
  [11, 12],
] as const;
/** The square reaches this many times the torso's and the body's extent from its centre. */
const TORSO_REACH = 1.9;
const BODY_REACH = 1.2;

/** The whole picture, letterboxed to a square. */
export function wholePicture({ width, height }: Pick<Picture, 'width' | 'height'>): Region {
  const side = Math.max(width, height);
  return { left: (width - side) / 2, top: (height - side) / 2, side };
}

const isSeen = (pose: PixelPose, joint: number): boolean => (pose[joint * JOINT_VALUES + 2] ?? 0) >= SEEN_SCORE;

/** The largest distance from the centre to a seen joint of the list, in x and y alike. */
function reach(pose: PixelPose, joints: Iterable<number>, x: number, y: number): number {
  let most = 0;
  for (const joint of joints) {
    if (!isSeen(pose, joint)) continue;
    most = Math.max(most, Math.abs((pose[joint * JOINT_VALUES] ?? 0) - x), Math.abs((pose[joint * JOINT_VALUES + 1] ?? 0) - y));
  }
  return most;
}

const ALL_JOINTS = Array.from({ length: JOINT_COUNT }, (_, joint) => joint);

/** Where to look for this dancer in the next frame; null when too little of the torso was seen. */
export function regionAround(pose: PixelPose, picture: Pick<Picture, 'width' | 'height'>): Region | null {
  const hips = HIPS.filter((joint) => isSeen(pose, joint));
  if (hips.length === 0 || !SHOULDERS.some((joint) => isSeen(pose, joint))) return null;
  const middle = (offset: number): number => hips.reduce((sum, joint) => sum + (pose[joint * JOINT_VALUES + offset] ?? 0), 0) / hips.length;
  const [x, y] = [middle(0), middle(1)];
  const half = Math.max(TORSO_REACH * reach(pose, [...SHOULDERS, ...HIPS], x, y), BODY_REACH * reach(pose, ALL_JOINTS, x, y));
  const farthest = Math.max(x, picture.width - x, y, picture.height - y);
  const side = 2 * Math.min(half, farthest);
  if (side > Math.max(picture.width, picture.height)) return wholePicture(picture);
  return side < 16 ? null : { left: x - side / 2, top: y - side / 2, side };
}

/**
 * Samples the region to size*size*3 floats (RGB, 0..255), bilinear, black outside the picture.
 * @param out  overwritten
 */
export function sampleRegion({ rgb, width, height }: Picture, { left, top, side }: Region, size: number, out: Float32Array): void {
  const step = side / size;
  let at = 0;
  for (let row = 0; row < size; row += 1) {
    const y = top + (row + 0.5) * step - 0.5;
    const y0 = Math.floor(y);
    const fy = y - y0;
    for (let column = 0; column < size; column += 1, at += 3) {
      const x = left + (column + 0.5) * step - 0.5;
      const x0 = Math.floor(x);
      if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) {
        out[at] = out[at + 1] = out[at + 2] = 0;
        continue;
      }
      const fx = x - x0;
      const first = (y0 * width + x0) * 3;
      const second = first + width * 3;
      for (let channel = 0; channel < 3; channel += 1) {
        const above = rgb[first + channel]! + (rgb[first + channel + 3]! - rgb[first + channel]!) * fx;
        const below = rgb[second + channel]! + (rgb[second + channel + 3]! - rgb[second + channel]!) * fx;
        out[at + channel] = above + (below - above) * fy;
      }
    }
  }
}
