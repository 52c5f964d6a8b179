/**
 * Tells what became of jobs, whichever process changed them: state events for a new state or stage, rate events for
 * progress, and the end to those who wait for it. Changes of other processes are found by the store's revision.
 */
import type { Job } from '../../contract/documents/job.ts';
import type { EventSink } from '../event-sink.ts';
import type { JobStore } from './ports.ts';

/** More than ever run at once; a job told twice does no harm. */
const MOST_FACES = 2000;

const isOver = (job: Job): boolean => job.state === 'completed' || job.state === 'failed' || job.state === 'cancelled';
/** What makes a change a state event; everything else about a job is its rate. */
const face = (job: Job): string => JSON.stringify([job.state, job.stage, job.paused, job.attempts, job.error?.code, job.finished_at]);

export class JobFeed {
  private readonly store: JobStore;
  private readonly events: EventSink;
  private readonly waiting = new Map<string, Set<(job: Job) => void>>();
  /** What was last told of each job, newest last. */
  private readonly faces = new Map<string, string>();
  private revision: number;
  private counter: number;

  constructor(store: JobStore, events: EventSink) {
    this.store = store;
    this.events = events;
    this.counter = store.changeCounter();
    this.revision = store.newestRevision();
  }

  announce(job: Job): void {
    this.remember(job);
    this.events.state({ type: 'job-changed', topic: 'jobs', job });
    if (isOver(job)) this.settle(job);
  }

  announceDismissed(id: string): void {
    this.events.state({ type: 'job-dismissed', topic: 'jobs', job_id: id });
  }

  /**
   * Announces what other processes wrote since the last call.
   * @param isHeldHere  whether this process runs a job, and so tells its progress itself
   * @returns ids of jobs somebody asked to cancel. Cost: one pragma where nothing changed.
   */
  poll(isHeldHere: (id: string) => boolean): string[] {
    const counter = this.store.changeCounter();
    if (counter === this.counter) return [];
    this.counter = counter;
    const changes = this.store.changedSince(this.revision);
    this.revision = changes.at(-1)?.revision ?? this.revision;
    for (const { job, isDismissed } of changes) {
      if (isDismissed) this.announceDismissed(job.id);
      else if (this.faces.get(job.id) !== face(job)) this.announce(job);
      else if (job.state === 'running' && !isHeldHere(job.id)) this.tellProgress(job);
    }
    return changes.filter((change) => change.isCancelRequested && !isOver(change.job)).map((change) => change.job.id);
  }

  /** Resolves with the job once it is completed, failed or cancelled; rejects when `signal` aborts. */
  async finished(job: Job, signal?: AbortSignal): Promise<Job> {
    if (isOver(job)) return job;
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const waiting = this.waiting.get(job.id) ?? new Set();
      this.waiting.set(job.id, waiting);
      const done = (ended: Job): void => {
        signal?.removeEventListener('abort', abort);
        resolve(ended);
      };
      const abort = (): void => {
        waiting.delete(done);
        reject(signal?.reason as Error);
      };
      waiting.add(done);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  private remember(job: Job): void {
    this.faces.delete(job.id);
    this.faces.set(job.id, face(job));
    for (const id of this.faces.keys()) {
      if (this.faces.size <= MOST_FACES) break;
      this.faces.delete(id);
    }
  }

  private tellProgress(job: Job): void {
    this.events.rate({ type: 'job-progress', topic: 'jobs', job_id: job.id, stage: job.stage, progress: job.progress, speed: job.speed, eta_s: job.eta_s });
  }

  private settle(job: Job): void {
    const waiting = this.waiting.get(job.id);
    this.waiting.delete(job.id);
    for (const done of waiting ?? []) done(job);
  }
}
