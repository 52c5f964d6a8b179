/**
 * One attempt in progress: the context its handler sees, its progress, and the rate at which both are told.
 * It writes nothing to the store itself; the queue does, with its lease.
 */
import type { Job } from '../../contract/documents/job.ts';
import type { RateEvent } from '../../contract/events.ts';
import type { Log } from '../log.ts';
import type { JobContext, JobHandler, StageReport } from './job-handler.ts';
import type { ClaimedJob, JobLogEntry, Lease, ProgressSnapshot } from './ports.ts';
import { StageProgress } from './progress.ts';

const RATE_INTERVAL_MS = 100;

/** Why a signal aborted; the handler's rejection is read in its light. */
export type StopReason = 'cancel' | 'lost' | 'shutdown' | 'yield';

export interface RunningJobPorts {
  readonly nowMs: () => number;
  readonly log: Log;
  readonly append: (jobId: string, entry: JobLogEntry) => void;
  readonly rate: (event: RateEvent) => void;
  /** The stage is another than before: a state event, not a rate event. */
  readonly stageChanged: (running: RunningJob) => void;
}

export class RunningJob {
  readonly lease: Lease;
  readonly handler: JobHandler;
  readonly payload: unknown;
  readonly interruptions: number;
  stopReason: StopReason | null = null;
  stopRequestedMs = 0;
  readonly startedMs: number;
  lastHeartbeatMs: number;
  /** Progress was reported since the last heartbeat. */
  hasNews = false;

  private readonly controller = new AbortController();
  private readonly ports: RunningJobPorts;
  private readonly progress: StageProgress;
  private claimed: Job;
  private message: string | null = null;
  private speed: number | null = null;
  private reportedEtaS: number | null = null;
  private lastRateMs = 0;
  private isRateOwed = false;

  constructor(claimed: ClaimedJob, handler: JobHandler, ports: RunningJobPorts) {
    this.lease = claimed.lease;
    this.payload = claimed.payload;
    this.interruptions = claimed.interruptions;
    this.claimed = claimed.job;
    this.handler = handler;
    this.ports = ports;
    this.startedMs = ports.nowMs();
    this.lastHeartbeatMs = this.startedMs;
    this.progress = new StageProgress(handler.stages, this.startedMs);
  }

  /** The job as it stands now, progress included. */
  get job(): Job {
    const { stage, stages, progress, message, speed, etaS } = this.snapshot();
    return { ...this.claimed, stage, stages: [...stages], progress, message, speed, eta_s: etaS };
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  completedStages(): Job['stages'] {
    return this.progress.completedStages();
  }

  snapshot(): ProgressSnapshot {
    return {
      stage: this.progress.stage,
      stages: this.progress.snapshotStages(),
      progress: this.progress.percent,
      message: this.message,
      speed: this.speed,
      etaS: this.reportedEtaS ?? this.progress.etaS(this.ports.nowMs()),
    };
  }

  /** Asks the handler to stop; the first reason stays. */
  stop(reason: StopReason): void {
    if (this.stopReason !== null) return;
    this.stopReason = reason;
    this.stopRequestedMs = this.ports.nowMs();
    this.controller.abort(new DOMException(`The job was stopped (${reason}).`, 'AbortError'));
  }

  context(): JobContext {
    const { claimed, lease } = this;
    const append = (kind: JobLogEntry['kind'], text: string, fields?: object): void => {
      this.ports.append(lease.jobId, { atMs: this.ports.nowMs(), kind, text, ...(fields === undefined ? {} : { fields }) });
    };
    return {
      job: claimed,
      signal: this.controller.signal,
      log: jobLog(this.ports.log.child({ jobId: lease.jobId, kind: claimed.kind, attempt: lease.attempt }), append),
      stage: (name, done, report) => this.report(name, done, report),
      note: (line) => append('note', line),
      command: (program, args) => append('command', [program, ...args].map(quoted).join(' ')),
    };
  }

  private report(name: string, done: number, report: StageReport = {}): void {
    if (this.signal.aborted) return;
    const nowMs = this.ports.nowMs();
    const isNewStage = this.progress.report(name, done, nowMs);
    if (report.message !== undefined) this.message = report.message;
    if (report.speed !== undefined && Number.isFinite(report.speed)) this.speed = report.speed;
    this.reportedEtaS = report.etaS !== undefined && Number.isFinite(report.etaS) ? report.etaS : null;
    this.hasNews = true;
    if (isNewStage) {
      this.ports.append(this.lease.jobId, { atMs: nowMs, kind: 'info', text: `stage ${name}` });
      this.ports.stageChanged(this);
    } else {
      this.isRateOwed = true;
      this.flushRate(nowMs);
    }
  }

  /** Tells progress at most ten times a second; asked by the queue's clock too, so that the last of a burst is not kept back. */
  flushRate(nowMs: number): void {
    if (!this.isRateOwed || nowMs - this.lastRateMs < RATE_INTERVAL_MS) return;
    this.lastRateMs = nowMs;
    this.isRateOwed = false;
    const { stage, progress, speed, etaS } = this.snapshot();
    this.ports.rate({ type: 'job-progress', topic: 'jobs', job_id: this.lease.jobId, stage, progress, speed, eta_s: etaS });
  }
}

/** A log that writes to the program's log and to the job's own sheet. */
function jobLog(log: Log, append: (kind: JobLogEntry['kind'], text: string, fields?: object) => void): Log {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: object, message: string) => {
    log[level](fields, message);
    append(level, message, fields);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: (fields) => jobLog(log.child(fields), append) };
}

/** As one would type it; only for reading. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
