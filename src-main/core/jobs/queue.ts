/**
 * The durable queue: claims jobs of the kinds it has handlers for, keeps their leases alive, retries, cancels, resumes.
 * Several processes may run one over the same store; a job is held by exactly one of them at a time.
 */
import type { Job, JobKind } from '../../contract/documents/job.ts';
import { AppError, isAbort, toAppError } from '../../contract/errors.ts';
import type { JobLog } from '../../contract/operations/jobs.ts';
import type { Clock, NewId } from '../clock.ts';
import type { EventSink } from '../event-sink.ts';
import type { Log } from '../log.ts';
import { JobFeed } from './feed.ts';
import { HandlerTable } from './handler-table.ts';
import type { EnqueueRequest, JobHandler, Jobs } from './job-handler.ts';
import type { ClaimedJob, JobLogStore, JobStore, Outcome } from './ports.ts';
import { MAX_ATTEMPTS, retryPauseMs } from './retry.ts';
import { RunningJob, type StopReason } from './running-job.ts';

export interface JobQueueOptions {
  readonly store: JobStore;
  readonly logs: JobLogStore;
  readonly events: EventSink;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Names this process among all that ever had this store open. */
  readonly owner: string;
  /** Whether the process behind another owner's name still runs; true where one cannot know. */
  readonly isOwnerAlive: (owner: string) => boolean;
  readonly handlers: readonly JobHandler[];
  readonly laneWidths?: Readonly<Record<JobHandler['lane'], number>>;
  readonly leaseMs?: number;
  /** How often other processes' changes, cancellations and due retries are looked for. */
  readonly pollMs?: number;
}

const LANES = ['quick', 'heavy'] as const;
const DEFAULT_LANE_WIDTHS = { quick: 2, heavy: 1 } as const;
const DEFAULT_LEASE_MS = 15_000;
const DEFAULT_POLL_MS = 250;
const PROGRESS_WRITE_MS = 1000;
const SWEEP_MS = 5000;
/** A handler that has not stopped by then is left to itself, and its job is closed. */
const STOP_GRACE_MS = 10_000;
const KEEP_DISMISSED_MS = 30 * 24 * 3600 * 1000;

export class JobQueue implements Jobs {
  private readonly options: JobQueueOptions;
  private readonly handlers: HandlerTable;
  private readonly feed: JobFeed;
  private readonly running = new Map<string, RunningJob>();
  private readonly executions = new Set<Promise<void>>();
  private readonly leaseMs: number;
  private readonly pollMs: number;
  private readonly stopping = new AbortController();
  private loop: Promise<void> | null = null;
  private isPumpQueued = false;
  private lastSweepMs = 0;

  /** @throws Error when a kind has two handlers or the weights of a handler's stages do not sum to 1. */
  constructor(options: JobQueueOptions) {
    this.options = options;
    this.handlers = new HandlerTable(options.handlers);
    this.leaseMs = options.leaseMs ?? DEFAULT_LEASE_MS;
    this.pollMs = options.pollMs ?? DEFAULT_POLL_MS;
    this.feed = new JobFeed(options.store, options.events);
  }

  /**
   * Begins to claim and run jobs, those that a killed process held first.
   * @param requiredKinds  every kind this process must have a handler for; the studio gives all, a command its own
   * @throws Error when one of them has none.
   */
  start(requiredKinds: readonly JobKind[] = []): void {
    this.handlers.require(requiredKinds);
    if (this.loop !== null) return;
    for (const id of this.options.store.prune(this.now() - KEEP_DISMISSED_MS)) this.options.logs.remove(id);
    this.sweep();
    this.loop = this.runLoop();
  }

  /**
   * Stops claiming, aborts what runs and gives its leases back, so that the next process goes on at once.
   * @param deadlineMs  how long handlers may take to stop
   */
  async stop(deadlineMs = 5000): Promise<void> {
    this.stopping.abort();
    for (const running of this.running.values()) running.stop('shutdown');
    const isOver = new AbortController();
    const deadline = this.options.clock.sleep(deadlineMs, isOver.signal).catch(() => undefined);
    await Promise.race([Promise.all(this.executions), deadline]);
    isOver.abort();
    for (const { lease } of this.running.values()) this.guarded('give back', () => this.options.store.giveBack(lease, this.now()));
    await this.loop;
  }

  enqueue(request: EnqueueRequest): Job {
    const handler = this.handlers.get(request.kind);
    const payload = handler === undefined ? request.payload : parsePayload(handler, request.payload);
    const { job, isNew } = this.options.store.insert(
      {
        id: this.options.newId(),
        kind: request.kind,
        title: request.title,
        payload,
        priority: request.priority ?? 0,
        maxAttempts: MAX_ATTEMPTS,
        stages: (handler?.stages ?? []).map(({ name, weight }) => ({ name, weight, done: 0 })),
        dedupeKey: request.dedupeKey ?? null,
        idempotencyKey: request.idempotencyKey ?? null,
        parent: request.parent ?? null,
        mediaId: request.mediaId ?? null,
        projectId: request.projectId ?? null,
      },
      this.now(),
    );
    if (isNew) this.feed.announce(job);
    this.pumpSoon();
    return job;
  }

