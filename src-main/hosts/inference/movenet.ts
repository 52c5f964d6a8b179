/** MoveNet SinglePose Lightning as a pose model: 192 × 192 RGB in, 17 × (y, x, score) out. Source: TensorFlow Hub, movenet/singlepose/lightning. */
import type { Network } from '../../adapters/onnx/network.ts';
import { JOINT_VALUES, POSE_VALUES } from '../../contract/documents/pose.ts';
import type { PoseModel } from '../../core/library/pose/couple.ts';

const SIZE = 192;

export function moveNet(network: Network): PoseModel {
  return {
    size: SIZE,
    async see(input) {
      const { keypoints } = await network.run({ image: { data: input, shape: [1, SIZE, SIZE, 3] } });
      const pose = new Float32Array(POSE_VALUES);
      for (let at = 0; at < POSE_VALUES; at += JOINT_VALUES) pose.set([keypoints?.[at + 1] ?? 0, keypoints?.[at] ?? 0, keypoints?.[at + 2] ?? 0], at);
      return pose;
    },
  };
}
