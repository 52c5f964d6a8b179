/** Speed of a clip's movement over time on an even grid, from poses or from the optical flow's rows. Pure. */
import { JOINT_COUNT, JOINT_VALUES, POSE_VALUES, type PoseSeries, SEEN_SCORE } from '../../../contract/documents/pose.ts';
import { featureLayout } from '../../../contract/feature-layout.ts';

/** Analysed frames of a clip: n × 53 floats (contract/feature-layout.ts) and their n presentation times in seconds. */
export interface MotionSeries {
  readonly rows: Float32Array;
  readonly timestamps: Float64Array;
}

export interface SpeedSeries {
  readonly rate_hz: number;
  /** Time of value 0, seconds. */
  readonly start_s: number;
  /** Never negative. Of poses: mean of the joints' speeds, torso lengths a second; of flow: fractions of the diagonal a second. */
  readonly values: Float32Array;
}

/** Rate of a speed series made from flow. */
const FLOW_RATE_HZ = 30;

/** The flow's mean magnitude, on an even grid of 30 values a second (linear between frames). */
export function speedOfMotion({ rows, timestamps }: MotionSeries): SpeedSeries {
  const start = timestamps[0] ?? 0;
  const end = timestamps[timestamps.length - 1] ?? start;
  const values = new Float32Array(timestamps.length === 0 ? 0 : Math.floor((end - start) * FLOW_RATE_HZ) + 1);
  const speedAt = (frame: number): number => rows[frame * featureLayout.columns + featureLayout.magnitude] ?? 0;
  for (let at = 0, frame = 0; at < values.length; at += 1) {
    const time = start + at / FLOW_RATE_HZ;
    while (frame + 1 < timestamps.length && (timestamps[frame + 1] ?? 0) <= time) frame += 1;
    const [from, to] = [timestamps[frame] ?? start, timestamps[frame + 1] ?? start];
    const part = to > from ? (time - from) / (to - from) : 0;
    values[at] = speedAt(frame) * (1 - part) + speedAt(Math.min(frame + 1, timestamps.length - 1)) * part;
  }
  return { rate_hz: FLOW_RATE_HZ, start_s: start, values };
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Median torso length of a dancer over the clip, in picture heights; 0 when never seen. */
export function torsoLength(poses: PoseSeries, dancer: number): number {
  const lengths: number[] = [];
  for (let frame = 0; frame < poses.frames; frame += 1) {
    const at = (frame * poses.dancers + dancer) * POSE_VALUES;
    const value = (joint: number, offset: number): number => poses.keypoints[at + joint * JOINT_VALUES + offset] ?? 0;
    if ([5, 6, 11, 12].some((joint) => value(joint, 2) < SEEN_SCORE)) continue;
    const middle = (axis: number): number => (value(5, axis) + value(6, axis) - value(11, axis) - value(12, axis)) / 2;
    lengths.push(Math.hypot(middle(0) * poses.aspect, middle(1)));
  }
  return median(lengths);
}

/** Mean speed of the joints of all dancers seen in two frames in succession, torso lengths a second. Value i lies half a frame after pose i. */
export function speedOfPoses(poses: PoseSeries): SpeedSeries {
  const { frames, dancers, keypoints, rate_hz: rate, aspect } = poses;
  const torsos = Array.from({ length: dancers }, (_, dancer) => torsoLength(poses, dancer));
  const values = new Float32Array(Math.max(0, frames - 1));
  for (let frame = 0; frame + 1 < frames; frame += 1) {
    let [sum, count] = [0, 0];
    for (let dancer = 0; dancer < dancers; dancer += 1) {
      const torso = torsos[dancer] ?? 0;
      for (let joint = 0; torso > 0 && joint < JOINT_COUNT; joint += 1) {
        const at = (frame * dancers + dancer) * POSE_VALUES + joint * JOINT_VALUES;
        const next = at + dancers * POSE_VALUES;
        if ((keypoints[at + 2] ?? 0) < SEEN_SCORE || (keypoints[next + 2] ?? 0) < SEEN_SCORE) continue;
        sum += Math.hypot(((keypoints[next] ?? 0) - (keypoints[at] ?? 0)) * aspect, (keypoints[next + 1] ?? 0) - (keypoints[at + 1] ?? 0)) / torso;
        count += 1;
      }
    }
    values[frame] = count === 0 ? (values[frame - 1] ?? 0) : (sum / count) * rate;
  }
  return { rate_hz: rate, start_s: 0.5 / rate, values };
}
