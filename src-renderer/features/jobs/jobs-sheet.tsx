/** The jobs sheet: running, waiting, failed, done; what each does and what can be done about it. */
import { ListChecks } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import { dismissJob, isOver, useJobs } from '../../stores/jobs-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { JobCard } from './job-card.tsx';
import { groupOf } from './job-words.ts';
import type { JobGroup } from './job-words.ts';
import './jobs.css';

const GROUPS: readonly JobGroup[] = ['running', 'pending', 'failed', 'done'];

export function JobsSheet({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const jobs = useJobs((state) => state.jobs);
  const over = jobs.filter(isOver);
  const clear = (
    <Button tone="quiet" disabled={over.length === 0} onClick={() => over.forEach((job) => dismissJob(job.id))}>
      {en.jobs.dismissAll}
    </Button>
  );
  return (
    <Sheet title={en.jobs.title} onClose={onClose} actions={clear}>
      {jobs.length === 0 ? (
        <EmptyState icon={ListChecks} title={en.jobs.empty.title} line={en.jobs.empty.line} />
      ) : null}
      {GROUPS.map((group) => {
        const members = jobs.filter((job) => groupOf(job) === group);
        if (members.length === 0) return null;
        return (
          <section key={group} className="job-group" aria-label={en.jobs.group[group]}>
            <h3 className="section-title">
              {en.jobs.group[group]} <span className="figures muted">{members.length}</span>
            </h3>
            <ul>
              {members.map((job) => (
                <JobCard key={job.id} job={job} />
              ))}
            </ul>
          </section>
        );
      })}
    </Sheet>
  );
}
