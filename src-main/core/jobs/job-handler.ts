/**
 * What a step hands to the queue: a handler per kind of job. The queue owns leases, retries, progress and storage;
 * a handler does the work, reports stages and stops when its signal aborts. Start-up fails if a kind has no handler or two.
 */
import type { z } from 'zod';

import type { Job, JobKind } from '../../contract/documents/job.ts';
import type { Log } from '../log.ts';

export interface StageSpec {
  readonly name: string;
  /** Share of the whole; the weights of a handler's stages sum to 1. */
  readonly weight: number;
}

export interface StageReport {
  /** Multiple of real time. */
  readonly speed?: number;
  /** Seconds the whole job still takes; the queue estimates it where a handler does not. */
  readonly etaS?: number;
  readonly message?: string;
}

export interface JobContext {
  readonly job: Job;
  /** Aborts on cancel, on a lost lease and at shutdown. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Enters or advances a stage; `done` is 0..1 of that stage and never falls. */
  stage(name: string, done: number, report?: StageReport): void;
  /** Keeps a line for the job's log sheet. */
  note(line: string): void;
  /** Keeps a command line for the job's log sheet (paths are shortened when shown). */
  command(program: string, args: readonly string[]): void;
}

export interface JobHandler<Payload = unknown, Result = unknown> {
  readonly kind: JobKind;
  readonly payload: z.ZodType<Payload>;
  readonly stages: readonly StageSpec[];
  /** Jobs of one lane run at most `laneWidths[lane]` at once: `quick` never waits behind `heavy`, nor `heavy` behind `background`; `background` begins nothing while `quick` is full; `spare` runs only while nothing else does, and gives way to whatever begins. */
  readonly lane: 'quick' | 'heavy' | 'background' | 'spare';
  run(payload: Payload, context: JobContext): Promise<Result>;
}

export interface EnqueueRequest {
  readonly kind: JobKind;
  readonly title: string;
  readonly payload: unknown;
  /** Higher runs first; 0 is background work, 10 what a user waits for. */
  readonly priority?: number;
  /** While a job with this key is pending or running, enqueueing returns that job. */
  readonly dedupeKey?: string;
  /** A finished job with this key is returned instead of doing the work again. */
  readonly idempotencyKey?: string;
  readonly parent?: string;
  readonly mediaId?: string;
  readonly projectId?: string;
}

/** The queue as the other steps see it. */
export interface Jobs {
  enqueue(request: EnqueueRequest): Job;
  get(id: string): Job;
  list(filter?: { state?: Job['state']; limit?: number }): Job[];
  cancel(id: string): Job;
  retry(id: string): Job;
  /** Resolves when the job is completed, failed or cancelled. */
  finished(id: string, signal?: AbortSignal): Promise<Job>;
}
