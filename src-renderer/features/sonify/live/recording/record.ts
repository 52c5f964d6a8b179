/** Recording a performance: begin, end, and what can be done with it then. */
import type { Performance } from '../../../../../src-main/contract/documents/session.ts';
import { en } from '../../../../../src-main/contract/text/en.ts';
import { call } from '../../../../api/client.ts';
import { clock } from '../../../../model/timecode.ts';
import { useArtifacts } from '../../../../stores/artifact-store.ts';
import { attempt, sayDone } from '../../../../stores/toast-store.ts';
import { exportPerformance } from '../../../export/export-source.tsx';
import { canSaveAs, downloadArtifact, saveArtifactAs } from '../../../export/save-artifact.ts';
import { player } from '../../player/player.ts';
import { playResult } from '../../transport/play-result.ts';

const say = en.live.record;

async function save({ artifact_id: id }: Performance): Promise<void> {
  await useArtifacts.getState().load();
  const artifact = useArtifacts.getState().artifacts.find((own) => own.id === id);
  if (artifact && canSaveAs()) await saveArtifactAs(artifact);
  else downloadArtifact(id);
}

function tell(performance: Performance): void {
  const text = say.done(clock(performance.duration_s));
  sayDone(performance.lost_frames > 0 ? `${text} ${say.lost(performance.lost_frames)}` : text, [
    { label: en.export.play, run: () => playResult(performance.artifact_id) },
    { label: canSaveAs() ? en.export.saveAs : en.export.download, run: () => attempt(save(performance)) },
    { label: en.frame.export, run: () => exportPerformance(performance.artifact_id) },
  ]);
}

/** Where the sound stood when the recording began, in samples; null when the page was not there then. */
let beganAt: { readonly sessionId: string; readonly position: number } | null = null;

/** Seconds recorded so far; null when unknown. */
export function recordedS(): number | null {
  const { session, frame } = player.live;
  if (!session?.stream || !frame || beganAt?.sessionId !== session.id) return null;
  return Math.max(0, (frame.position - beganAt.position) / session.stream.sample_rate);
}

export async function toggleRecording(): Promise<void> {
  const { session, frame } = player.live;
  if (!session?.stream) return;
  const params = { id: session.id };
  if (!session.is_recording) {
    await call('startRecording', { params });
    beganAt = { sessionId: session.id, position: frame?.position ?? 0 };
    return;
  }
  tell(await call('stopRecording', { params }));
  beganAt = null;
  await useArtifacts.getState().load();
}
