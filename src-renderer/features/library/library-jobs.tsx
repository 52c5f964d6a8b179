/** Imports and analyses of moves on their way, in place, and what an import found when it is done. */
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import type { Job } from '../../../src-main/contract/documents/job.ts';
import { LibraryImportReportSchema } from '../../../src-main/contract/documents/move.ts';
import type { LibraryImportReport } from '../../../src-main/contract/documents/move.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { percent } from '../../model/format.ts';
import { cancelJob, isOver, retryJob, useJobs } from '../../stores/jobs-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { stageName } from '../jobs/job-words.ts';

const isLibraryJob = (job: Job): boolean => job.kind.startsWith('library-') && job.parent === null;

export function LibraryJobs(): React.JSX.Element | null {
  const jobs = useJobs((state) => state.jobs);
  const running = jobs.filter((job) => isLibraryJob(job) && !isOver(job));
  const { ended, dismiss } = useEnded(jobs);
  if (running.length + ended.length === 0) return null;
  return (
    <ul className="import-list" aria-label={en.moves.imports.running}>
      {running.map((job) => (
        <li key={job.id} className="import-row">
          <span className="truncate">
            {job.title}
            {job.stage === null ? null : <span className="muted"> · {stageName(job.stage)}</span>}
          </span>
          <ProgressBar label={job.title} percent={job.progress} />
          <span className="figures muted">{percent(job.progress / 100)}</span>
          <IconButton label={en.jobs.cancel} icon={X} className="icon-button-small" side="left" onClick={() => cancelJob(job.id)} />
        </li>
      ))}
      {ended.map((job) => (
        <li key={job.id}>
          <Ended job={job} onDismiss={() => dismiss(job.id)} />
        </li>
      ))}
    </ul>
  );
}

/** Jobs that were seen running here and are over; each until it is dismissed. */
function useEnded(jobs: readonly Job[]): { readonly ended: readonly Job[]; readonly dismiss: (id: string) => void } {
  const seen = useRef(new Set<string>());
  const [endedIds, setEnded] = useState<readonly string[]>([]);
  useEffect(() => {
    for (const job of jobs) {
      if (!isLibraryJob(job)) continue;
      if (!isOver(job)) seen.current.add(job.id);
      else if (seen.current.delete(job.id) && job.state !== 'cancelled' && (job.kind.endsWith('import') || job.state === 'failed'))
        setEnded((ids) => [...ids, job.id]);
    }
  }, [jobs]);
  const ended = endedIds.flatMap((id) => jobs.find((job) => job.id === id) ?? []);
  return { ended, dismiss: (id) => setEnded((ids) => ids.filter((other) => other !== id)) };
}

function Ended({ job, onDismiss }: { readonly job: Job; readonly onDismiss: () => void }): React.JSX.Element | null {
  if (job.error)
    return (
      <ErrorNotice error={{ ...job.error, hint: job.error.hint ?? undefined, details: job.error.details }} jobId={job.id}>
        <Button onClick={() => retryJob(job.id)}>{en.jobs.retry}</Button>
        <Button onClick={onDismiss}>{en.frame.dismiss}</Button>
      </ErrorNotice>
    );
  const report = LibraryImportReportSchema.safeParse(job.result);
  return report.success ? <Report report={report.data} onDismiss={onDismiss} /> : null;
}

function Report({ report, onDismiss }: { readonly report: LibraryImportReport; readonly onDismiss: () => void }): React.JSX.Element {
  const { rejected, notes } = report;
  return (
    <div className="import-report" role="status">
      <div>
        <strong>{en.moves.imports.done(report)}</strong>
        {report.missing > 0 ? <span> · {en.moves.folders.missing(report.missing)}</span> : null}
        {notes.length + rejected.length > 0 ? (
          <details>
            <summary>{rejected.length > 0 ? en.moves.imports.rejected(rejected.length) : en.frame.details}</summary>
            <ul className="selectable">
              {rejected.map(({ name, message }) => (
                <li key={name}>
                  {name}: {message}
                </li>
              ))}
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      <IconButton label={en.frame.dismiss} icon={X} className="icon-button-small" side="left" onClick={onDismiss} />
    </div>
  );
}
