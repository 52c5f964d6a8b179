/** Jobs as the program has them, newest first, kept true by events; what to do with each. */
import { create } from 'zustand';

import type { Job } from '../../src-main/contract/documents/job.ts';
import type { KinetoneEvent } from '../../src-main/contract/events.ts';
import { call } from '../api/client.ts';
import { attempt } from './toast-store.ts';

interface JobsState {
  readonly jobs: readonly Job[];
  readonly load: () => Promise<void>;
  readonly put: (job: Job) => void;
  readonly drop: (id: string) => void;
  readonly progress: (event: Extract<KinetoneEvent, { type: 'job-progress' }>) => void;
}

export const useJobs = create<JobsState>()((set) => ({
  jobs: [],
  load: async () => set({ jobs: (await call('listJobs', { query: { limit: 500 } })).jobs }),
  put: (job) =>
    set((state) => {
      const index = state.jobs.findIndex((other) => other.id === job.id);
      return { jobs: index === -1 ? [job, ...state.jobs] : state.jobs.with(index, job) };
    }),
  drop: (id) => set((state) => ({ jobs: state.jobs.filter((job) => job.id !== id) })),
  progress: (event) =>
    set((state) => {
      const index = state.jobs.findIndex((job) => job.id === event.job_id);
      const job = state.jobs[index];
      if (!job || job.state !== 'running') return {};
      return {
        jobs: state.jobs.with(index, {
          ...job,
          stage: event.stage,
          progress: event.progress,
          speed: event.speed,
          eta_s: event.eta_s,
        }),
      };
    }),
}));

export function useJob(id: string | null): Job | null {
  return useJobs((state) => (id === null ? null : (state.jobs.find((job) => job.id === id) ?? null)));
}

type JobOperation = 'cancelJob' | 'retryJob' | 'pauseJob' | 'resumeJob';

function change(operation: JobOperation): (id: string) => void {
  return (id) => attempt(call(operation, { params: { id } }).then(useJobs.getState().put));
}

export const cancelJob = change('cancelJob');
export const retryJob = change('retryJob');
export const pauseJob = change('pauseJob');
export const resumeJob = change('resumeJob');

export function dismissJob(id: string): void {
  attempt(call('dismissJob', { params: { id } }).then(() => useJobs.getState().drop(id)));
}

export const isOver = (job: Job): boolean =>
  job.state === 'completed' || job.state === 'failed' || job.state === 'cancelled';

/** Settles when the job is over; follows events, and asks once in case it was over before. */
export function whenOver(id: string): Promise<Job> {
  return new Promise((resolve) => {
    const check = (): boolean => {
      const job = useJobs.getState().jobs.find((other) => other.id === id);
      if (!job || !isOver(job)) return false;
      stop();
      resolve(job);
      return true;
    };
    const stop = useJobs.subscribe(() => check());
    if (!check()) attempt(call('getJob', { params: { id } }).then(useJobs.getState().put));
  });
}
