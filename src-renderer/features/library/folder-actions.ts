/** What can be done with folders of moves: adding, looking again, annotating, removing. Paths come from the desktop shell only. */
import { FolderPlus, RefreshCw, Tags, Trash2 } from 'lucide-react';

import type { LibraryFolder } from '../../../src-main/contract/documents/move.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { shellBridge } from '../../api/shell-bridge.ts';
import { importFiles } from '../../stores/import-store.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { makeMoves, useMoves } from '../../stores/move-store.ts';
import { attempt, say, sayDone } from '../../stores/toast-store.ts';
import type { MenuGroups } from '../../ui/menu.tsx';
import { pickFiles } from './pick-media.ts';

const words = en.moves.folders;

async function follow(jobId: string | null): Promise<void> {
  if (jobId !== null) useJobs.getState().put(await call('getJob', { params: { id: jobId } }));
}

/** Adds a folder of clips: by its path where the desktop shell knows it, else by copies of its files. */
export async function addFolder(): Promise<void> {
  const bridge = shellBridge();
  if (bridge) {
    const paths = await bridge.pickFiles({ isFolder: true });
    if (paths.length > 0) await follow((await call('addLibraryFolder', { body: { paths } })).job_id);
    return;
  }
  const files = await pickFiles({ isFolder: true });
  const clips = files.filter((file) => file.type.startsWith('video/'));
  if (files.length > 0) say(en.moves.imports.browserLine);
  const items = await importFiles(clips.length > 0 ? clips : files);
  await makeMoves(items.filter((item) => item.kind === 'video').map((item) => item.id));
}

export async function analyseMoves(ids: readonly string[]): Promise<void> {
  await follow((await call('analyzeMoves', { body: { ids: [...ids] } })).job_id);
}

async function scan(folder: LibraryFolder): Promise<void> {
  await follow((await call('scanLibraryFolder', { params: { id: folder.id } })).job_id);
}

async function annotate(folder: LibraryFolder): Promise<void> {
  const [path] = (await shellBridge()?.pickFiles({ isFolder: false })) ?? [];
  if (path === undefined) return;
  const { annotated, notes } = await call('importAnnotations', { body: { path, folder_id: folder.id } });
  sayDone([words.annotated(annotated), ...notes].join(' '));
}

async function remove(folder: LibraryFolder): Promise<void> {
  await call('removeLibraryFolder', { params: { id: folder.id } });
  await useMoves.getState().load();
  say(words.removed(folder.name));
}

export function folderMenu(folder: LibraryFolder): MenuGroups {
  const hasPaths = shellBridge() !== null;
  return [
    [
      { label: words.scan, icon: RefreshCw, run: () => attempt(scan(folder)) },
      ...(hasPaths ? [{ label: words.annotate, icon: Tags, run: () => attempt(annotate(folder)) }] : []),
      ...(hasPaths && folder.is_away ? [{ label: words.addAgain, icon: FolderPlus, run: () => attempt(addFolder()) }] : []),
    ],
    [{ label: words.remove, icon: Trash2, isDanger: true, run: () => attempt(remove(folder)) }],
  ];
}
