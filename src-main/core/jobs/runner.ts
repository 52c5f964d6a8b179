/**
 * Runs what the queue claims: lanes, one execution per lease, heartbeats, the end of an attempt. It holds a job only as
 * long as the store says that the lease is ours.
 */
import type { Job } from '../../contract/documents/job.ts';
import { AppError, isAbort, toAppError } from '../../contract/errors.ts';
import type { Clock } from '../clock.ts';
import type { EventSink } from '../event-sink.ts';
import type { Log } from '../log.ts';
import type { HandlerTable } from './handler-table.ts';
import type { JobHandler } from './job-handler.ts';
import type { ClaimedJob, JobLogStore, JobStore, Outcome } from './ports.ts';
import { MAX_INTERRUPTIONS, retryPauseMs } from './retry.ts';
import { RunningJob } from './running-job.ts';

export interface JobRunnerOptions {
  readonly store: JobStore;
  readonly logs: JobLogStore;
  readonly events: EventSink;
  readonly log: Log;
  readonly clock: Clock;
  readonly owner: string;
  readonly handlers: HandlerTable;
  readonly laneWidths: Readonly<Record<JobHandler['lane'], number>>;
  readonly leaseMs: number;
  /** Tells the world of a new state or stage. */
  readonly announce: (job: Job) => void;
}

type End = Outcome | 'give-back' | 'drop';

const LANES = ['quick', 'heavy', 'background', 'spare'] as const;
const PROGRESS_WRITE_MS = 1000;
const STORE_RETRY_MS = 1000;
/** A handler that has not stopped by then is left to itself, and its job is closed. */
const STOP_GRACE_MS = 10_000;

export class JobRunner {
  private readonly options: JobRunnerOptions;
  private readonly running = new Map<string, RunningJob>();
  private readonly executions = new Set<Promise<void>>();
  private isStopping = false;
  private isPumpQueued = false;

  constructor(options: JobRunnerOptions) {
    this.options = options;
  }

  /** The job as its handler last reported it; undefined when it does not run here. */
  job(id: string): Job | undefined {
    return this.running.get(id)?.job;
  }

  holds(id: string): boolean {
    return this.running.has(id);
  }

  cancel(id: string): void {
    this.running.get(id)?.stop('cancel');
  }

  /** Aborts everything and gives the leases back, after at most `deadlineMs` for the handlers to stop. */
  async stop(deadlineMs: number): Promise<void> {
    const { clock, store } = this.options;
    this.isStopping = true;
    for (const running of this.running.values()) running.stop('shutdown');
    const isOver = new AbortController();
    const deadline = clock.sleep(deadlineMs, isOver.signal).catch(() => undefined);
    await Promise.race([Promise.all(this.executions), deadline]);
    isOver.abort();
    for (const { lease } of this.running.values()) this.guarded('give back', () => store.giveBack(lease, clock.nowMs()));
  }

  /** Claims once the current call stack is done, so that whoever enqueues sees the job pending first. */
  pumpSoon(): void {
    if (this.isPumpQueued || this.isStopping) return;
    this.isPumpQueued = true;
    queueMicrotask(() => {
      this.isPumpQueued = false;
      this.pump();
    });
  }

  /** Claims until every lane is full or nothing is due. */
  pump(): void {
    const { store, owner, leaseMs, clock, handlers } = this.options;
    this.guarded('claim', () => {
      for (const lane of LANES) {
        const kinds = handlers.kindsOf(lane);
        // Posters, waveforms and filmstrips are looked at while a library is analysed: no such work begins while they still queue.
        if (lane === 'background' && this.freeIn('quick') <= 0) continue;
        if (lane === 'spare' && [...this.running.values()].some(({ handler }) => handler.lane !== 'spare')) continue;
        let free = this.freeIn(lane);
        for (; kinds.length > 0 && free > 0 && !this.isStopping; free -= 1) {
          const claimed = store.claim({ owner, kinds, leaseMs, maxInterruptions: MAX_INTERRUPTIONS, nowMs: clock.nowMs() });
          if (claimed === null) break;
          this.begin(claimed);
        }
      }
    });
  }

  private freeIn(lane: JobHandler['lane']): number {
    return this.options.laneWidths[lane] - [...this.running.values()].filter((running) => running.handler.lane === lane).length;
  }

  /** Called by the queue's clock: heartbeats that are due, progress that is owed, handlers that did not stop. */
  keepAlive(): void {
    for (const running of [...this.running.values()]) this.guarded('heartbeat', () => this.keepOneAlive(running));
  }

