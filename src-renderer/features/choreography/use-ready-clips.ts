/** Has the clips of a plan made ready for its film once the plan has rested: the export then takes seconds. */
import { useEffect } from 'react';

import { call } from '../../api/client.ts';
import { useProject } from '../../stores/project-store.ts';
import { usePlan } from './dance-store.ts';

const REST_MS = 8000;

export function useReadyClips(): void {
  const plan = usePlan();
  const settings = useProject((state) => state.choreography?.export);
  const projectId = useProject((state) => state.project?.id ?? null);
  useEffect(() => {
    if (!plan) return undefined;
    const ask = (): Promise<unknown> => call('prepareChoreography', { body: { plan, project_id: projectId, ...(settings === undefined ? {} : { export: settings }) } });
    // What is not ready in time the export itself makes, and says what is wrong.
    const timer = setTimeout(() => void ask().catch(() => undefined), REST_MS);
    return () => clearTimeout(timer);
  }, [plan, settings, projectId]);
}
