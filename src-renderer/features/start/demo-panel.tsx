/** Try the demo: makes its own film, analyses and sonifies it, and opens it playing. */
import { Play, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { z } from 'zod';

import { AppError } from '../../../src-main/contract/errors.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { clock } from '../../model/timecode.ts';
import { cancelJob, useJob, useJobs } from '../../stores/jobs-store.ts';
import { useProjectList, visitProject } from '../../stores/project-list-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { stageName } from '../jobs/job-words.ts';
import { playResult } from '../sonify/transport/play-result.ts';

const DemoResultSchema = z.object({ project_id: z.string(), artifact_id: z.string() });

async function openDemo(result: unknown): Promise<void> {
  const { project_id, artifact_id } = DemoResultSchema.parse(result);
  await useProjectList.getState().load();
  await visitProject(project_id);
  playResult(artifact_id);
}

export function DemoPanel(): React.JSX.Element {
  const running = useJobs(
    (state) =>
      state.jobs.find((job) => job.kind === 'demo' && (job.state === 'running' || job.state === 'pending')) ?? null,
  );
  /** The job started from here: when it is done it opens by itself. */
  const [started, setStarted] = useState<string | null>(null);
  const mine = useJob(started);
  const job = running ?? mine;
  useEffect(() => {
    if (mine?.state === 'completed') attempt(openDemo(mine.result).finally(() => setStarted(null)));
  }, [mine?.state, mine?.result]);
  const start = async (): Promise<void> => {
    const { job_id } = await call('startDemo', {});
    useJobs.getState().put(await call('getJob', { params: { id: job_id } }));
    setStarted(job_id);
  };
  const isBusy = job !== null && (job.state === 'running' || job.state === 'pending');
  return (
    <section className="demo-panel" aria-labelledby="demo-title">
      <h2 id="demo-title">{en.start.demo.title}</h2>
      <p>{en.start.demo.line}</p>
      {job?.state === 'failed' && job.error ? (
        <ErrorNotice error={AppError.fromBody(job.error)} jobId={job.id} />
      ) : null}
      {isBusy ? (
        <>
          <ProgressBar label={en.start.demo.running} percent={job.progress} />
          <div className="demo-facts">
            <span>{job.stage ? stageName(job.stage) : en.start.demo.running}</span>
            <span className="figures">
              {Math.floor(job.progress)} %{job.eta_s === null ? '' : ` · ${en.jobs.left(clock(job.eta_s))}`}
            </span>
          </div>
          <Button icon={X} onClick={() => cancelJob(job.id)}>
            {en.frame.cancel}
          </Button>
        </>
      ) : (
        <Button tone="primary" isLarge icon={Play} onClick={() => attempt(start())}>
          {en.start.demo.action}
        </Button>
      )}
    </section>
  );
}