  get(id: string): Job {
    const job = this.running.get(id)?.job ?? this.options.store.get(id);
    if (job === null) throw notFound(id);
    return job;
  }

  /** Newest first; what runs here is as new as its last report. */
  list({ state, limit = 200 }: { state?: Job['state']; limit?: number } = {}): Job[] {
    const jobs = this.options.store.list({ limit, ...(state === undefined ? {} : { state }) });
    return jobs.map((job) => this.running.get(job.id)?.job ?? job);
  }

  /** Cancels a job and the live jobs it started; a finished one is left as it is. */
  cancel(id: string): Job {
    const job = this.options.store.requestCancel(id, this.now());
    if (job === null) throw notFound(id);
    this.feed.announce(job);
    this.running.get(id)?.stop('cancel');
    for (const child of this.options.store.liveChildren(id)) this.cancel(child);
    return job;
  }

  /** @throws AppError 'job-not-retryable' unless it failed or was cancelled and its work is not queued already. */
  retry(id: string): Job {
    const before = this.get(id);
    const job = this.options.store.requeue(id, this.now());
    if (job === null) {
      const isOver = before.state === 'failed' || before.state === 'cancelled';
      throw new AppError('job-not-retryable', isOver ? 'The same work is already waiting or running.' : `A ${before.state} job cannot be tried again.`, {
        hint: isOver ? 'Wait for it in the list of jobs.' : 'Only failed and cancelled jobs can.',
      });
    }
    this.feed.announce(job);
    this.pumpSoon();
    return job;
  }

  pause(id: string): Job {
    return this.setPaused(id, true);
  }

  resume(id: string): Job {
    const job = this.setPaused(id, false);
    this.pumpSoon();
    return job;
  }

  /** Takes a finished job off the list; its record is kept for 30 days. @throws AppError 'input-invalid' while it is not finished. */
  dismiss(id: string): void {
    this.get(id);
    if (!this.options.store.dismiss(id, this.now())) {
      throw new AppError('input-invalid', 'A job that is waiting or running stays on the list.', { hint: 'Cancel it first.' });
    }
    this.feed.announceDismissed(id);
  }

  log(id: string): JobLog {
    this.get(id);
    return this.options.logs.read(id);
  }

  async finished(id: string, signal?: AbortSignal): Promise<Job> {
    return this.feed.finished(this.get(id), signal);
  }

  private setPaused(id: string, isPaused: boolean): Job {
    const job = this.options.store.setPaused(id, isPaused, this.now());
    if (job === null) throw notFound(id);
    this.feed.announce(job);
    return job;
  }

  private now(): number {
    return this.options.clock.nowMs();
  }

