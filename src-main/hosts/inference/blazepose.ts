/**
 * BlazePose as a pose model: a detector that says where a person is, and 33 landmarks of the person in a square, of which the
 * COCO joints are kept. The square stays upright; dancers mostly do. Sources: Bazarevsky et al., "BlazePose: On-device
 * real-time body pose tracking", 2020; MediaPipe, pose_detection and pose_landmark graphs (anchors, scales, order of values).
 */
import type { Network } from '../../adapters/onnx/network.ts';
import { JOINT_VALUES, POSE_VALUES } from '../../contract/documents/pose.ts';
import type { PersonDetector, PoseModel } from '../../core/library/pose/couple.ts';

const DETECTOR_SIZE = 128;
/** Grid side and anchors per cell, in the order of the 896 answers. */
const GRIDS = [
  [16, 2],
  [8, 6],
] as const;
/** Centre and size of a box, then four points: middle of the hips, a point on the circle around the body, and two of the upper body. */
const DETECTION_VALUES = 12;
const HIPS_AT = 4;
const CIRCLE_AT = 6;
const LEAST_LOGIT = 0;
/** The square is this much larger than the circle around the body. */
const MARGIN = 1.25;

const anchors: readonly (readonly [number, number])[] = GRIDS.flatMap(([side, perCell]) =>
  Array.from({ length: side * side * perCell }, (_, at) => {
    const cell = Math.floor(at / perCell);
    return [((cell % side) + 0.5) / side, (Math.floor(cell / side) + 0.5) / side] as const;
  }),
);

function detectorOf(network: Network): PersonDetector {
  return {
    size: DETECTOR_SIZE,
    async detect(input) {
      for (let at = 0; at < input.length; at += 1) input[at] = input[at]! / 127.5 - 1;
      const { regressors, classificators } = await network.run({ input: { data: input, shape: [1, DETECTOR_SIZE, DETECTOR_SIZE, 3] } });
      if (!regressors || !classificators) return null;
      const best = classificators.reduce((most, logit, anchor) => (logit > classificators[most]! ? anchor : most), 0);
      if (classificators[best]! < LEAST_LOGIT) return null;
      const [anchorX, anchorY] = anchors[best]!;
      const value = (offset: number): number => regressors[best * DETECTION_VALUES + offset]! / DETECTOR_SIZE;
      const radius = Math.hypot(value(CIRCLE_AT) - value(HIPS_AT), value(CIRCLE_AT + 1) - value(HIPS_AT + 1));
      return { x: anchorX + value(HIPS_AT), y: anchorY + value(HIPS_AT + 1), side: 2 * radius * MARGIN };
    },
  };
}

const SIZE = 256;
/** x, y, z, visibility, presence. */
const LANDMARK_VALUES = 5;
/** Landmark of each COCO joint. */
const LANDMARKS = [0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28] as const;
/** Below this there is no person in the square. */
const LEAST_FLAG = 0.5;

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** @param detection, landmarks  blazepose_detection.onnx, blazepose_landmark_lite.onnx */
export function blazePose(detection: Network, landmarks: Network): PoseModel {
  return {
    size: SIZE,
    detector: detectorOf(detection),
    async see(input) {
      for (let at = 0; at < input.length; at += 1) input[at] = input[at]! / 255;
      const { landmarks: points, pose_flag: flag } = await landmarks.run({ input_1: { data: input, shape: [1, SIZE, SIZE, 3] } });
      const pose = new Float32Array(POSE_VALUES);
      if (!points || (flag?.[0] ?? 0) < LEAST_FLAG) return pose;
      LANDMARKS.forEach((landmark, joint) => {
        const at = landmark * LANDMARK_VALUES;
        pose.set([points[at]! / SIZE, points[at + 1]! / SIZE, sigmoid(points[at + 3]!) * sigmoid(points[at + 4]!)], joint * JOINT_VALUES);
      });
      return pose;
    },
  };
}
