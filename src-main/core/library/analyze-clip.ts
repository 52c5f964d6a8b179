/** What is found out about one clip: from its features, its poses where a model sees them, and its sound. */
import type { MoveCurves } from '../../contract/documents/move.ts';
import { JOINTS, JOINT_VALUES, POSE_VALUES, type PoseSeries, SEEN_SCORE } from '../../contract/documents/pose.ts';
import { analysisText } from '../../contract/text/en/library-import.ts';
import { MOTION_SPACE, type SpeedSeries, edgePoses, kinematicBeats, motionEmbedding, movementLevels, movementTempo, poseEmbedding, poseSpace, speedOfMotion, speedOfPoses } from './movement/index.ts';
import type { ClipEars, LabelValues, MoveAnalysis, MoveFeatures, MoveMedia, MoveRecord, NewEmbedding, PoseEyes } from './ports.ts';
import { AUDIO_SPACE } from './spaces.ts';

/** Raised when what is found out changes for the same clip; analyses of an older one are stale. */
const VERSION = 1;

export interface ClipAnalysisPorts {
  readonly media: MoveMedia;
  readonly features: MoveFeatures;
  readonly poses: PoseEyes;
  readonly ears: ClipEars;
}

export interface ClipFindings {
  readonly analysis: MoveAnalysis;
  /** Of pose and audio. */
  readonly embeddings: readonly NewEmbedding[];
  readonly estimates: LabelValues;
  readonly curves: MoveCurves;
}

/** What an analysis is made with: changes with the program and when a pose model comes or goes. */
export function analysisKey(poses: PoseEyes): string {
  const model = poses.model();
  return `${VERSION} ${model === null ? MOTION_SPACE : poseSpace(model)} ${AUDIO_SPACE}`;
}

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

async function soundOf({ ears }: ClipAnalysisPorts, source: ReturnType<MoveMedia['source']>, signal: AbortSignal): Promise<NewEmbedding | null> {
  const vector = source.probe.audio === null ? null : await ears.embedding(source, signal);
  return vector && { kind: 'audio', space: AUDIO_SPACE, note: null, vector };
}

/** @throws AppError when the picture cannot be read; AbortError. */
export async function analyzeClip(ports: ClipAnalysisPorts, record: MoveRecord, signal: AbortSignal): Promise<ClipFindings> {
  const { media, features, poses: eyes } = ports;
  const source = media.source(record.id);
  await features.ensure(record.id, { signal });
  const motion = features.rows(record.id, 0, features.frames(record.id) - 1);
  const model = eyes.model();
  const poses = model === null ? null : await eyes.poses(source, signal);
  const flow = speedOfMotion(motion);
  const seen = poses === null ? null : poseEmbedding(poses);
  // A dancer who is hardly in the picture says less than the flow.
  const hasDancer = poses !== null && seen !== null && seen.some((value) => value !== 0);
  const speed = hasDancer ? speedOfPoses(poses) : flow;
  const levels = movementLevels(speed, hasDancer ? 'pose' : 'flow');
  // Thirty values a second tell steps apart that ten poses a second do not.
  const tempo = movementTempo(flow);
  const edges = hasDancer ? edgePoses(poses) : null;
  const pose: NewEmbedding = hasDancer
    ? { kind: 'pose', space: poseSpace(poses.source), note: null, vector: seen }
    : { kind: 'pose', space: MOTION_SPACE, note: model === null ? analysisText.noPoseModel : analysisText.noDancer, vector: motionEmbedding(motion) };
  const sound = await soundOf(ports, source, signal);
  return {
    analysis: {
      key: analysisKey(eyes),
      stamp: record.media.stamp,
      problem: null,
      movement: mean(flow.values),
      startMovement: edge(flow, 'start'),
      endMovement: edge(flow, 'end'),
      startPose: plainPose(edges?.start),
      endPose: plainPose(edges?.end),
    },
    embeddings: [pose, ...(sound ? [sound] : [])].filter(({ vector }) => vector.some((value) => value !== 0)),
    estimates: { difficulty: levels.difficulty, energy_level: levels.energy_level, ...(tempo === null || tempo.bpm < 20 || tempo.bpm > 400 ? {} : { tempo: Math.round(tempo.bpm) }) },
    curves: curvesOf(speed, hasDancer ? poses : null),
  };
}

/** As JSON keeps it. */
function plainPose(pose: { readonly dancers: number; readonly joints: Float32Array } | undefined): unknown {
  return pose === undefined ? null : { dancers: pose.dancers, joints: Array.from(pose.joints, round) };
}
