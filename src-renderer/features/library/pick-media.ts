/** Picking media: the desktop shell's dialog where there is one, else the browser's. */
import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { shellBridge } from '../../api/shell-bridge.ts';
import { importFiles, importPaths } from '../../stores/import-store.ts';

/** Opens the browser's own file dialog; empty when cancelled. */
export function pickFiles(options: { isFolder?: boolean; accept?: string; isMultiple?: boolean }): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = options.isMultiple ?? true;
    input.webkitdirectory = options.isFolder ?? false;
    if (options.accept) input.accept = options.accept;
    input.onchange = () => resolve([...(input.files ?? [])].filter((file) => !file.name.startsWith('.')));
    input.oncancel = () => resolve([]);
    input.click();
  });
}

export async function pickAndImport(kind: 'files' | 'folder'): Promise<MediaItem[]> {
  const bridge = shellBridge();
  if (bridge) return importPaths(await bridge.pickFiles({ isFolder: kind === 'folder' }));
  return importFiles(await pickFiles({ isFolder: kind === 'folder' }));
}
