/** Operations of Choreograph: words → request, song + moves → plan, plan → blueprint and film; and the seed's routes. */
import { z } from 'zod';

import {
  AlternativeSchema,
  ChoreographyExportSchema,
  ChoreographyParametersSchema,
  ParsedRequestSchema,
  PlanFaultSchema,
  PlanSchema,
  SongChoiceSchema,
} from '../documents/choreography.ts';
import { ChoreographyTaskSchema, GenerateFromSongSchema, GenerateWithAiSchema, SongReferenceSchema, TaskStartedSchema } from '../documents/choreography-task.ts';
import { SeedSchema } from '../documents/sonify.ts';
import { IdSchema } from '../ids.ts';
import { MAX_PLAN_BYTES } from '../limits.ts';
import { operations } from '../operation.ts';

const text = z.string().max(2000);

/** What a plan is made from. Later fields win: the words, then `parameters`. */
export const PlanRequestSchema = z.object({
  /** Null: the best song of the library for the words. */
  song_id: SongReferenceSchema.nullable().default(null),
  text: text.nullable().default(null),
  parameters: ChoreographyParametersSchema.partial().default({}),
  seed: SeedSchema.default(0),
  /** A plan to start from: its locked segments stay, everything else is planned again. */
  previous: PlanSchema.nullable().default(null),
  /** Of `previous`: only these are chosen again, each another move than before; all borders and all else stay. */
  replan: z.array(IdSchema).min(1).max(4000).nullable().default(null),
  /** This request may go to Gemini, where it is configured and allowed in the settings. */
  use_gemini: z.boolean().default(false),
});

export const PlannedSchema = z.object({
  plan: PlanSchema,
  /** The same was asked before: the stored plan is answered. */
  is_cached: z.boolean(),
  /** What was understood of the words; null without any. */
  request: ParsedRequestSchema.nullable(),
  /** Why this song; null when it was named. */
  song_choice: SongChoiceSchema.nullable(),
  duration_ms: z.number(),
});

export const GeminiStateSchema = z.object({
  /** `off` in the settings, `no-key`, or `ready`. */
  state: z.enum(['off', 'no-key', 'ready']),
  model: z.string(),
  /** Where the key comes from; never the key. */
  key_from: z.enum(['environment', 'file']).nullable(),
});

export type PlanRequest = z.infer<typeof PlanRequestSchema>;
export type Planned = z.infer<typeof PlannedSchema>;
export type GeminiState = z.infer<typeof GeminiStateSchema>;

export const choreographyOperations = operations({
  parseChoreography: {
    method: 'POST',
    path: '/api/choreography/parse',
    summary: 'Read a description: what was understood as chips, and the parameters it means. Never fails on words.',
    body: z.object({ text, use_gemini: z.boolean().default(false) }),
    response: ParsedRequestSchema,
  },
  suggestSongs: {
    method: 'POST',
    path: '/api/choreography/songs',
    summary: 'Songs of the library for a description, best first, each with its reasons; songs that are not analysed come last.',
    body: z.object({ text, top: z.number().int().min(1).max(100).default(10) }),
    response: z.object({ songs: z.array(SongChoiceSchema) }),
  },
  planChoreography: {
    method: 'POST',
    path: '/api/choreography/plans',
    summary: 'Plan a choreography over a whole song, or parts of a plan again. The same request and seed give the same plan. The song has to be analysed.',
    body: PlanRequestSchema,
    mostBytes: MAX_PLAN_BYTES,
    response: PlannedSchema,
  },
  listAlternatives: {
    method: 'POST',
    path: '/api/choreography/alternatives',
    summary: 'Moves for one segment of a plan with its neighbours as they are, best first.',
    body: z.object({ plan: PlanSchema, segment_id: IdSchema, top: z.number().int().min(1).max(50).default(20) }),
    mostBytes: MAX_PLAN_BYTES,
    response: z.object({ alternatives: z.array(AlternativeSchema) }),
  },
  checkPlan: {
    method: 'POST',
    path: '/api/choreography/check',
    summary: 'Score a plan that was edited by hand: scores, reasons and repeats anew, and what would not assemble.',
    body: z.object({ plan: PlanSchema }),
    mostBytes: MAX_PLAN_BYTES,
    response: z.object({ plan: PlanSchema, faults: z.array(PlanFaultSchema) }),
  },
  blueprintOfPlan: {
    method: 'POST',
    path: '/api/choreography/blueprint',
    summary: 'The blueprint a plan is assembled by.',
    body: z.object({ plan: PlanSchema, export: ChoreographyExportSchema.optional() }),
    mostBytes: MAX_PLAN_BYTES,
    response: z.record(z.string(), z.unknown()),
  },
  renderChoreography: {
    method: 'POST',
    path: '/api/choreography/renders',
    summary: 'Assemble a plan as a job; the film enters the project.',
    body: z.object({ plan: PlanSchema, export: ChoreographyExportSchema.optional(), project_id: IdSchema.nullable().default(null) }),
    mostBytes: MAX_PLAN_BYTES,
    response: z.object({ job_id: IdSchema }),
    status: 202,
  },
  prepareChoreography: {
    method: 'POST',
    path: '/api/choreography/copies',
    summary: 'Make the clips of a plan ready for its film, in the background; what is ready already costs nothing.',
    body: z.object({ plan: PlanSchema, export: ChoreographyExportSchema.optional(), project_id: IdSchema.nullable().default(null) }),
    mostBytes: MAX_PLAN_BYTES,
    response: z.object({ job_id: IdSchema }),
    status: 202,
  },
  getGemini: { method: 'GET', path: '/api/choreography/gemini', summary: 'Whether Gemini can be asked.', response: GeminiStateSchema },
  generateFromSong: {
    method: 'POST',
    path: '/api/choreography/generate-from-song',
    summary: 'Plan and assemble a choreography for a song, as a task. A song that cannot be analysed is answered with 400 and leaves no task.',
    body: GenerateFromSongSchema,
    response: TaskStartedSchema,
    status: 202,
  },
  generateWithAi: {
    method: 'POST',
    path: '/api/choreography/generate-with-ai',
    summary: 'Plan and assemble a choreography from a description, as a task; a song is chosen where none is named.',
    body: GenerateWithAiSchema,
    response: TaskStartedSchema,
    status: 202,
  },
  getChoreographyTask: {
    method: 'GET',
    path: '/api/choreography/tasks/:id',
    summary: 'State and result of a task.',
    params: z.object({ id: IdSchema }),
    response: ChoreographyTaskSchema,
  },
});
