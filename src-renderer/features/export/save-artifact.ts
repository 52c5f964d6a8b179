/** Getting a made file out: the browser's download, or the desktop shell's dialog and a copy to where it says. */
import type { Artifact } from '../../../src-main/contract/documents/artifact.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call, urlOf } from '../../api/client.ts';
import { shellBridge } from '../../api/shell-bridge.ts';
import { sayDone, sayError } from '../../stores/toast-store.ts';

export const canSaveAs = (): boolean => shellBridge() !== null;

export function downloadArtifact(artifactId: string): void {
  const link = document.createElement('a');
  link.href = urlOf('getArtifactFile', { params: { id: artifactId }, query: { download: '1' } });
  link.download = '';
  link.click();
}

/** Asks for a place and copies the file there; the toast shows it in its folder. */
export async function saveArtifactAs(artifact: Artifact): Promise<void> {
  const bridge = shellBridge();
  const path = await bridge?.pickSave({ name: artifact.name });
  if (!bridge || path == null) return;
  // The dialog has asked about overwriting.
  await call('saveArtifact', { params: { id: artifact.id }, body: { path, overwrite: true } });
  const reveal = (): void => {
    bridge.reveal(path).catch((error: unknown) => sayError(error));
  };
  sayDone(en.export.saved, [{ label: en.export.reveal, run: reveal }]);
}
