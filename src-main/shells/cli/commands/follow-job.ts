/** Follows a job to its end with a progress line; Ctrl+C cancels it and waits until it has stopped. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Job } from '../../../contract/documents/job.ts';
import { AppError } from '../../../contract/errors.ts';
import type { CommandContext } from './command.ts';

const POLL_MS = 100;
const isOver = (job: Job): boolean => job.state === 'completed' || job.state === 'failed' || job.state === 'cancelled';

/**
 * @returns the completed job
 * @throws AppError of the failed job; `cancelled` when it was cancelled, here or elsewhere.
 */
export async function followJob(context: CommandContext, jobId: string): Promise<Job> {
  const { client, terminal, signal } = context;
  let isCancelling = false;
  for (;;) {
    const job = await client.call('getJob', { params: { id: jobId }, isUrgent: true });
    terminal.progress(job);
    if (isOver(job)) return completedOrThrow(job);
    if (signal.aborted && !isCancelling) {
      isCancelling = true;
      await client.call('cancelJob', { params: { id: jobId }, isUrgent: true });
    }
    await sleep(POLL_MS);
  }
}

function completedOrThrow(job: Job): Job {
  if (job.state === 'completed') return job;
  if (job.state === 'cancelled') throw new AppError('cancelled', `${job.title} was cancelled.`);
  throw job.error ? AppError.fromBody(job.error) : new AppError('internal', `${job.title} failed.`);
}
