/** Jobs: the durable queue and the table of what follows what. */
export { JobQueue, type JobQueueOptions } from './queue.ts';
export { MAX_ATTEMPTS, retryPauseMs } from './retry.ts';
export { followUps } from './pipeline.ts';
export type { JobLogEntry, JobLogStore, JobStore } from './ports.ts';
export type { EnqueueRequest, JobContext, JobHandler, Jobs, StageReport, StageSpec } from './job-handler.ts';
