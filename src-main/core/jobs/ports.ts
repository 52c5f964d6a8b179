/**
 * What the queue needs from the outside: a durable table of jobs with leases, a log sheet per job, and a way to tell
 * whether the process behind a lease still lives. All methods are synchronous; all times are milliseconds since the epoch.
 */
import type { Job, JobKind, JobStage } from '../../contract/documents/job.ts';
import type { ErrorBody } from '../../contract/errors.ts';
import type { JobLog } from '../../contract/operations/jobs.ts';

export interface NewJob {
  readonly id: string;
  readonly kind: JobKind;
  readonly title: string;
  readonly payload: unknown;
  readonly priority: number;
  readonly maxAttempts: number;
  readonly stages: readonly JobStage[];
  readonly dedupeKey: string | null;
  readonly idempotencyKey: string | null;
  readonly parent: string | null;
  readonly mediaId: string | null;
  readonly projectId: string | null;
}

/** The right to write to a running job: all three must still match, `attempt` being the fencing token. */
export interface Lease {
  readonly jobId: string;
  readonly owner: string;
  readonly attempt: number;
}

export interface ClaimedJob {
  readonly job: Job;
  readonly lease: Lease;
  /** Attempts whose process died. They are counted in `job.attempts` and raise `job.max_attempts` alike. */
  readonly interruptions: number;
  readonly payload: unknown;
}

export interface ClaimRequest {
  readonly owner: string;
  readonly kinds: readonly JobKind[];
  readonly leaseMs: number;
  /** A job interrupted that often is not claimed again. */
  readonly maxInterruptions: number;
  readonly nowMs: number;
}

export interface SweepRequest {
  readonly isOwnerAlive: (owner: string) => boolean;
  readonly maxInterruptions: number;
  readonly nowMs: number;
}

export interface ProgressSnapshot {
  readonly stage: string | null;
  readonly stages: readonly JobStage[];
  /** 0..100 */
  readonly progress: number;
  readonly message: string | null;
  readonly speed: number | null;
  readonly etaS: number | null;
}

export type Outcome =
  | { readonly state: 'completed'; readonly result: unknown; readonly stages: readonly JobStage[] }
  | { readonly state: 'failed'; readonly error: ErrorBody }
  | { readonly state: 'cancelled' }
  /** Back to pending, to be claimed again from `runAfterMs`. */
  | { readonly state: 'retry'; readonly error: ErrorBody; readonly runAfterMs: number; readonly message: string };

/** A job as another process may have left it. */
export interface ChangedJob {
  readonly job: Job;
  readonly revision: number;
  readonly isCancelRequested: boolean;
  readonly isDismissed: boolean;
}

export interface JobStore {
  /** Inserts, or finds the live job with the same dedupe key or the completed one with the same idempotency key. */
  insert(job: NewJob, nowMs: number): { readonly job: Job; readonly isNew: boolean };
  get(id: string): Job | null;
  /** Newest first, without dismissed ones. */
  list(filter: { readonly state?: Job['state']; readonly limit: number }): Job[];
  /** The due job of these kinds with the highest priority, interrupted ones after the others, now leased to `owner`; null when there is none. */
  claim(request: ClaimRequest): ClaimedJob | null;
  /** Prolongs a lease and keeps the progress; `lost` when the lease belongs to another attempt by now. */
  heartbeat(lease: Lease, leaseMs: number, progress: ProgressSnapshot, nowMs: number): 'kept' | 'cancel' | 'lost';
  /** Ends an attempt. @returns null when the lease is lost: the outcome is then rejected. */
  finish(lease: Lease, outcome: Outcome, nowMs: number): Job | null;
  /** Back to pending without an attempt spent (shutdown). */
  giveBack(lease: Lease, nowMs: number): Job | null;
  /** A pending job is cancelled at once, a running one is asked to stop, any other is left as it is. Null when unknown. */
  requestCancel(id: string, nowMs: number): Job | null;
  /** A failed or cancelled job becomes pending with fresh attempts; null when it is in another state or its work is already queued. */
  requeue(id: string, nowMs: number): Job | null;
  /** Only a pending job changes; null when unknown. */
  setPaused(id: string, isPaused: boolean, nowMs: number): Job | null;
  /** Takes a finished job off the list; false when it is not finished. */
  dismiss(id: string, nowMs: number): boolean;
  liveChildren(id: string): string[];
  /** Ends leases of dead owners; fails or cancels what can no longer be claimed. @returns what ended. */
  sweep(request: SweepRequest): Job[];
  /** Jobs written since a revision, oldest change first. */
  changedSince(revision: number): ChangedJob[];
  newestRevision(): number;
  /** Changes when another process wrote to the database; cheap enough to ask four times a second. */
  changeCounter(): number;
  /** Deletes jobs that ended before then and were dismissed or have no idempotency key. @returns their ids. */
  prune(endedBeforeMs: number): string[];
}

export interface JobLogEntry {
  readonly atMs: number;
  readonly kind: 'note' | 'command' | 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
  readonly fields?: object;
}

/** One log sheet per job, durable, home paths shortened. */
export interface JobLogStore {
  append(jobId: string, entry: JobLogEntry): void;
  /** The newest part of the sheet; empty when there is none. */
  read(jobId: string): JobLog;
  remove(jobId: string): void;
}
