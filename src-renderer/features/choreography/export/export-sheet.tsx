/** The export sheet of a choreography: size, estimate, progress by stage, the verification card, edit lists. */
import { Share } from 'lucide-react';
import { useState } from 'react';

import type { ChoreographyExport } from '../../../../src-main/contract/documents/choreography.ts';
import type { ChoreographyDocument } from '../../../../src-main/contract/documents/project.ts';
import { AppError } from '../../../../src-main/contract/errors.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { call } from '../../../api/client.ts';
import { useJob, useJobs } from '../../../stores/jobs-store.ts';
import { edit, useProject } from '../../../stores/project-store.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import '../../export/export.css';
import { LoudnessSelect } from '../../export/loudness-select.tsx';
import { RunningExport } from '../../export/running-export.tsx';
import { ResultList } from '../../export/result-list.tsx';
import { VerificationCard } from '../../export/verification-card.tsx';
import { showFilm } from '../show-film.ts';
import { useVerdict } from '../verdict-store.ts';
import { EditLists } from './edit-lists.tsx';
import { Estimate } from './estimate.tsx';
import './export-sheet.css';

const say = en.dance.export;
const PRESETS = ['low', 'medium', 'high', 'own'] as const;

function change<Field extends keyof ChoreographyExport>(field: Field, value: ChoreographyExport[Field]): void {
  edit({ label: en.dance.edit.export, patches: [{ op: 'replace', path: `/export/${field}`, value }], merge_key: `export:${field}` });
}

export function ChoreographyExportSheet({ onClose }: { readonly onClose: () => void }): React.JSX.Element | null {
  const project = useProject((state) => state.project);
  const document = useProject((state) => state.choreography);
  const [startedId, setStarted] = useState<string | null>(null);
  const faults = useVerdict((state) => state.verdict?.faults.length ?? 0);
  const running = useJobs((state) => state.jobs.find((job) => job.kind === 'assemble' && job.project_id === project?.id && (job.state === 'running' || job.state === 'pending')) ?? null);
  const started = useJob(startedId);
  if (!project || !document) return null;
  const job = running ?? started;
  const start = async (plan: NonNullable<ChoreographyDocument['plan']>): Promise<void> => {
    const { job_id } = await call('renderChoreography', { body: { plan, export: document.export, project_id: project.id } });
    useJobs.getState().put(await call('getJob', { params: { id: job_id } }));
    setStarted(job_id);
  };
  const { plan } = document;
  const footer = running ? (
    <RunningExport job={running} />
  ) : (
    <Button tone="primary" isLarge icon={Share} className="export-start" disabled={!plan || faults > 0} onClick={() => (plan ? attempt(start(plan)) : undefined)}>
      {job ? say.again : say.start}
    </Button>
  );
  return (
    <Sheet title={say.title} onClose={onClose} footer={footer}>
      <div className="export-body">
        {job?.state === 'failed' && job.error ? <ErrorNotice error={AppError.fromBody(job.error)} jobId={job.id} /> : null}
        {job?.state === 'cancelled' ? <p className="export-note">{en.export.cancelled}</p> : null}
        {job?.state === 'completed' ? <VerificationCard job={job} onPlay={showFilm} /> : null}
        {plan ? null : <p className="export-note">{say.noPlan}</p>}
        {faults > 0 ? <p className="export-note">{say.faults}</p> : null}
        <Settings settings={document.export} isLocked={running !== null} />
        {plan && faults === 0 && !running ? <Estimate plan={plan} settings={document.export} /> : null}
        {plan && faults === 0 ? <EditLists plan={plan} settings={document.export} name={project.name} /> : null}
        <ResultList currentId={null} onPlay={showFilm} />
      </div>
    </Sheet>
  );
}

function Settings({ settings, isLocked }: { readonly settings: ChoreographyExport; readonly isLocked: boolean }): React.JSX.Element {
  const preset = settings.preset ?? 'own';
  return (
    <fieldset className="export-form" disabled={isLocked}>
      <div className="export-formats dance-presets" role="radiogroup" aria-label={say.preset}>
        {PRESETS.map((id) => (
          <button key={id} type="button" role="radio" aria-checked={preset === id} className="export-format" onClick={() => change('preset', id === 'own' ? null : id)}>
            <strong>{say.presets[id].name}</strong>
            <span>{say.presets[id].line}</span>
          </button>
        ))}
      </div>
      <Row label={say.format}>
        <Segmented label={say.format} value={settings.format} segments={(['mp4', 'mov', 'mkv'] as const).map((value) => ({ value, label: en.export.formats[value].name }))} onChange={(value) => change('format', value)} />
      </Row>
      <Row label={say.fit}>
        <Segmented label={say.fit} value={settings.fit} segments={(['pad', 'crop'] as const).map((value) => ({ value, label: say.fits[value] }))} onChange={(value) => change('fit', value)} />
      </Row>
      <Row label={say.rate}>
        <Segmented label={say.rate} value={String(settings.frame_rate)} segments={['24', '25', '30', '50', '60'].map((value) => ({ value, label: value, title: say.rateOf(value) }))} onChange={(value) => change('frame_rate', Number(value))} />
      </Row>
      <Row label={en.export.loudness}>
        <LoudnessSelect value={settings.loudness} onChange={(loudness) => change('loudness', loudness)} />
      </Row>
    </fieldset>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <div className="export-row">
      <span>{label}</span>
      {children}
    </div>
  );
}