  private begin(claimed: ClaimedJob): void {
    const { handlers, clock, log, logs, events, announce } = this.options;
    const handler = handlers.get(claimed.job.kind);
    if (handler === undefined) throw new Error(`A job of the kind ${claimed.job.kind} was claimed without a handler.`);
    const running = new RunningJob(claimed, handler, {
      nowMs: () => clock.nowMs(),
      log,
      append: (id, entry) => this.guarded('job log', () => logs.append(id, entry)),
      rate: (event) => events.rate(event),
      stageChanged: (changed) => this.guarded('progress', () => {
        this.heartbeat(changed);
        announce(changed.job);
      }),
    });
    if (handler.lane !== 'spare') for (const other of this.running.values()) if (other.handler.lane === 'spare') other.stop('yield');
    this.running.set(claimed.job.id, running);
    log.info({ jobId: claimed.job.id, kind: claimed.job.kind, attempt: claimed.lease.attempt }, 'job started');
    announce(running.job);
    const execution = this.execute(running).finally(() => this.executions.delete(execution));
    this.executions.add(execution);
  }

  private async execute(running: RunningJob): Promise<void> {
    const context = running.context();
    context.note(`attempt ${running.job.attempts} of ${running.job.max_attempts}`);
    let end: End;
    try {
      const result = await running.handler.run(this.options.handlers.parsePayload(running.handler.kind, running.payload), context);
      end = { state: 'completed', result, stages: running.completedStages() };
    } catch (thrown) {
      end = this.endOf(running, thrown);
      if (typeof end === 'object' && end.state !== 'cancelled') context.log.error({ err: thrown }, 'attempt failed');
    }
    await this.settle(running, end);
  }

  private endOf(running: RunningJob, thrown: unknown): End {
    if (running.stopReason === 'lost') return 'drop';
    if (running.stopReason === 'cancel') return { state: 'cancelled' };
    if (running.stopReason === 'shutdown' || running.stopReason === 'yield') return 'give-back';
    const error = isAbort(thrown) ? new AppError('internal', 'The work stopped without being asked to.', { cause: thrown }) : toAppError(thrown);
    const pauseMs = retryPauseMs(error, running.job.attempts - running.interruptions);
    if (pauseMs === null) return { state: 'failed', error: error.toBody() };
    const message = `${error.message} Trying again in ${pauseMs / 1000} s.`;
    return { state: 'retry', error: error.toBody(), runAfterMs: this.options.clock.nowMs() + pauseMs, message };
  }

  /** Writes the end, again and again where the store cannot take it now (a full disk), while the job is held here. */
  private async settle(running: RunningJob, end: End): Promise<void> {
    const id = running.lease.jobId;
    while (end !== 'drop' && this.running.get(id) === running) {
      try {
        this.finish(running, end);
      } catch (error) {
        this.options.log.error({ jobId: id, err: error }, 'the end of a job could not be stored');
        if (this.isStopping) break;
        await this.options.clock.sleep(STORE_RETRY_MS);
      }
    }
    if (this.running.get(id) === running && !this.isStopping) this.running.delete(id);
    this.pumpSoon();
  }

  private finish({ lease, startedMs }: RunningJob, end: Outcome | 'give-back'): void {
    const { store, clock, announce, log } = this.options;
    const job = end === 'give-back' ? store.giveBack(lease, clock.nowMs()) : store.finish(lease, end, clock.nowMs());
    this.running.delete(lease.jobId);
    if (job === null) return log.warn({ jobId: lease.jobId, attempt: lease.attempt, code: 'job-lease-lost' }, 'a late result was rejected');
    log.info({ jobId: job.id, kind: job.kind, state: job.state, ms: clock.nowMs() - startedMs, ...(job.error === null ? {} : { code: job.error.code }) }, 'job ended');
    announce(job);
  }

  private keepOneAlive(running: RunningJob): void {
    const nowMs = this.options.clock.nowMs();
    if (running.stopReason === 'cancel' && nowMs - running.stopRequestedMs > STOP_GRACE_MS) {
      this.options.log.warn({ jobId: running.lease.jobId, kind: running.handler.kind }, 'a handler did not stop when asked');
      return this.finish(running, { state: 'cancelled' });
    }
    running.flushRate(nowMs);
    const ageMs = nowMs - running.lastHeartbeatMs;
    if (ageMs >= this.options.leaseMs / 3 || (running.hasNews && ageMs >= PROGRESS_WRITE_MS)) this.heartbeat(running);
  }

  private heartbeat(running: RunningJob): void {
    const { store, clock, leaseMs, log } = this.options;
    const nowMs = clock.nowMs();
    const answer = store.heartbeat(running.lease, leaseMs, running.snapshot(), nowMs);
    running.lastHeartbeatMs = nowMs;
    running.hasNews = false;
    if (answer === 'cancel') running.stop('cancel');
    if (answer !== 'lost') return;
    log.warn({ jobId: running.lease.jobId, attempt: running.lease.attempt, code: 'job-lease-lost' }, 'a lease was lost');
    running.stop('lost');
    this.running.delete(running.lease.jobId);
  }

  /** Work outlives a store that cannot be written for a while. */
  private guarded(what: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.options.log.error({ err: error, what }, 'the job queue could not reach its store');
    }
  }
}
