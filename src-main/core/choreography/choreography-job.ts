/** The job behind the seed's routes: plan, blueprint, film. The film is made by the assembly's own job, inside this one. */
import { z } from 'zod';

import type { AssemblyResult } from '../../contract/documents/assembly.ts';
import type { Blueprint } from '../../contract/documents/blueprint.ts';
import { SeedSchema } from '../../contract/documents/sonify.ts';
import { IdSchema } from '../../contract/ids.ts';
import { PlanRequestSchema } from '../../contract/operations/choreography.ts';
import { choreographyText as say } from '../../contract/text/en/choreography.ts';
import type { EnqueueRequest, JobContext, JobHandler } from '../jobs/job-handler.ts';
import type { Choreographer } from './choreographer.ts';

const PayloadSchema = z.object({
  song_id: IdSchema,
  text: z.string().max(2000).nullable(),
  parameters: PlanRequestSchema.shape.parameters,
  seed: SeedSchema,
  use_gemini: z.boolean(),
});
export type ChoreographyPayload = z.infer<typeof PayloadSchema>;

/** Makes a film of a blueprint, in stages of its own. */
export interface FilmMaker {
  readonly stages: JobHandler['stages'];
  make(blueprint: Blueprint, context: JobContext): Promise<AssemblyResult>;
}

export interface ChoreographyResult {
  readonly video_url: string;
  readonly duration: number;
  readonly file_size: number;
  readonly artifact_id: string;
  readonly notes: readonly string[];
  readonly blueprint: Blueprint;
}

const PLAN_SHARE = 0.04;

export function choreographyHandler(choreographer: Choreographer, film: FilmMaker): JobHandler<ChoreographyPayload, ChoreographyResult> {
  return {
    kind: 'choreography',
    payload: PayloadSchema,
    stages: [{ name: say.job.planning, weight: PLAN_SHARE }, ...film.stages.map(({ name, weight }) => ({ name, weight: weight * (1 - PLAN_SHARE) }))],
    lane: 'heavy',
    async run(payload, context) {
      context.stage(say.job.planning, 0);
      const { plan } = await choreographer.plan({ ...payload, previous: null, replan: null }, context.signal);
      const blueprint = choreographer.blueprint(plan, undefined, context.job.id);
      for (const { text } of plan.notes) context.note(text);
      context.stage(say.job.planning, 1, { message: say.job.planned(plan.segments.length, plan.score.different_moves) });
      const { video_url, duration, file_size, artifact_id, notes } = await film.make(blueprint, context);
      return { video_url, duration, file_size, artifact_id, notes: [...plan.notes.map(({ text }) => text), ...notes], blueprint };
    },
  };
}

export function choreographyJob(payload: ChoreographyPayload, songName: string): EnqueueRequest {
  return { kind: 'choreography', title: say.job.title(songName), payload, priority: 10, mediaId: payload.song_id };
}
