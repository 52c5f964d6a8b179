/** How jobs are spoken of: stages in the user's words, groups of the sheet. */
import type { Job } from '../../../src-main/contract/documents/job.ts';
import { en } from '../../../src-main/contract/text/en.ts';

/** A stage's name; one the catalogue does not know is shown as the program calls it. */
export function stageName(stage: string): string {
  return en.jobs.stage[stage] ?? stage.charAt(0).toLocaleUpperCase() + stage.slice(1).replaceAll(/[-_]/g, ' ');
}

export type JobGroup = keyof typeof en.jobs.group;

export function groupOf(job: Job): JobGroup {
  if (job.state === 'running') return 'running';
  if (job.state === 'pending') return 'pending';
  return job.state === 'failed' ? 'failed' : 'done';
}

export function stateName(job: Job): string {
  return job.paused && job.state === 'pending' ? en.jobs.state.paused : en.jobs.state[job.state];
}

/** Seconds a job ran, or has run so far. */
export function tookS(job: Job, now: Date): number | null {
  if (job.started_at === null) return null;
  const end = job.finished_at === null ? now.getTime() : Date.parse(job.finished_at);
  return Math.max(0, (end - Date.parse(job.started_at)) / 1000);
}
