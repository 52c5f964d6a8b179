/**
 * Progress of one attempt: stages with weights in, one number that never falls and an estimate of what is left out.
 * Stages follow one another: entering one completes those before it.
 */
import type { JobStage } from '../../contract/documents/job.ts';
import type { StageSpec } from './job-handler.ts';

/** 100 says that the result is usable, so a running job stops short of it. */
const MOST_WHILE_RUNNING = 99.9;
const WINDOW_MS = 15_000;
const MIN_SHARE_FOR_ETA = 0.02;
const MIN_ELAPSED_FOR_ETA_MS = 1000;

interface Sample {
  readonly atMs: number;
  readonly share: number;
}

export class StageProgress {
  private readonly stages: { name: string; weight: number; done: number }[];
  private readonly samples: Sample[];
  private readonly startMs: number;
  private current: string | null = null;
  private best = 0;

  constructor(stages: readonly StageSpec[], nowMs: number) {
    this.stages = stages.map(({ name, weight }) => ({ name, weight, done: 0 }));
    this.startMs = nowMs;
    this.samples = [{ atMs: nowMs, share: 0 }];
  }

  /**
   * @param done  0..1 of that stage; a value below an earlier one is ignored
   * @returns whether the stage is another than before.
   * @throws Error for a stage the handler did not declare (a bug of the handler).
   */
  report(name: string, done: number, nowMs: number): boolean {
    const index = this.stages.findIndex((stage) => stage.name === name);
    const stage = this.stages[index];
    if (stage === undefined) throw new Error(`The stage ${name} is not one of ${this.stages.map((s) => s.name).join(', ')}.`);
    for (const earlier of this.stages.slice(0, index)) earlier.done = 1;
    if (Number.isFinite(done)) stage.done = Math.max(stage.done, Math.min(1, done));
    const isNew = this.current !== name;
    this.current = name;
    this.best = Math.max(this.best, this.stages.reduce((sum, { weight, done: share }) => sum + weight * share, 0));
    this.keep({ atMs: nowMs, share: this.best });
    return isNew;
  }

  get stage(): string | null {
    return this.current;
  }

  /** 0..100, at most 99.9. */
  get percent(): number {
    return Math.min(MOST_WHILE_RUNNING, Math.round(this.best * 10_000) / 100);
  }

  snapshotStages(): JobStage[] {
    return this.stages.map((stage) => ({ ...stage }));
  }

  completedStages(): JobStage[] {
    return this.stages.map((stage) => ({ ...stage, done: 1 }));
  }

  /** Seconds left at the mean of the recent and the overall rate; null while it is too early to say. */
  etaS(nowMs: number): number | null {
    const [first] = this.samples;
    const elapsedMs = nowMs - this.startMs;
    if (first === undefined || this.best < MIN_SHARE_FOR_ETA || elapsedMs < MIN_ELAPSED_FOR_ETA_MS) return null;
    const overall = this.best / elapsedMs;
    const recent = nowMs > first.atMs ? (this.best - first.share) / (nowMs - first.atMs) : overall;
    const rate = (overall + recent) / 2;
    return rate > 0 ? Math.round((1 - this.best) / rate / 100) / 10 : null;
  }

  private keep(sample: Sample): void {
    const beforeLast = this.samples.at(-2);
    // Ten samples a second describe the window; a report per frame would not say more.
    if (beforeLast !== undefined && sample.atMs - beforeLast.atMs < 100) this.samples.pop();
    this.samples.push(sample);
    while (this.samples.length > 2 && (this.samples[1]?.atMs ?? 0) <= sample.atMs - WINDOW_MS) this.samples.shift();
  }
}
