/** The export sheet: settings with an estimate, then progress, then the verification card; earlier results below. */
import { Share } from 'lucide-react';
import { useState } from 'react';

import { AppError } from '../../../src-main/contract/errors.ts';
import type { Job } from '../../../src-main/contract/documents/job.ts';
import type { SonifyDocument } from '../../../src-main/contract/documents/project.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { useJob, useJobs } from '../../stores/jobs-store.ts';
import { useMediaItem } from '../../stores/media-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { activeSlot, useSlot } from '../sonify/player/use-scene.ts';
import { playResult } from '../sonify/transport/play-result.ts';
import { ExportSource, usePerformance } from './export-source.tsx';
import { ExportSettingsForm } from './export-settings.tsx';
import './export.css';
import { ResultList } from './result-list.tsx';
import { RunningExport } from './running-export.tsx';
import { VerificationCard } from './verification-card.tsx';

const say = en.export;

/** The export of this project that runs, or the one that was started last in this window. */
function useExportJob(projectId: string, startedId: string | null): Job | null {
  const running = useJobs(
    (state) =>
      state.jobs.find(
        (job) =>
          job.kind === 'sonify' && job.project_id === projectId && (job.state === 'running' || job.state === 'pending'),
      ) ?? null,
  );
  const started = useJob(startedId);
  return running ?? started;
}

export function ExportSheet({ onClose }: { readonly onClose: () => void }): React.JSX.Element | null {
  const project = useProject((state) => state.project);
  const document = useProject((state) => state.document);
  const item = useMediaItem(document?.media_id ?? null);
  const [startedId, setStarted] = useState<string | null>(null);
  const performance = usePerformance();
  const job = useExportJob(project?.id ?? '', startedId);
  if (!project || !document) return null;
  const isRunning = job !== null && (job.state === 'running' || job.state === 'pending');
  const start = async (): Promise<void> => {
    const common = { settings: document.export, project_id: project.id };
    const film = item && { media_id: item.id, mapping: heard(document), seed: document.seed };
    const source = performance ? { performance_id: performance.id } : film;
    if (!source) return;
    const { job_id } = await call('startRender', { body: { ...source, ...common } });
    useJobs.getState().put(await call('getJob', { params: { id: job_id } }));
    setStarted(job_id);
  };
  return (
    <Sheet
      title={say.title}
      onClose={onClose}
      footer={
        isRunning ? (
          <RunningExport job={job} />
        ) : (
          <Button
            tone="primary"
            isLarge
            icon={Share}
            className="export-start"
            disabled={!performance && (!item || item.is_missing)}
            onClick={() => attempt(start())}
          >
            {job ? say.again : say.start}
          </Button>
        )
      }
    >
      <div className="export-body">
        {job?.state === 'failed' && job.error ? (
          <ErrorNotice error={AppError.fromBody(job.error)} jobId={job.id} />
        ) : null}
        {job?.state === 'cancelled' ? <p className="export-note">{say.cancelled}</p> : null}
        {job?.state === 'completed' ? <VerificationCard job={job} onPlay={playResult} /> : null}
        <ExportSource isLocked={isRunning} />
        {item || performance ? (
          <ExportSettingsForm document={document} item={item} performance={performance} isLocked={isRunning} />
        ) : null}
        <ResultList currentId={job?.state === 'completed' ? resultId(job) : null} onPlay={playResult} />
      </div>
    </Sheet>
  );
}

/** The version that is heard is the one exported. */
function heard(document: SonifyDocument): SonifyDocument['mapping'] {
  return document[activeSlot(document, useSlot.getState().slot)] ?? document.mapping;
}

function resultId(job: Job): string | null {
  const { result } = job;
  return typeof result === 'object' && result !== null && 'artifact_id' in result ? String(result.artifact_id) : null;
}
