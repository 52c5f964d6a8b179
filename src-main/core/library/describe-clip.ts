/** What a clip's movement is found to be, from its features and, where a model sees them, its poses. Pure; runs in the analysis host. */
import type { MoveCurves } from '../../contract/documents/move.ts';
import { JOINTS, JOINT_VALUES, POSE_VALUES, type PoseSeries, SEEN_SCORE } from '../../contract/documents/pose.ts';
import type { ClipDescription } from '../../contract/hosts/clip-description.ts';
import { type EdgePose, type MotionSeries, type SpeedSeries, edgePoses, kinematicBeats, motionEmbedding, movementLevels, movementTempo, poseEmbedding, speedOfMotion, speedOfPoses } from './movement/index.ts';

const [LEAST_TEMPO, MOST_TEMPO] = [20, 400];

const mean = (values: Float32Array): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);

/** Heights in the picture, 0 at the bottom, of what a dancer's curve is read from; the dancer seen first. */
const HEIGHTS = ['left_wrist', 'right_wrist', 'left_hip', 'left_ankle', 'right_ankle'] as const;

function heightsOf({ frames, dancers, keypoints }: PoseSeries): MoveCurves['pose'] {
  return HEIGHTS.map((joint) => {
    const at = JOINTS.indexOf(joint) * JOINT_VALUES;
    const values = Array.from({ length: frames }, (_, frame) => {
      const from = frame * dancers * POSE_VALUES + at;
      return (keypoints[from + 2] ?? 0) < SEEN_SCORE ? null : round(1 - (keypoints[from + 1] ?? 0));
    });
    return { joint, values };
  });
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

function curvesOf(speed: SpeedSeries, poses: PoseSeries | null): MoveCurves {
  const most = speed.values.reduce((largest, value) => Math.max(largest, value), 0);
  const { times_s: times, strength } = kinematicBeats(speed);
  return {
    rate_hz: speed.rate_hz,
    motion: Array.from(speed.values, (value) => (most > 0 ? round(value / most) : 0)),
    pose: poses === null ? [] : heightsOf(poses),
    kinematic_beats: times.map((time, at) => ({ time: round(time), strength: round(strength[at] ?? 0) })),
  };
}

function edge(values: SpeedSeries, side: 'start' | 'end'): number {
  const count = Math.max(1, Math.round(values.rate_hz));
  return mean(side === 'start' ? values.values.subarray(0, count) : values.values.subarray(-count));
}

/** As JSON keeps it. */
function plainPose(pose: EdgePose | undefined): ClipDescription['start_pose'] {
  return pose === undefined ? null : { dancers: pose.dancers, joints: Array.from(pose.joints, round) };
}

/**
 * @param motion  of the whole clip
 * @param poses   null where no model sees them
 * Cost: about 5 ms for each second of the clip; not for a process that has to answer.
 */
export function describeClip(motion: MotionSeries, poses: PoseSeries | null): ClipDescription {
  const flow = speedOfMotion(motion);
  const seen = poses === null ? null : poseEmbedding(poses);
  // A dancer who is hardly in the picture says less than the flow.
  const hasDancer = poses !== null && seen !== null && seen.some((value) => value !== 0);
  const speed = hasDancer ? speedOfPoses(poses) : flow;
  const levels = movementLevels(speed, hasDancer ? 'pose' : 'flow');
  // Thirty values a second tell steps apart that ten poses a second do not.
  const tempo = movementTempo(flow);
  const edges = hasDancer ? edgePoses(poses) : null;
  return {
    seen_by: hasDancer ? 'poses' : 'flow',
    embedding: new Float32Array(hasDancer ? seen : motionEmbedding(motion)),
    movement: mean(flow.values),
    start_movement: edge(flow, 'start'),
    end_movement: edge(flow, 'end'),
    start_pose: plainPose(edges?.start),
    end_pose: plainPose(edges?.end),
    difficulty: levels.difficulty,
    energy_level: levels.energy_level,
    tempo: tempo === null || tempo.bpm < LEAST_TEMPO || tempo.bpm > MOST_TEMPO ? null : Math.round(tempo.bpm),
    curves: JSON.stringify(curvesOf(speed, hasDancer ? poses : null)),
  };
}
