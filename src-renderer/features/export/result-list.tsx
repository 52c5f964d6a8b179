/** Files this project has made before: play, save, delete. */
import { Download, FileAudio, Film, Mic, Play, Share, Trash2 } from 'lucide-react';

import type { Artifact } from '../../../src-main/contract/documents/artifact.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { fileSize } from '../../model/format.ts';
import { clock } from '../../model/timecode.ts';
import { useArtifacts } from '../../stores/artifact-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { attempt, say as toast } from '../../stores/toast-store.ts';
import { IconButton } from '../../ui/button.tsx';
import { since } from '../project/since.ts';
import { isPerformance } from '../sonify/player/performance.ts';
import { useExportSource } from './export-source.tsx';
import { canSaveAs, downloadArtifact, saveArtifactAs } from './save-artifact.ts';

const say = en.export;

async function remove(artifact: Artifact): Promise<void> {
  await call('deleteArtifact', { params: { id: artifact.id } });
  await useArtifacts.getState().load();
  toast(say.deletedResult(artifact.name));
}

interface ResultListProps {
  readonly currentId: string | null;
  readonly onPlay: (artifactId: string) => void;
}

export function ResultList({ currentId, onPlay }: ResultListProps): React.JSX.Element {
  const artifacts = useArtifacts((state) => state.artifacts).filter(
    (artifact) => artifact.kind !== 'preview' && artifact.kind !== 'performance' && artifact.id !== currentId,
  );
  return (
    <section className="results" aria-label={say.results}>
      <h3 className="section-title">{say.results}</h3>
      {artifacts.length === 0 ? <p className="muted">{say.noResults}</p> : null}
      <ul>
        {artifacts.map((artifact) => (
          <ResultRow key={artifact.id} artifact={artifact} onPlay={onPlay} />
        ))}
      </ul>
    </section>
  );
}

function ResultRow({ artifact, onPlay }: Pick<ResultListProps, 'onPlay'> & { readonly artifact: Artifact }): React.JSX.Element {
  const inUse = useProject((state) => (state.document ?? state.choreography)?.result_artifact_id === artifact.id);
  const Icon = artifact.kind === 'film' ? Film : isPerformance(artifact) ? Mic : FileAudio;
  const save = (): void => (canSaveAs() ? attempt(saveArtifactAs(artifact)) : downloadArtifact(artifact.id));
  const isRecorded = isPerformance(artifact);
  const small = { className: 'icon-button-small', side: 'left' as const };
  return (
    <li className="result-row">
      <Icon size={16} aria-hidden="true" />
      <span className="result-words">
        <span className="truncate" title={artifact.name}>
          {artifact.name}
        </span>
        <span className="figures muted">
          {fileSize(artifact.size_bytes)}
          {artifact.duration_s === null ? '' : ` · ${clock(artifact.duration_s)}`} ·{' '}
          {since(artifact.created_at, new Date())}
        </span>
      </span>
      {isRecorded ? (
        <IconButton {...small} label={say.exportPerformance} icon={Share} onClick={() => useExportSource.setState({ performanceId: artifact.id })} />
      ) : null}
      {artifact.kind === 'stem' ? null : (
        <IconButton {...small} label={say.play} icon={Play} onClick={() => onPlay(artifact.id)} />
      )}
      <IconButton {...small} label={canSaveAs() ? say.saveAs : say.download} icon={Download} onClick={save} />
      <IconButton
        {...small}
        label={say.deleteResult}
        icon={Trash2}
        disabled={inUse}
        onClick={() => attempt(remove(artifact))}
      />
    </li>
  );
}
