/** Files that jobs made for the open project, newest first. */
import { create } from 'zustand';

import type { Artifact } from '../../src-main/contract/documents/artifact.ts';
import { call } from '../api/client.ts';

interface ArtifactState {
  readonly projectId: string | null;
  readonly artifacts: readonly Artifact[];
  readonly open: (projectId: string | null) => Promise<void>;
  readonly load: () => Promise<void>;
}

export const useArtifacts = create<ArtifactState>()((set, get) => ({
  projectId: null,
  artifacts: [],
  open: async (projectId) => {
    set({ projectId, artifacts: [] });
    await get().load();
  },
  load: async () => {
    const { projectId } = get();
    if (projectId === null) return;
    const { artifacts } = await call('listArtifacts', { query: { project_id: projectId } });
    if (get().projectId === projectId) set({ artifacts });
  },
}));
