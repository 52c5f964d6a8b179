/** A row of the jobs table as the Job document, and back. */
import type { Job, JobKind, JobState } from '../../contract/documents/job.ts';

export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly payload: string;
  readonly state: string;
  readonly paused: number;
  readonly attempt: number;
  readonly attempts_spent: number;
  readonly max_attempts: number;
  readonly interruptions: number;
  readonly lease_owner: string | null;
  readonly cancel_requested: number;
  readonly stage: string | null;
  readonly stages: string;
  readonly progress: number;
  readonly message: string | null;
  readonly speed: number | null;
  readonly eta_s: number | null;
  readonly idempotency_key: string | null;
  readonly result: string | null;
  readonly error: string | null;
  readonly parent: string | null;
  readonly media_id: string | null;
  readonly project_id: string | null;
  readonly dismissed: number;
  readonly revision: number;
  readonly created_ms: number;
  readonly started_ms: number | null;
  readonly updated_ms: number;
  readonly finished_ms: number | null;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
const parseOrNull = <T>(json: string | null): T | null => (json === null ? null : (JSON.parse(json) as T));

export function jobOfRow(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind as JobKind,
    title: row.title,
    state: row.state as JobState,
    paused: row.paused === 1,
    stage: row.stage,
    stages: JSON.parse(row.stages) as Job['stages'],
    progress: row.progress,
    message: row.message,
    speed: row.speed,
    eta_s: row.eta_s,
    error: parseOrNull<NonNullable<Job['error']>>(row.error),
    result: parseOrNull<unknown>(row.result),
    attempts: row.attempts_spent,
    max_attempts: row.max_attempts,
    parent: row.parent,
    media_id: row.media_id,
    project_id: row.project_id,
    idempotency_key: row.idempotency_key,
    created_at: iso(row.created_ms),
    started_at: isoOrNull(row.started_ms),
    updated_at: iso(row.updated_ms),
    finished_at: isoOrNull(row.finished_ms),
  };
}
