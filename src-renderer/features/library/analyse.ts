/** Starts the analysis of a film, or finds the one that runs. */
import { call } from '../../api/client.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { attempt } from '../../stores/toast-store.ts';

export function analyse(mediaId: string): void {
  const start = async (): Promise<void> => {
    const { job_id } = await call('analyzeMedia', { params: { id: mediaId } });
    if (job_id !== null) useJobs.getState().put(await call('getJob', { params: { id: job_id } }));
  };
  attempt(start());
}
