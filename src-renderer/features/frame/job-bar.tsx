/** The bar at the bottom: what is running and how far, what failed, the connection; opens the jobs sheet. */
import { ChevronUp, CircleAlert, Loader, Unplug, X } from 'lucide-react';

import type { Job } from '../../../src-main/contract/documents/job.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { clock } from '../../model/timecode.ts';
import { cancelJob, useJobs } from '../../stores/jobs-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { IconButton } from '../../ui/button.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { stageName } from '../jobs/job-words.ts';
import './job-bar.css';

export function JobBar(): React.JSX.Element {
  const jobs = useJobs((state) => state.jobs);
  const running = jobs.filter((job) => job.state === 'running');
  const failed = jobs.filter((job) => job.state === 'failed').length;
  const shown = running.toSorted((a, b) => (b.eta_s ?? 0) - (a.eta_s ?? 0) || a.id.localeCompare(b.id))[0];
  return (
    <footer className="job-bar" aria-label={en.jobs.title}>
      <Connection />
      {shown ? (
        <RunningJob job={shown} others={running.length - 1} />
      ) : (
        <span className="job-idle">{en.frame.jobBar.idle}</span>
      )}
      <span className="job-gap" />
      {failed > 0 ? (
        <button type="button" className="job-failed" onClick={() => useShell.getState().toggleSheet('jobs')}>
          <CircleAlert size={14} aria-hidden="true" />
          {en.frame.jobBar.failed(failed)}
        </button>
      ) : null}
      <SaveState />
      <IconButton
        label={en.frame.jobBar.open}
        icon={ChevronUp}
        className="icon-button-small"
        side="top"
        onClick={() => useShell.getState().toggleSheet('jobs')}
      />
    </footer>
  );
}

function RunningJob({ job, others }: { readonly job: Job; readonly others: number }): React.JSX.Element {
  return (
    <>
      <button type="button" className="job-running" onClick={() => useShell.getState().toggleSheet('jobs')}>
        <Loader size={14} className="spin" aria-hidden="true" />
        <span className="truncate">{job.title}</span>
        {job.stage ? <span className="muted truncate">{stageName(job.stage)}</span> : null}
      </button>
      <div className="job-progress">
        <ProgressBar label={job.title} percent={job.progress} />
      </div>
      <span className="figures job-figures">{Math.floor(job.progress)} %</span>
      {job.eta_s === null ? null : <span className="figures muted">{en.frame.jobBar.left(clock(job.eta_s))}</span>}
      <IconButton
        label={en.frame.jobBar.cancel}
        icon={X}
        className="icon-button-small"
        side="top"
        onClick={() => cancelJob(job.id)}
      />
      {others > 0 ? <span className="muted">+{others}</span> : null}
    </>
  );
}

function Connection(): React.JSX.Element | null {
  const stream = useShell((state) => state.stream);
  if (stream !== 'lost') return null;
  return (
    <span className="job-lost" role="status">
      <Unplug size={14} aria-hidden="true" />
      {en.frame.connection.lost}
    </span>
  );
}

const SAVE = { saved: en.frame.saved, saving: en.frame.saving, unsaved: en.frame.unsaved };

function SaveState(): React.JSX.Element | null {
  const save = useProject((state) => (state.project ? state.save : null));
  return save ? <span className={`job-save job-save-${save}`}>{SAVE[save]}</span> : null;
}
