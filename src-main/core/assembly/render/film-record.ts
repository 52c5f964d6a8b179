/** What is told of a finished film: the job's result and the artifact. Pure. */
import type { Artifact, Verification } from '../../../contract/documents/artifact.ts';
import type { AssemblePayload, AssemblyResult } from '../../../contract/documents/assembly.ts';
import type { Blueprint } from '../../../contract/documents/blueprint.ts';
import { secondsOfFrames } from '../../../contract/units.ts';
import { ENCODE_VERSION, rateText } from '../graphs/profile.ts';
import { type Part, framesOfPart, jointFrames } from '../timeline/parts.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { ClipCopy } from './copies.ts';
import { type RoughPlan, madeTransitions, timelineNotes } from './plan.ts';
import type { MadeSound } from './sound.ts';

const MIME = { mp4: 'video/mp4', mov: 'video/quicktime', mkv: 'video/x-matroska' } as const;

/** What is ready before picture and sound of the film are made. */
export interface Ready {
  readonly rough: RoughPlan;
  readonly timeline: Timeline;
  readonly copies: readonly ClipCopy[];
  readonly parts: readonly Part[];
  readonly copiesMade: number;
}

export interface FinishedFilm {
  readonly id: string;
  readonly bytes: number;
  readonly ready: Ready;
  readonly sound: MadeSound | null;
  readonly verification: Verification;
}

export function resultOf({ id, bytes, ready, sound, verification }: FinishedFilm, { moves }: Blueprint): AssemblyResult {
  const { rough, timeline, parts, copiesMade } = ready;
  const encoded = jointFrames(parts);
  const whole = parts.reduce((sum, part) => sum + framesOfPart(part), 0);
  return {
    artifact_id: id,
    video_url: `/api/artifacts/${id}/file`,
    duration: secondsOfFrames(timeline.frames, timeline.rate),
    file_size: bytes,
    frames: timeline.frames,
    frame_rate: rateText(timeline.rate),
    width: rough.profile.width,
    height: rough.profile.height,
    copied_frames: whole - encoded,
    encoded_frames: encoded,
    copies_made: copiesMade,
    encoder: rough.profile.codec,
    transitions: madeTransitions(timeline, moves),
    loudness: sound?.report ?? null,
    verification,
    notes: [...rough.notes, ...timelineNotes(timeline, moves), ...(sound?.report.note ? [sound.report.note] : [])],
  };
}

export function artifactOf({ id, bytes, ready, verification }: FinishedFilm, { blueprint, project_id: projectId }: AssemblePayload, made: { jobId: string; programVersion: string; nowMs: number }): Artifact {
  const { task_id: taskId, output_config: output, generation_parameters: parameters } = blueprint;
  const { profile } = ready.rough;
  return {
    id,
    kind: 'film',
    name: `${taskId}.${output.output_format}`,
    mime_type: MIME[output.output_format],
    size_bytes: bytes,
    duration_s: secondsOfFrames(ready.timeline.frames, ready.timeline.rate),
    media_id: null,
    project_id: projectId,
    job_id: made.jobId,
    provenance: {
      program: `Kinetone ${made.programVersion}`,
      blueprint: taskId,
      assembly_version: ENCODE_VERSION,
      encoder: profile.codec,
      ...(typeof parameters['seed'] === 'number' ? { seed: parameters['seed'] } : {}),
    },
    verification,
    created_at: new Date(made.nowMs).toISOString(),
  };
}
