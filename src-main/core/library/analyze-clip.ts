/** What is found out about one clip: from its features, its poses where a model sees them, and its sound. */
import { analysisText } from '../../contract/text/en/library-import.ts';
import { MOTION_SPACE, poseSpace } from './movement/index.ts';
import type { ClipDescriber, ClipEars, LabelValues, MoveAnalysis, MoveFeatures, MoveMedia, MoveRecord, NewEmbedding, PoseEyes } from './ports.ts';
import { AUDIO_SPACE } from './spaces.ts';

/** Raised when what is found out changes for the same clip; analyses of an older one are stale. */
const VERSION = 1;

export interface ClipAnalysisPorts {
  readonly media: MoveMedia;
  readonly features: MoveFeatures;
  readonly poses: PoseEyes;
  readonly ears: ClipEars;
  readonly describer: ClipDescriber;
}

export interface ClipFindings {
  readonly analysis: MoveAnalysis;
  /** Of pose and audio. */
  readonly embeddings: readonly NewEmbedding[];
  readonly estimates: LabelValues;
  /** JSON of MoveCurves. */
  readonly curves: string;
}

/** What an analysis is made with: changes with the program and when a pose model comes or goes. */
export function analysisKey(poses: PoseEyes): string {
  const model = poses.model();
  return `${VERSION} ${model === null ? MOTION_SPACE : poseSpace(model)} ${AUDIO_SPACE}`;
}

async function soundOf({ ears }: ClipAnalysisPorts, source: ReturnType<MoveMedia['source']>, signal: AbortSignal): Promise<NewEmbedding | null> {
  const vector = source.probe.audio === null ? null : await ears.embedding(source, signal);
  return vector && { kind: 'audio', space: AUDIO_SPACE, note: null, vector };
}

/** @throws AppError when the picture cannot be read; AbortError. Cost here: next to nothing, the hosts do it. */
export async function analyzeClip(ports: ClipAnalysisPorts, record: MoveRecord, signal: AbortSignal): Promise<ClipFindings> {
  const { media, features, poses: eyes, describer } = ports;
  const key = analysisKey(eyes);
  const source = media.source(record.id);
  await features.ensure(record.id, { signal });
  const model = eyes.model();
  const poses = model === null ? null : await eyes.poses(source, signal);
  const { seen_by: seenBy, embedding: vector, difficulty, energy_level, tempo, curves, ...found } = await describer.describe(record.id, poses, signal);
  const pose: NewEmbedding =
    poses !== null && seenBy === 'poses'
      ? { kind: 'pose', space: poseSpace(poses.source), note: null, vector }
      : { kind: 'pose', space: MOTION_SPACE, note: model === null ? analysisText.noPoseModel : analysisText.noDancer, vector };
  const sound = await soundOf(ports, source, signal);
  return {
    analysis: {
      key,
      stamp: record.media.stamp,
      problem: null,
      movement: found.movement,
      startMovement: found.start_movement,
      endMovement: found.end_movement,
      startPose: found.start_pose,
      endPose: found.end_pose,
    },
    embeddings: [pose, ...(sound ? [sound] : [])].filter((embedding) => embedding.vector.some((value) => value !== 0)),
    estimates: { difficulty, energy_level, ...(tempo === null ? {} : { tempo }) },
    curves,
  };
}
