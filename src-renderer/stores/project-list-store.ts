/** All projects, last edited first; opening, renaming, trash. */
import { create } from 'zustand';

import type { MediaItem } from '../../src-main/contract/documents/media-item.ts';
import type { Project } from '../../src-main/contract/documents/project.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { call } from '../api/client.ts';
import { closeProject, createProject, openProject, useProject } from './project-store.ts';
import { useShell } from './shell-store.ts';
import { attempt, say } from './toast-store.ts';

interface ProjectListState {
  readonly projects: readonly Project[];
  readonly isLoaded: boolean;
  readonly load: () => Promise<void>;
}

export const useProjectList = create<ProjectListState>()((set) => ({
  projects: [],
  isLoaded: false,
  load: async () => set({ projects: (await call('listProjects', {})).projects, isLoaded: true }),
}));

/** Opens a project in its workspace. */
export async function visitProject(id: string): Promise<void> {
  await openProject(id);
  useShell.getState().go(useProject.getState().project?.kind ?? 'sonify');
}

/** Opens the newest project of a film, or starts one. */
export async function sonify(item: MediaItem): Promise<void> {
  const existing = useProjectList.getState().projects.find((project) => project.kind === 'sonify' && project.media_id === item.id);
  if (existing) await visitProject(existing.id);
  else await startProject(item);
}

export async function startProject(item: MediaItem | null): Promise<void> {
  await createProject(item ? en.project.nameOf(item.name) : en.project.untitled, item?.id ?? null);
  await useProjectList.getState().load();
  useShell.getState().go('sonify');
}

/** Starts a choreography of a song. */
export async function startChoreography(song: MediaItem): Promise<void> {
  await createProject(en.dance.fresh.projectName(en.project.nameOf(song.name)), song.id, 'choreography');
  await useProjectList.getState().load();
  useShell.getState().go('choreography');
}

export function renameProject(project: Project, name: string): void {
  const rename = async (): Promise<void> => {
    const renamed = await call('renameProject', { params: { id: project.id }, body: { name } });
    if (useProject.getState().project?.id === project.id) useProject.setState({ project: renamed });
    await useProjectList.getState().load();
  };
  attempt(rename());
}

/** Moves a project to the trash; a toast brings it back. */
export function trashProject(project: Project): void {
  const trash = async (): Promise<void> => {
    await call('deleteProject', { params: { id: project.id } });
    if (useProject.getState().project?.id === project.id) {
      await closeProject();
      useShell.getState().go('start');
    }
    await useProjectList.getState().load();
    const restore = async (): Promise<void> => {
      await call('restoreProject', { params: { id: project.id } });
      await useProjectList.getState().load();
    };
    say(en.project.deleted(project.name), [{ label: en.project.restore, run: () => attempt(restore()) }]);
  };
  attempt(trash());
}
