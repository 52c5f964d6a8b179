/**
 * Copies of clips made before a film asks for them: in the background, when clips enter the library and when a plan stands. An
 * export then encodes joints alone.
 */
import type { z } from 'zod';

import { type AssemblePayload, AssemblePayloadSchema } from '../../../contract/documents/assembly.ts';
import { type Blueprint, MAX_MOVES } from '../../../contract/documents/blueprint.ts';
import { assemblyText } from '../../../contract/text/en/assembly.ts';
import type { EnqueueRequest, JobHandler } from '../../jobs/job-handler.ts';
import { requireBlueprint } from '../blueprint/validate.ts';
import type { AssemblyPorts } from './assemble-job.ts';
import { findMedia } from './clips.ts';
import { ClipCopies, WHOLE_S } from './copies.ts';
import { allCopies } from './copy-set.ts';
import { diskNeed } from './estimate.ts';
import { keyOf } from './key.ts';
import { roughPlan } from './plan.ts';

const { find: FIND, copy: COPY } = assemblyText.stage;

export interface PreparedClips {
  readonly copies_made: number;
  readonly copies: number;
}

export function prepareHandler(ports: AssemblyPorts): JobHandler<AssemblePayload, PreparedClips> {
  return {
    kind: 'clip-copies',
    payload: AssemblePayloadSchema as z.ZodType<AssemblePayload>,
    stages: [
      { name: FIND, weight: 0.05 },
      { name: COPY, weight: 0.95 },
    ],
    lane: 'spare',
    async run(payload, context) {
      const { signal } = context;
      const media = await findMedia(ports, payload, { signal, note: (line) => context.note(line), onFound: (done) => context.stage(FIND, done) });
      const plan = await roughPlan(ports.tools, payload, media, signal);
      context.stage(FIND, 1);
      const { work } = diskNeed(new ClipCopies(ports).missing(plan.orders), plan.profile, 0);
      await ports.files.requireSpace(ports.files.copyPath('space', 'h264'), work);
      context.stage(COPY, 0);
      const { copies, made } = await allCopies(ports, plan, {
        signal,
        onCommand: (program, args) => context.command(program, args),
        onProgress: ({ done, speed }) => context.stage(COPY, done, speed === undefined ? {} : { speed }),
      });
      await ports.files.keepCopies(copies.map(({ path }) => path), ports.clock.nowMs());
      context.stage(COPY, 1);
      return { copies_made: made, copies: copies.length };
    },
  };
}

/** Of each clip; its copy is of the whole. */
const SHOWN_S = 0.5;

/** A blueprint that needs the copy of every clip at its own speed; null where there is none. @param clips  paths as in blueprints */
export function blueprintOfClips(clips: readonly { readonly id: string; readonly path: string; readonly duration: number }[]): Blueprint | null {
  const fit = clips.filter(({ duration }) => duration >= SHOWN_S && duration <= WHOLE_S).slice(0, MAX_MOVES);
  if (fit.length === 0) return null;
  const moves = fit.map(({ id, path }, i) => ({ clip_id: id, video_path: path, start_time: i * SHOWN_S, duration: SHOWN_S }));
  return requireBlueprint({ task_id: 'library', audio_path: null, moves, total_duration: fit.length * SHOWN_S });
}

/** The same clips for the same film are one job. */
export function prepareJob(payload: AssemblePayload): EnqueueRequest {
  const { moves, output_config: output } = payload.blueprint;
  const clips = moves.map(({ video_path: path, speed }) => `${path} ${speed}`).sort();
  return {
    kind: 'clip-copies',
    title: assemblyText.prepare(new Set(moves.map(({ video_path: path }) => path)).size),
    payload,
    priority: 0,
    dedupeKey: `clip-copies:${keyOf([clips, output])}`,
    ...(payload.project_id === null ? {} : { projectId: payload.project_id }),
  };
}
