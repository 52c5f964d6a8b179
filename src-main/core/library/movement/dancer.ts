/**
 * One dancer of a clip with the gaps filled, the joints about the hips and in torso lengths: what is left does not depend on
 * where the camera stands, how large the picture is, or where the dancer stands in it. Pure.
 */
import { JOINT_COUNT, JOINT_VALUES, POSE_VALUES, type PoseSeries, SEEN_SCORE } from '../../../contract/documents/pose.ts';
import { torsoLength } from './series.ts';

export interface Dancer {
  readonly frames: number;
  /** frames × 17 × (x, y) about the middle of the hips, torso lengths, y upwards. */
  readonly joints: Float32Array;
  /** frames × (x, y) of the middle of the hips, torso lengths, y upwards. */
  readonly hips: Float32Array;
  /** Picture heights. */
  readonly torso: number;
  /** Share of the frames in which the torso was seen, 0..1. */
  readonly presence: number;
}

/** A torso this long, in picture heights, is the least that says anything. */
const LEAST_TORSO = 0.02;
/** Dancers seen in less of the clip are left out. */
const LEAST_PRESENCE = 0.2;

/** One coordinate over time: unseen frames by linear interpolation, the ends held, then (1, 2, 1) / 4. */
function coordinate(poses: PoseSeries, dancer: number, offset: number, scale: number): Float32Array | null {
  const { frames, dancers, keypoints } = poses;
  const values = new Float32Array(frames);
  const place = (frame: number): number => (frame * dancers + dancer) * POSE_VALUES + offset;
  const isSeen = (frame: number): boolean => (keypoints[place(frame) + 2 - (offset % JOINT_VALUES)] ?? 0) >= SEEN_SCORE;
  let last = -1;
  for (let frame = 0; frame < frames; frame += 1) {
    if (!isSeen(frame)) continue;
    const value = (keypoints[place(frame)] ?? 0) * scale;
    const from = last < 0 ? value : (values[last] ?? 0);
    for (let gap = last + 1; gap <= frame; gap += 1) values[gap] = last < 0 ? value : from + ((value - from) * (gap - last)) / (frame - last);
    last = frame;
  }
  if (last < 0) return null;
  values.fill(values[last] ?? 0, last);
  const hold = (frame: number): number => values[Math.min(frames - 1, Math.max(0, frame))] ?? 0;
  return Float32Array.from(values, (value, frame) => (hold(frame - 1) + 2 * value + hold(frame + 1)) / 4);
}

/** The dancer, or null when it was not seen for long enough. */
export function dancerOf(poses: PoseSeries, dancer: number): Dancer | null {
  const { frames, dancers, keypoints, aspect } = poses;
  const torso = torsoLength(poses, dancer);
  let seen = 0;
  for (let frame = 0; frame < frames; frame += 1) {
    const at = (frame * dancers + dancer) * POSE_VALUES;
    if ([5, 6, 11, 12].every((joint) => (keypoints[at + joint * JOINT_VALUES + 2] ?? 0) >= SEEN_SCORE)) seen += 1;
  }
  if (torso < LEAST_TORSO || seen < LEAST_PRESENCE * frames) return null;
  const columns = Array.from({ length: JOINT_COUNT }, (_, joint) => [
    coordinate(poses, dancer, joint * JOINT_VALUES, aspect / torso),
    coordinate(poses, dancer, joint * JOINT_VALUES + 1, -1 / torso),
  ]);
  const hips = new Float32Array(frames * 2);
  const joints = new Float32Array(frames * JOINT_COUNT * 2);
  for (let frame = 0; frame < frames; frame += 1) {
    for (let axis = 0; axis < 2; axis += 1) {
      const middle = ((columns[11]?.[axis]?.[frame] ?? 0) + (columns[12]?.[axis]?.[frame] ?? 0)) / 2;
      hips[frame * 2 + axis] = middle;
      // A joint that was never seen stays at the hips.
      for (let joint = 0; joint < JOINT_COUNT; joint += 1) joints[(frame * JOINT_COUNT + joint) * 2 + axis] = (columns[joint]?.[axis]?.[frame] ?? middle) - middle;
    }
  }
  return { frames, joints, hips, torso, presence: seen / Math.max(1, frames) };
}
