/** The operations on jobs. */
import type { jobOperations } from '../contract/operations/jobs.ts';
import type { JobQueue } from '../core/jobs/index.ts';
import type { HandlersOf } from './handler.ts';

export function jobHandlers(jobs: JobQueue): HandlersOf<typeof jobOperations> {
  return {
    listJobs: ({ query: { state, limit } }) => ({ jobs: jobs.list({ limit, ...(state === undefined ? {} : { state }) }) }),
    getJob: ({ params }) => jobs.get(params.id),
    getJobLog: ({ params }) => jobs.log(params.id),
    cancelJob: ({ params }) => jobs.cancel(params.id),
    retryJob: ({ params }) => jobs.retry(params.id),
    pauseJob: ({ params }) => jobs.pause(params.id),
    resumeJob: ({ params }) => jobs.resume(params.id),
    dismissJob: ({ params }) => jobs.dismiss(params.id),
  };
}
