/**
 * The durable queue: takes jobs in, answers for them, and drives the runner that claims those this process can do.
 * Several processes may run one over the same store; a job is held by exactly one of them at a time.
 */
import type { Job, JobKind } from '../../contract/documents/job.ts';
import { AppError } from '../../contract/errors.ts';
import type { JobLog } from '../../contract/operations/jobs.ts';
import type { Clock, NewId } from '../clock.ts';
import type { EventSink } from '../event-sink.ts';
import type { Log } from '../log.ts';
import { JobFeed } from './feed.ts';
import { HandlerTable } from './handler-table.ts';
import type { EnqueueRequest, JobHandler, Jobs } from './job-handler.ts';
import type { JobLogStore, JobStore } from './ports.ts';
import { MAX_ATTEMPTS, MAX_INTERRUPTIONS } from './retry.ts';
import { JobRunner } from './runner.ts';

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
  readonly laneWidths?: Readonly<Partial<Record<JobHandler['lane'], number>>>;
  readonly leaseMs?: number;
  /** How often other processes' changes, cancellations and due retries are looked for. */
  readonly pollMs?: number;
}

/** Work over a whole library has a lane of its own: minutes of it hold up no render. */
const DEFAULT_LANE_WIDTHS = { quick: 2, heavy: 1, background: 1, spare: 1 } as const;
const DEFAULT_LEASE_MS = 15_000;
const DEFAULT_POLL_MS = 250;
const SWEEP_MS = 5000;
const KEEP_ENDED_MS = 30 * 24 * 3600 * 1000;

export class JobQueue implements Jobs {
  private readonly options: JobQueueOptions;
  private readonly handlers: HandlerTable;
  private readonly feed: JobFeed;
  private readonly runner: JobRunner;
  private readonly stopping = new AbortController();
  private loop: Promise<void> | null = null;
  private lastSweepMs = 0;

  /** @throws Error when a kind has two handlers or the weights of a handler's stages do not sum to 1. */
  constructor(options: JobQueueOptions) {
    const { laneWidths, leaseMs = DEFAULT_LEASE_MS } = options;
    this.options = options;
    this.handlers = new HandlerTable(options.handlers);
    this.feed = new JobFeed(options.store, options.events);
    this.runner = new JobRunner({ ...options, laneWidths: { ...DEFAULT_LANE_WIDTHS, ...laneWidths }, leaseMs, handlers: this.handlers, announce: (job) => this.feed.announce(job) });
  }

  /**
   * Begins to claim and run jobs, those that a killed process held first.
   * @param requiredKinds  every kind this process must have a handler for; the studio gives all, a command its own
   * @throws Error when one of them has none.
   */
  start(requiredKinds: readonly JobKind[] = []): void {
    this.handlers.require(requiredKinds);
    if (this.loop !== null) return;
    for (const id of this.options.store.prune(this.now() - KEEP_ENDED_MS)) this.options.logs.remove(id);
    this.sweep();
    this.loop = this.runLoop();
  }

  /**
   * Stops claiming, aborts what runs and gives its leases back, so that the next process goes on at once.
   * @param deadlineMs  how long handlers may take to stop
   */
  async stop(deadlineMs = 5000): Promise<void> {
    this.stopping.abort();
    await this.runner.stop(deadlineMs);
    await this.loop;
  }

  enqueue(request: EnqueueRequest): Job {
    const payload = this.handlers.parsePayload(request.kind, request.payload);
    const { job, isNew } = this.options.store.insert(
      {
        id: this.options.newId(),
        kind: request.kind,
        title: request.title,
        payload,
        priority: request.priority ?? 0,
        maxAttempts: MAX_ATTEMPTS,
        stages: (this.handlers.get(request.kind)?.stages ?? []).map(({ name, weight }) => ({ name, weight, done: 0 })),
        dedupeKey: request.dedupeKey ?? null,
        idempotencyKey: request.idempotencyKey ?? null,
        parent: request.parent ?? null,
        mediaId: request.mediaId ?? null,
        projectId: request.projectId ?? null,
      },
      this.now(),
    );
    if (isNew) this.feed.announce(job);
    this.pumpIfStarted();
    return job;
  }

  get(id: string): Job {
    const job = this.runner.job(id) ?? this.options.store.get(id);
    if (job === null) throw notFound(id);
    return job;
  }

  /** Newest first; what runs here is as new as its last report. */
  list({ state, limit = 200 }: { state?: Job['state']; limit?: number } = {}): Job[] {
    const jobs = this.options.store.list({ limit, ...(state === undefined ? {} : { state }) });
    return jobs.map((job) => this.runner.job(job.id) ?? job);
  }

  /** Cancels a job and the live jobs it started; a finished one is left as it is. */
  cancel(id: string): Job {
    const job = this.options.store.requestCancel(id, this.now());
    if (job === null) throw notFound(id);
    this.feed.announce(job);
    this.runner.cancel(id);
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
    this.pumpIfStarted();
    return job;
  }

  pause(id: string): Job {
    return this.setPaused(id, true);
  }

  resume(id: string): Job {
    const job = this.setPaused(id, false);
    this.pumpIfStarted();
    return job;
  }

  /** Takes a finished job off the list; its record is kept for 30 days, as every job's. @throws AppError 'input-invalid' while it is not finished. */
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
      await this.options.clock.sleep(this.options.pollMs ?? DEFAULT_POLL_MS, this.stopping.signal).catch(() => undefined);
    }
  }

  private tick(): void {
    // First of all: after the machine slept, our own leases have expired and must not look abandoned to us.
    this.runner.keepAlive();
    try {
      for (const id of this.feed.poll((held) => this.runner.holds(held))) this.runner.cancel(id);
      if (this.now() - this.lastSweepMs >= SWEEP_MS) this.sweep();
    } catch (error) {
      this.options.log.error({ err: error }, 'the job queue could not read its store');
    }
    this.runner.pump();
  }

  private sweep(): void {
    this.lastSweepMs = this.now();
    const isOwnerAlive = (owner: string): boolean => owner === this.options.owner || this.options.isOwnerAlive(owner);
    const ended = this.options.store.sweep({ isOwnerAlive, maxInterruptions: MAX_INTERRUPTIONS, nowMs: this.lastSweepMs });
    for (const job of ended) this.feed.announce(job);
  }

  private pumpIfStarted(): void {
    if (this.loop !== null) this.runner.pumpSoon();
  }
}

function notFound(id: string): AppError {
  return new AppError('job-not-found', 'There is no such job.', { details: { id } });
}
