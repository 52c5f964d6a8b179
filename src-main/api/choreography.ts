/** The operations of Choreograph, and the seed's routes. */
import type { Blueprint } from '../contract/documents/blueprint.ts';
import type { Job } from '../contract/documents/job.ts';
import type { choreographyOperations } from '../contract/operations/choreography.ts';
import type { Choreographer, ChoreographyTasks, Proposer } from '../core/choreography/index.ts';
import type { HandlersOf } from './handler.ts';

export interface ChoreographyServices {
  readonly choreographer: Choreographer;
  readonly tasks: ChoreographyTasks;
  readonly proposer: Pick<Proposer, 'state'>;
  /** Queues the film of a blueprint. */
  readonly startRender: (blueprint: Blueprint, projectId: string | null) => Promise<Job>;
  /** Queues the copies of its clips. */
  readonly prepare: (blueprint: Blueprint, projectId: string | null) => Promise<Job>;
}

export function choreographyHandlers({ choreographer, tasks, proposer, startRender, prepare }: ChoreographyServices): HandlersOf<typeof choreographyOperations> {
  return {
    parseChoreography: ({ body }, { signal }) => choreographer.parse(body.text, { useGemini: body.use_gemini, signal }),
    suggestSongs: ({ body }) => ({ songs: choreographer.suggestSongs(body.text, body.top) }),
    planChoreography: ({ body }, { signal }) => choreographer.plan(body, signal),
    listAlternatives: async ({ body }) => ({ alternatives: await choreographer.alternatives(body.plan, body.segment_id, body.top) }),
    checkPlan: ({ body }) => choreographer.check(body.plan),
    blueprintOfPlan: ({ body }) => ({ ...choreographer.blueprint(body.plan, body.export) }),
    renderChoreography: async ({ body }) => ({ job_id: (await startRender(choreographer.blueprint(body.plan, body.export), body.project_id)).id }),
    prepareChoreography: async ({ body }) => ({ job_id: (await prepare(choreographer.blueprint(body.plan, body.export), body.project_id)).id }),
    getGemini: () => proposer.state(),
    generateFromSong: ({ body }, { signal }) => tasks.fromSong(body, signal),
    generateWithAi: ({ body }, { signal }) => tasks.fromWords(body, signal),
    getChoreographyTask: ({ params }) => tasks.get(params.id),
  };
}
