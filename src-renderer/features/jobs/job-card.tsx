/** One job: title, stage, progress, time; its log and commands on demand; the buttons its state allows. */
import { Ban, Check, CircleAlert, Clock, FileText, Loader, Pause, Play, RotateCw, X } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';

import type { Job } from '../../../src-main/contract/documents/job.ts';
import { AppError } from '../../../src-main/contract/errors.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { clock } from '../../model/timecode.ts';
import { cancelJob, dismissJob, isOver, pauseJob, resumeJob, retryJob } from '../../stores/jobs-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { JobLogView } from './job-log.tsx';
import { stageName, stateName, tookS } from './job-words.ts';

const ICONS: Record<Job['state'], LucideIcon> = {
  pending: Clock,
  running: Loader,
  completed: Check,
  failed: CircleAlert,
  cancelled: Ban,
};

export function JobCard({ job }: { readonly job: Job }): React.JSX.Element {
  const [isLogOpen, setLogOpen] = useState(false);
  const Icon = ICONS[job.state];
  return (
    <li className={`job-card job-is-${job.state}`} aria-label={`${job.title}: ${stateName(job)}`}>
      <div className="job-head">
        <Icon size={14} className={job.state === 'running' ? 'spin' : ''} aria-hidden="true" />
        <span className="job-title selectable">{job.title}</span>
        {job.state === 'completed' ? <Took job={job} /> : null}
        <JobButtons job={job} isLogOpen={isLogOpen} onLog={() => setLogOpen(!isLogOpen)} />
      </div>
      {job.state === 'running' ? <ProgressBar label={job.title} percent={job.progress} /> : null}
      {job.state === 'completed' ? null : <JobFacts job={job} />}
      {job.error && job.state === 'failed' ? (
        <ErrorNotice error={AppError.fromBody(job.error)} jobId={job.id}>
          <Button icon={RotateCw} onClick={() => retryJob(job.id)}>
            {en.jobs.retry}
          </Button>
        </ErrorNotice>
      ) : null}
      {isLogOpen ? <JobLogView jobId={job.id} isRunning={job.state === 'running'} /> : null}
    </li>
  );
}

function Took({ job }: { readonly job: Job }): React.JSX.Element | null {
  const seconds = tookS(job, new Date());
  return seconds === null ? null : <span className="job-took figures">{clock(seconds, 1)}</span>;
}

function JobFacts({ job }: { readonly job: Job }): React.JSX.Element {
  const facts: string[] = [];
  if (job.state === 'running') {
    if (job.stage) facts.push(stageName(job.stage));
    facts.push(`${Math.floor(job.progress)} %`);
    if (job.speed !== null)
      facts.push(en.jobs.speed(job.speed < 10 ? job.speed.toFixed(1) : String(Math.round(job.speed))));
    if (job.eta_s !== null) facts.push(en.jobs.left(clock(job.eta_s)));
    if (job.attempts > 1) facts.push(en.jobs.attempt(job.attempts, job.max_attempts));
  } else {
    facts.push(stateName(job));
    const seconds = tookS(job, new Date());
    if (isOver(job) && seconds !== null) facts.push(en.jobs.took(clock(seconds, 1)));
  }
  if (job.message) facts.push(job.message);
  return <p className="job-facts figures">{facts.join(' · ')}</p>;
}

interface JobButtonsProps {
  readonly job: Job;
  readonly isLogOpen: boolean;
  readonly onLog: () => void;
}

function JobButtons({ job, isLogOpen, onLog }: JobButtonsProps): React.JSX.Element {
  const small = { className: 'icon-button-small', side: 'left' as const };
  return (
    <span className="job-buttons">
      <IconButton {...small} label={en.jobs.log} icon={FileText} isPressed={isLogOpen} onClick={onLog} />
      {job.state === 'pending' && !job.paused ? (
        <IconButton {...small} label={en.jobs.pause} icon={Pause} onClick={() => pauseJob(job.id)} />
      ) : null}
      {job.state === 'pending' && job.paused ? (
        <IconButton {...small} label={en.jobs.resume} icon={Play} onClick={() => resumeJob(job.id)} />
      ) : null}
      {job.state === 'cancelled' ? (
        <IconButton {...small} label={en.jobs.retry} icon={RotateCw} onClick={() => retryJob(job.id)} />
      ) : null}
      {isOver(job) ? (
        <IconButton {...small} label={en.jobs.dismiss} icon={X} onClick={() => dismissJob(job.id)} />
      ) : (
        <IconButton {...small} label={en.jobs.cancel} icon={X} onClick={() => cancelJob(job.id)} />
      )}
    </span>
  );
}