  private async runLoop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.tick();
      await this.options.clock.sleep(this.pollMs, this.stopping.signal).catch(() => undefined);
    }
  }

  private tick(): void {
    const nowMs = this.now();
    for (const running of [...this.running.values()]) this.guarded('heartbeat', () => this.keepAlive(running, nowMs));
    this.guarded('read changes', () => {
      for (const id of this.feed.poll((held) => this.running.has(held))) this.running.get(id)?.stop('cancel');
    });
    if (nowMs - this.lastSweepMs >= SWEEP_MS) this.guarded('sweep', () => this.sweep());
    this.guarded('claim', () => this.pump());
  }

  private sweep(): void {
    this.lastSweepMs = this.now();
    const isAlive = (owner: string): boolean => owner === this.options.owner || this.options.isOwnerAlive(owner);
    for (const job of this.options.store.sweep(isAlive, this.lastSweepMs)) this.feed.announce(job);
  }

  private pumpSoon(): void {
    if (this.isPumpQueued || this.loop === null) return;
    this.isPumpQueued = true;
    queueMicrotask(() => {
      this.isPumpQueued = false;
      this.guarded('claim', () => this.pump());
    });
  }

  /** Claims until every lane is full or nothing is due. */
  private pump(): void {
    const { store, owner, laneWidths = DEFAULT_LANE_WIDTHS } = this.options;
    for (const lane of LANES) {
      const kinds = this.handlers.kindsOf(lane);
      let free = laneWidths[lane] - [...this.running.values()].filter((running) => running.handler.lane === lane).length;
      while (kinds.length > 0 && free > 0 && !this.stopping.signal.aborted) {
        const claimed = store.claim({ owner, kinds, leaseMs: this.leaseMs, nowMs: this.now() });
        if (claimed === null) break;
        this.begin(claimed);
        free -= 1;
      }
    }
  }

  private begin(claimed: ClaimedJob): void {
    const handler = this.handlers.get(claimed.job.kind);
    if (handler === undefined) throw new Error(`A job of the kind ${claimed.job.kind} was claimed without a handler.`);
    const running = new RunningJob(claimed, handler, {
      nowMs: () => this.now(),
      log: this.options.log,
      append: (id, entry) => this.guarded('job log', () => this.options.logs.append(id, entry)),
      rate: (event) => this.options.events.rate(event),
      stageChanged: (changed) => this.guarded('progress', () => {
        this.keepAlive(changed, this.now(), true);
        this.feed.announce(changed.job);
      }),
    });
    this.running.set(claimed.job.id, running);
    this.feed.announce(running.job);
    const execution = this.execute(running).finally(() => this.executions.delete(execution));
    this.executions.add(execution);
  }

  private async execute(running: RunningJob): Promise<void> {
    const context = running.context();
    context.note(`attempt ${running.job.attempts} of ${running.job.max_attempts}`);
    let outcome: Outcome | 'give-back' | 'drop';
    try {
      const result = await running.handler.run(parsePayload(running.handler, running.payload), context);
      outcome = { state: 'completed', result, stages: running.completedStages() };
    } catch (thrown) {
      outcome = this.outcomeOf(running, thrown);
      if (outcome !== 'drop' && outcome !== 'give-back' && outcome.state !== 'cancelled') context.log.error({ err: thrown }, 'attempt failed');
    }
    await this.settle(running, outcome);
  }

  private outcomeOf(running: RunningJob, thrown: unknown): Outcome | 'give-back' | 'drop' {
    if (running.stopReason === 'lost') return 'drop';
    if (running.stopReason === 'cancel') return { state: 'cancelled' };
    if (running.stopReason === 'shutdown') return 'give-back';
    const error = isAbort(thrown) ? new AppError('internal', 'The work stopped without being asked to.', { cause: thrown }) : toAppError(thrown);
    const { attempts, max_attempts: maxAttempts } = running.job;
    const pauseMs = attempts < maxAttempts ? retryPauseMs(error, attempts) : null;
    if (pauseMs === null) return { state: 'failed', error: error.toBody() };
    const message = `${error.message} Trying again in ${pauseMs / 1000} s.`;
    return { state: 'retry', error: error.toBody(), runAfterMs: this.now() + pauseMs, message };
  }

  /** Writes the outcome, again and again where the store cannot take it now (a full disk), while the lease is ours. */
  private async settle(running: RunningJob, outcome: Outcome | 'give-back' | 'drop'): Promise<void> {
    const id = running.lease.jobId;
    while (this.running.get(id) === running && outcome !== 'drop') {
      try {
        const { store } = this.options;
        const job = outcome === 'give-back' ? store.giveBack(running.lease, this.now()) : store.finish(running.lease, outcome, this.now());
        this.running.delete(id);
        if (job === null) this.options.log.warn({ jobId: id, attempt: running.lease.attempt, code: 'job-lease-lost' }, 'a late result was rejected');
        else this.feed.announce(job);
        break;
      } catch (error) {
        this.options.log.error({ jobId: id, err: error }, 'the end of a job could not be stored');
        if (this.stopping.signal.aborted) break;
        await this.options.clock.sleep(PROGRESS_WRITE_MS);
      }
    }
    if (this.running.get(id) === running) this.running.delete(id);
    this.pumpSoon();
  }

  private keepAlive(running: RunningJob, nowMs: number, isForced = false): void {
    if (running.stopReason === 'cancel' && nowMs - running.stopRequestedMs > STOP_GRACE_MS) return this.abandon(running, nowMs);
    running.flushRate(nowMs);
    const ageMs = nowMs - running.lastHeartbeatMs;
    const isDue = isForced || ageMs >= this.leaseMs / 3 || (running.hasNews && ageMs >= PROGRESS_WRITE_MS);
    if (!isDue) return;
    const answer = this.options.store.heartbeat(running.lease, this.leaseMs, running.snapshot(), nowMs);
    running.lastHeartbeatMs = nowMs;
    running.hasNews = false;
    if (answer === 'cancel') running.stop('cancel');
    if (answer === 'lost') this.drop(running);
  }

  private drop(running: RunningJob): void {
    this.options.log.warn({ jobId: running.lease.jobId, attempt: running.lease.attempt, code: 'job-lease-lost' }, 'a lease was lost');
    running.stop('lost' satisfies StopReason);
    this.running.delete(running.lease.jobId);
  }

  private abandon(running: RunningJob, nowMs: number): void {
    this.options.log.warn({ jobId: running.lease.jobId, kind: running.handler.kind }, 'a handler did not stop when asked');
    const job = this.options.store.finish(running.lease, { state: 'cancelled' }, nowMs);
    this.running.delete(running.lease.jobId);
    if (job !== null) this.feed.announce(job);
  }

  /** The loop outlives a store that cannot be written for a while. */
  private guarded(what: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.options.log.error({ err: error, what }, 'the job queue could not reach its store');
    }
  }
}

function parsePayload(handler: JobHandler, payload: unknown): unknown {
  const parsed = handler.payload.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new AppError('input-invalid', `A ${handler.kind} job was given input it does not understand.`, { details: parsed.error.issues });
}

function notFound(id: string): AppError {
  return new AppError('job-not-found', 'There is no such job.', { details: { id } });
}
