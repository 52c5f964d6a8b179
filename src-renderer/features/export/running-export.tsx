/** An export under way: stage, percent, speed, time left, and the way out. */
import { X } from 'lucide-react';

import type { Job } from '../../../src-main/contract/documents/job.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { clock } from '../../model/timecode.ts';
import { cancelJob } from '../../stores/jobs-store.ts';
import { Button } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { stageName } from '../jobs/job-words.ts';

const say = en.export;

export function RunningExport({ job }: { readonly job: Job }): React.JSX.Element {
  const facts = [`${Math.floor(job.progress)} %`];
  if (job.speed !== null)
    facts.push(en.jobs.speed(job.speed < 10 ? job.speed.toFixed(1) : String(Math.round(job.speed))));
  if (job.eta_s !== null) facts.push(en.jobs.left(clock(job.eta_s)));
  return (
    <div className="export-running">
      <div className="export-stage">
        <span>{job.stage ? stageName(job.stage) : say.running}</span>
        <span className="figures">{facts.join(' · ')}</span>
      </div>
      <ProgressBar label={say.running} percent={job.progress} />
      <Button icon={X} onClick={() => cancelJob(job.id)}>
        {en.frame.cancel}
      </Button>
    </div>
  );
}
