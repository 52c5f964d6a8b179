/** Says that an export of the open project is done, where its sheet does not say so already. */
import { useEffect } from 'react';

import { AssemblyResultSchema } from '../../../src-main/contract/documents/assembly.ts';
import { SonifyResultSchema } from '../../../src-main/contract/documents/sonify.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { sayDone } from '../../stores/toast-store.ts';
import { showFilm } from '../choreography/show-film.ts';
import { playResult } from '../sonify/transport/play-result.ts';

export function useResultToast(): void {
  useEffect(() => {
    /** Exports that were still running when last looked at. */
    let running = new Set<string>();
    return useJobs.subscribe(({ jobs }) => {
      const exports = jobs.filter((job) => job.kind === 'sonify' || job.kind === 'assemble');
      for (const job of exports) {
        if (job.state !== 'completed' || !running.has(job.id)) continue;
        const isSeen = useShell.getState().sheet === 'export';
        const result = job.kind === 'sonify' ? SonifyResultSchema.safeParse(job.result) : AssemblyResultSchema.safeParse(job.result);
        if (isSeen || !result.success || job.project_id !== useProject.getState().project?.id) continue;
        const { artifact_id: artifactId } = result.data;
        const play = { label: en.export.play, run: () => (job.kind === 'sonify' ? playResult(artifactId) : showFilm(artifactId)) };
        sayDone(en.sonify.resultReady, [play]);
      }
      running = new Set(exports.filter((job) => job.state === 'running').map((job) => job.id));
    });
  }, []);
}
