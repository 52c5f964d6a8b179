/** After an export: a row per check with the measured value, the loudness, and what to do with the file. */
import { CircleAlert, CircleCheck, Download, FolderOpen, Play } from 'lucide-react';

import { AssemblyResultSchema } from '../../../src-main/contract/documents/assembly.ts';
import { SonifyResultSchema } from '../../../src-main/contract/documents/sonify.ts';
import type { Job } from '../../../src-main/contract/documents/job.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { useArtifacts } from '../../stores/artifact-store.ts';
import { Button } from '../../ui/button.tsx';
import { canSaveAs, downloadArtifact, saveArtifactAs } from './save-artifact.ts';
import { attempt } from '../../stores/toast-store.ts';

const say = en.export;

interface VerificationCardProps {
  readonly job: Job;
  readonly onPlay: (artifactId: string) => void;
}

/** What a finished export is known by, of a sonification or of an assembled film. */
function resultOf(job: Job) {
  const sonified = SonifyResultSchema.safeParse(job.result);
  if (sonified.success) return { ...sonified.data, notes: [] };
  return AssemblyResultSchema.safeParse(job.result).data ?? null;
}

export function VerificationCard({ job, onPlay }: VerificationCardProps): React.JSX.Element | null {
  const artifacts = useArtifacts((state) => state.artifacts);
  const result = resultOf(job);
  if (!result) return null;
  const { checks } = result.verification;
  const isSound = checks.every((check) => check.passed);
  const artifact = artifacts.find((own) => own.id === result.artifact_id);
  const Icon = isSound ? CircleCheck : CircleAlert;
  return (
    <section className={`verification ${isSound ? 'verification-ok' : 'verification-bad'}`} aria-label={say.finished}>
      <h3>
        <Icon size={16} aria-hidden="true" />
        {isSound ? say.finished : say.finishedWithFaults}
      </h3>
      <table>
        <tbody>
          {checks.map((check) => (
            <tr key={check.name} className={check.passed ? 'check-passed' : 'check-failed'}>
              <td>
                {check.passed ? (
                  <CircleCheck size={14} aria-label={say.check.passed} />
                ) : (
                  <CircleAlert size={14} aria-label={say.check.failed} />
                )}
              </td>
              <th scope="row">{check.name}</th>
              <td className="figures selectable" title={`${say.check.expected} ${check.expected}`}>
                {check.measured}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {result.loudness?.note ? <p className="export-note">{result.loudness.note}</p> : null}
      {result.notes.map((note) => (
        <p key={note} className="export-note">
          {note}
        </p>
      ))}
      <div className="export-actions">
        <Button tone="primary" icon={Play} onClick={() => onPlay(result.artifact_id)}>
          {say.play}
        </Button>
        {canSaveAs() ? (
          <Button
            icon={FolderOpen}
            disabled={!artifact}
            onClick={() => (artifact ? attempt(saveArtifactAs(artifact)) : undefined)}
          >
            {say.saveAs}
          </Button>
        ) : (
          <Button icon={Download} onClick={() => downloadArtifact(result.artifact_id)}>
            {say.download}
          </Button>
        )}
      </div>
    </section>
  );
}
