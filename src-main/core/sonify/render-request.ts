/** A render as a job for the queue: its words, its place, and what makes two of them the same. Pure. */
import { createHash } from 'node:crypto';

import type { SonifyRequest } from '../../contract/documents/sonify.ts';
import type { EnqueueRequest } from '../jobs/job-handler.ts';

/** @param name  of the film or the performance, as the user knows it */
export function renderJob(request: SonifyRequest, name: string): EnqueueRequest {
  return {
    kind: 'sonify',
    title: request.performance_id === null ? `Sonify ${name}` : `Export ${name}`,
    payload: request,
    priority: 10,
    // The same request again, after a kill or by a second click, finds the job instead of doing the work twice.
    dedupeKey: `sonify:${createHash('sha256').update(JSON.stringify(request)).digest('hex')}`,
    ...(request.media_id === null ? {} : { mediaId: request.media_id }),
    ...(request.project_id === null ? {} : { projectId: request.project_id }),
  };
}
