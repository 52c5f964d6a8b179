/** The poses a clip begins and ends in, for "what could follow this": the mean pose of its first and of its last second. Pure. */
import { JOINT_COUNT, type PoseSeries } from '../../../contract/documents/pose.ts';
import { type Dancer, dancerOf } from './dancer.ts';

/** Dancers × 17 × (x, y) about the dancers' common middle, in torso lengths, y upwards, the dancer further left first. */
export interface EdgePose {
  readonly dancers: number;
  readonly joints: Float32Array;
}

const EDGE_S = 1;

function meanPose(dancers: readonly Dancer[], from: number, to: number): EdgePose {
  const unit = dancers.reduce((sum, { torso }) => sum + torso, 0) / dancers.length;
  const means = dancers.map(({ joints, hips, torso }) => {
    const mean = new Float32Array(JOINT_COUNT * 2);
    for (let frame = from; frame < to; frame += 1) {
      for (let at = 0; at < mean.length; at += 1) mean[at]! += (((joints[frame * mean.length + at] ?? 0) + (hips[frame * 2 + (at % 2)] ?? 0)) * torso) / unit / (to - from);
    }
    return mean;
  });
  const hipX = (pose: Float32Array): number => ((pose[22] ?? 0) + (pose[24] ?? 0)) / 2;
  const hipY = (pose: Float32Array): number => ((pose[23] ?? 0) + (pose[25] ?? 0)) / 2;
  means.sort((a, b) => hipX(a) - hipX(b));
  const middle = [hipX, hipY].map((of) => means.reduce((sum, pose) => sum + of(pose), 0) / means.length);
  const joints = new Float32Array(means.length * JOINT_COUNT * 2);
  means.forEach((pose, dancer) => pose.forEach((value, at) => (joints[dancer * pose.length + at] = value - (middle[at % 2] ?? 0))));
  return { dancers: means.length, joints };
}

/** Null when no dancer was seen. */
export function edgePoses(poses: PoseSeries): { start: EdgePose; end: EdgePose } | null {
  const dancers = Array.from({ length: poses.dancers }, (_, dancer) => dancerOf(poses, dancer)).filter((dancer): dancer is Dancer => dancer !== null);
  if (dancers.length === 0) return null;
  const length = Math.max(1, Math.min(poses.frames, Math.round(EDGE_S * poses.rate_hz)));
  return { start: meanPose(dancers, 0, length), end: meanPose(dancers, poses.frames - length, poses.frames) };
}

/** Mean distance of the joints in torso lengths, 0 for the same pose; one dancer is compared with the nearer of two. */
export function edgePoseDistance(a: EdgePose, b: EdgePose): number {
  const size = JOINT_COUNT * 2;
  const between = (mine: number, theirs: number, doesCentre: boolean): number => {
    const shift = (pose: EdgePose, dancer: number, axis: number): number => (doesCentre ? ((pose.joints[dancer * size + 22 + axis] ?? 0) + (pose.joints[dancer * size + 24 + axis] ?? 0)) / 2 : 0);
    let sum = 0;
    for (let joint = 0; joint < JOINT_COUNT; joint += 1) {
      const [dx, dy] = [0, 1].map(
        (axis) => (a.joints[mine * size + joint * 2 + axis] ?? 0) - shift(a, mine, axis) - (b.joints[theirs * size + joint * 2 + axis] ?? 0) + shift(b, theirs, axis),
      );
      sum += Math.hypot(dx ?? 0, dy ?? 0);
    }
    return sum / JOINT_COUNT;
  };
  if (a.dancers === b.dancers) return Array.from({ length: a.dancers }, (_, dancer) => between(dancer, dancer, false)).reduce((sum, value) => sum + value, 0) / a.dancers;
  const pairs = Array.from({ length: a.dancers }, (_, mine) => Array.from({ length: b.dancers }, (__, theirs) => between(mine, theirs, true))).flat();
  return Math.min(...pairs);
}
