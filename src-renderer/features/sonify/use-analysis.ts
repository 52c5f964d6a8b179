/** The analysis of the open film: begun by itself when the film is opened, for nothing can be heard before it. */
import { useEffect } from 'react';

import type { Job } from '../../../src-main/contract/documents/job.ts';
import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { analyse } from '../library/analyse.ts';

const isActive = (job: Job): boolean => job.state === 'running' || job.state === 'pending';

/** The analysis job of a film that runs or waits, or null. */
export function useAnalysisJob(mediaId: string | null): Job | null {
  return useJobs(
    (state) => state.jobs.find((job) => job.kind === 'analysis' && job.media_id === mediaId && isActive(job)) ?? null,
  );
}

/** The newest analysis of a film when it failed, or null. */
export function useFailedAnalysis(mediaId: string | null): Job | null {
  const newest = useJobs(
    (state) => state.jobs.find((job) => job.kind === 'analysis' && job.media_id === mediaId) ?? null,
  );
  return newest?.state === 'failed' ? newest : null;
}

/** Films whose analysis was begun from this window: one that failed or was cancelled is not begun again by itself. */
const begun = new Set<string>();

export function useAutomaticAnalysis(item: MediaItem | null): void {
  const id = item?.kind === 'video' && !item.is_missing ? item.id : null;
  const features = item?.features;
  useEffect(() => {
    if (id === null || (features !== 'none' && features !== 'stale') || begun.has(id)) return;
    begun.add(id);
    analyse(id);
  }, [id, features]);
}
