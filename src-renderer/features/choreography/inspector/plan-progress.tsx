/** What a plan is waiting for: the song being listened to, or the planner. */
import { en } from '../../../../src-main/contract/text/en.ts';
import { useJob } from '../../../stores/jobs-store.ts';
import { ProgressBar } from '../../../ui/progress.tsx';
import { usePlanning } from '../plan-actions.ts';

const say = en.dance.plan;

export function PlanProgress(): React.JSX.Element | null {
  const { stage, jobId } = usePlanning();
  const job = useJob(jobId);
  if (stage === 'idle') return null;
  const label = stage === 'listening' ? say.listening : say.planning;
  return (
    <div className="plan-progress" role="status">
      <span>
        {label}
        {job ? ` · ${Math.floor(job.progress)} %` : '…'}
      </span>
      {job ? <ProgressBar label={label} percent={job.progress} /> : null}
    </div>
  );
}
