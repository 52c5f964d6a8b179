/** Host method `poses`: where the joints of a clip's dancers are, at a low rate. */
import { decodeRgb } from '../../adapters/ffmpeg/decode-rgb.ts';
import { POSE_VALUES, type PoseSeries } from '../../contract/documents/pose.ts';
import { type PosesInput, PosesInputSchema } from '../../contract/hosts/inference.ts';
import type { HostMethod } from '../../core/host.ts';
import { CoupleTracker, DANCERS } from '../../core/library/pose/couple.ts';
import { blazePose } from './blazepose.ts';
import { moveNet } from './movenet.ts';
import { networkOf } from './networks.ts';

/** The tracker of the model whose networks are given. */
async function trackerOf({ networks }: PosesInput): Promise<CoupleTracker> {
  const [first, second] = await Promise.all(networks.map(networkOf));
  if (!first) throw new Error('A pose model has a network.');
  return new CoupleTracker(second ? blazePose(first, second) : moveNet(first));
}

export const posesMethod: HostMethod = async (raw, { signal, emit }): Promise<PoseSeries> => {
  const input = PosesInputSchema.parse(raw);
  const { programs, file, width, height, rate_hz: rateHz, duration_s: durationS, source } = input;
  const tracker = await trackerOf(input);
  const poses: Float32Array[] = [];
  for await (const rgb of decodeRgb({ launcher: programs, ffmpeg: programs.ffmpeg, file, width, height, rateHz, signal })) {
    poses.push(await tracker.follow({ rgb, width, height }));
    emit({ done: durationS > 0 ? Math.min(1, poses.length / rateHz / durationS) : 0 });
  }
  const keypoints = new Float32Array(poses.length * DANCERS * POSE_VALUES);
  poses.forEach((pose, frame) => keypoints.set(pose, frame * pose.length));
  return { source, rate_hz: rateHz, aspect: width / height, frames: poses.length, dancers: DANCERS, keypoints };
};
