/**
 * The JobStore over SQLite: claims are one statement, every later write names its lease (job, owner, attempt), and
 * whatever is written raises the table's revision. Several processes use it at once.
 */
import type { Statement } from 'better-sqlite3';

import type { Job } from '../../contract/documents/job.ts';
import type { ChangedJob, ClaimedJob, ClaimRequest, JobStore, Lease, NewJob, Outcome, ProgressSnapshot, SweepRequest } from '../../core/jobs/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';
import { jobOfRow, type JobRow } from './job-rows.ts';
import * as sql from './job-statements.ts';
import { sweepJobs } from './job-sweep.ts';

type Parameters = Record<string, string | number | null>;

/** @throws AppError (translated) from every method: 'disk-full', 'data-folder-read-only', 'database-corrupt'. */
export function createJobStore(database: SqliteDatabase): JobStore {
  return translatingErrors<JobStore>(new SqliteJobStore(database), database);
}

class SqliteJobStore implements JobStore {
  private readonly database: SqliteDatabase;
  private readonly prepared = new Map<string, Statement<[Parameters], JobRow>>();

  constructor(database: SqliteDatabase) {
    this.database = database;
  }

  insert(job: NewJob, nowMs: number): { job: Job; isNew: boolean } {
    const run = this.database.transaction(() => {
      const existing =
        (job.dedupeKey === null ? undefined : this.row(sql.liveByDedupeKey, { key: job.dedupeKey })) ??
        (job.idempotencyKey === null ? undefined : this.row(sql.byIdempotencyKey, { key: job.idempotencyKey }));
      if (existing !== undefined) return { job: jobOfRow(existing), isNew: false };
      const { payload, stages, ...columns } = job;
      const row = this.row(sql.insert, { ...columns, payload: JSON.stringify(payload ?? null), stages: JSON.stringify(stages), nowMs });
      return { job: jobOfRow(must(row)), isNew: true };
    });
    return run.immediate();
  }

  get(id: string): Job | null {
    return this.job(sql.byId, { id });
  }

  list({ state, limit }: { state?: Job['state']; limit: number }): Job[] {
    return this.rows(sql.list, { state: state ?? null, limit }).map(jobOfRow);
  }

  claim({ owner, kinds, leaseMs, maxInterruptions, nowMs }: ClaimRequest): ClaimedJob | null {
    const row = this.row(sql.claim, { owner, kinds: JSON.stringify(kinds), leaseUntilMs: nowMs + leaseMs, maxInterruptions, nowMs });
    if (row === undefined) return null;
    const lease = { jobId: row.id, owner, attempt: row.attempt };
    return { job: jobOfRow(row), lease, interruptions: row.interruptions, payload: JSON.parse(row.payload) as unknown };
  }

  heartbeat(lease: Lease, leaseMs: number, progress: ProgressSnapshot, nowMs: number): 'kept' | 'cancel' | 'lost' {
    const row = this.row(sql.heartbeat, { ...lease, ...progress, stages: JSON.stringify(progress.stages), leaseUntilMs: nowMs + leaseMs, nowMs });
    if (row === undefined) return 'lost';
    return row.cancel_requested === 1 ? 'cancel' : 'kept';
  }

  finish(lease: Lease, outcome: Outcome, nowMs: number): Job | null {
    switch (outcome.state) {
      case 'completed':
        return this.job(sql.complete, { ...lease, result: JSON.stringify(outcome.result ?? null), stages: JSON.stringify(outcome.stages), nowMs });
      case 'failed':
        return this.job(sql.fail, { ...lease, error: JSON.stringify(outcome.error), nowMs });
      case 'cancelled':
        return this.job(sql.cancelRunning, { ...lease, nowMs });
      case 'retry':
        return this.job(sql.retryLater, { ...lease, error: JSON.stringify(outcome.error), message: outcome.message, runAfterMs: outcome.runAfterMs, nowMs });
    }
  }

  giveBack(lease: Lease, nowMs: number): Job | null {
    return this.job(sql.giveBack, { ...lease, nowMs });
  }

  requestCancel(id: string, nowMs: number): Job | null {
    return this.job(sql.cancelPending, { id, nowMs }) ?? this.job(sql.askToCancel, { id, nowMs }) ?? this.get(id);
  }

  requeue(id: string, nowMs: number): Job | null {
    return this.job(sql.requeue, { id, nowMs });
  }

  setPaused(id: string, isPaused: boolean, nowMs: number): Job | null {
    return this.job(sql.setPaused, { id, paused: isPaused ? 1 : 0, nowMs }) ?? this.get(id);
  }

  dismiss(id: string, nowMs: number): boolean {
    return this.row(sql.dismiss, { id, nowMs }) !== undefined;
  }

  liveChildren(id: string): string[] {
    return this.rows(sql.liveChildren, { id }).map((row) => row.id);
  }

  sweep(request: SweepRequest): Job[] {
    return sweepJobs(this.database, request);
  }

  changedSince(revision: number): ChangedJob[] {
    return this.rows(sql.changedSince, { revision }).map((row) => ({
      job: jobOfRow(row),
      revision: row.revision,
      isCancelRequested: row.cancel_requested === 1,
      isDismissed: row.dismissed === 1,
    }));
  }

  newestRevision(): number {
    return this.database.prepare<[], number>(sql.newestRevision).pluck().get() ?? 0;
  }

  changeCounter(): number {
    return this.database.pragma('data_version', { simple: true }) as number;
  }

  prune(endedBeforeMs: number): string[] {
    return this.rows(sql.prune, { endedBeforeMs }).map((row) => row.id);
  }

  private job(statement: string, parameters: Parameters): Job | null {
    const row = this.row(statement, parameters);
    return row === undefined ? null : jobOfRow(row);
  }

  private row(statement: string, parameters: object): JobRow | undefined {
    return this.statement(statement).get(parameters as Parameters);
  }

  private rows(statement: string, parameters: object): JobRow[] {
    return this.statement(statement).all(parameters as Parameters);
  }

  private statement(text: string): Statement<[Parameters], JobRow> {
    const known = this.prepared.get(text);
    if (known !== undefined) return known;
    const statement = this.database.prepare<[Parameters], JobRow>(text);
    this.prepared.set(text, statement);
    return statement;
  }
}

function must(row: JobRow | undefined): JobRow {
  if (row === undefined) throw new Error('SQLite answered an INSERT … RETURNING without a row.');
  return row;
}
