/** Job: one long piece of work: durable, cancellable, resumable, with stages, progress and a result. */
import { z } from 'zod';

import { ErrorBodySchema } from '../errors.ts';
import { IdSchema } from '../ids.ts';

export const JOB_STATES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export const JOB_KINDS = ['media-hash', 'media-poster', 'media-filmstrip', 'media-peaks', 'media-proxy', 'analysis', 'song', 'sonify', 'assemble', 'clip-copies', 'demo', 'library-import', 'library-analysis', 'choreography'] as const;

export const JobStageSchema = z.object({
  name: z.string(),
  /** Share of the whole; the weights of a job sum to 1. */
  weight: z.number().min(0).max(1),
  /** 0..1 */
  done: z.number().min(0).max(1),
});

export const JobSchema = z.object({
  id: IdSchema,
  kind: z.enum(JOB_KINDS),
  /** What the job works on, in the user's words: "Sonify holiday.mp4". */
  title: z.string(),
  state: z.enum(JOB_STATES),
  paused: z.boolean(),
  stage: z.string().nullable(),
  stages: z.array(JobStageSchema),
  /** 0..100, never falls within one attempt; 100 only when the result is usable. */
  progress: z.number().min(0).max(100),
  message: z.string().nullable(),
  /** Speed as a multiple of real time, where that means something. */
  speed: z.number().nullable(),
  eta_s: z.number().nullable(),
  error: ErrorBodySchema.nullable(),
  result: z.unknown().nullable(),
  attempts: z.number().int(),
  max_attempts: z.number().int(),
  parent: IdSchema.nullable(),
  media_id: IdSchema.nullable(),
  project_id: IdSchema.nullable(),
  idempotency_key: z.string().nullable(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  updated_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});

export type Job = z.infer<typeof JobSchema>;
export type JobKind = (typeof JOB_KINDS)[number];
export type JobState = (typeof JOB_STATES)[number];
export type JobStage = z.infer<typeof JobStageSchema>;
