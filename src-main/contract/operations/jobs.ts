/** Operations on jobs. */
import { z } from 'zod';

import { JOB_STATES, JobSchema } from '../documents/job.ts';
import { IdSchema } from '../ids.ts';
import { operations } from '../operation.ts';

const params = z.object({ id: IdSchema });

export const JobLogSchema = z.object({ lines: z.array(z.string()), commands: z.array(z.string()) });
export type JobLog = z.infer<typeof JobLogSchema>;

export const jobOperations = operations({
  listJobs: {
    method: 'GET',
    path: '/api/jobs',
    summary: 'Jobs, newest first.',
    query: z.object({ state: z.enum(JOB_STATES).optional(), limit: z.coerce.number().int().min(1).max(1000).default(200) }),
    response: z.object({ jobs: z.array(JobSchema) }),
  },
  getJob: { method: 'GET', path: '/api/jobs/:id', summary: 'One job.', params, response: JobSchema },
  getJobLog: { method: 'GET', path: '/api/jobs/:id/log', summary: 'Its log and the FFmpeg commands it ran (home paths shortened).', params, response: JobLogSchema },
  cancelJob: { method: 'POST', path: '/api/jobs/:id/cancel', summary: 'Cancel; a finished job is left as it is.', params, response: JobSchema },
  retryJob: { method: 'POST', path: '/api/jobs/:id/retry', summary: 'Queue a failed or cancelled job again.', params, response: JobSchema },
  pauseJob: { method: 'POST', path: '/api/jobs/:id/pause', summary: 'Hold a waiting job back.', params, response: JobSchema },
  resumeJob: { method: 'POST', path: '/api/jobs/:id/resume', summary: 'Let a held job go on.', params, response: JobSchema },
  dismissJob: { method: 'DELETE', path: '/api/jobs/:id', summary: 'Take a finished job off the list; its artifacts stay.', params, status: 204 },
});
