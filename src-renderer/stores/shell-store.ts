/** Where the user is: workspace, the open sheet and dialog, and what the program says about itself. */
import { create } from 'zustand';

import type { DoctorReport, SystemInfo } from '../../src-main/contract/documents/system.ts';
import { call } from '../api/client.ts';
import type { StreamState } from '../api/events.ts';

export type Workspace = 'start' | 'sonify' | 'choreography' | 'music-video' | 'text-to-video' | 'library';
export type Sheet = 'jobs' | 'export' | 'history' | 'audio' | 'midi';
export type DialogName =
  'palette' | 'shortcuts' | 'settings' | 'rename' | 'delete-project' | 'open-project' | 'choose-video' | 'save-preset';

interface ShellState {
  readonly workspace: Workspace;
  readonly sheet: Sheet | null;
  readonly dialog: DialogName | null;
  readonly system: SystemInfo | null;
  readonly doctor: DoctorReport | null;
  readonly stream: StreamState;
  readonly go: (workspace: Workspace) => void;
  readonly toggleSheet: (sheet: Sheet) => void;
  readonly closeSheet: () => void;
  readonly openDialog: (dialog: DialogName) => void;
  readonly closeDialog: () => void;
  readonly setStream: (stream: StreamState) => void;
  readonly loadSystem: () => Promise<void>;
  readonly loadDoctor: () => Promise<void>;
}

export const useShell = create<ShellState>()((set) => ({
  workspace: 'start',
  sheet: null,
  dialog: null,
  system: null,
  doctor: null,
  stream: 'connecting',
  go: (workspace) => set({ workspace, sheet: null }),
  toggleSheet: (sheet) => set((state) => ({ sheet: state.sheet === sheet ? null : sheet })),
  closeSheet: () => set({ sheet: null }),
  openDialog: (dialog) => set({ dialog }),
  closeDialog: () => set({ dialog: null }),
  setStream: (stream) => set({ stream }),
  loadSystem: async () => set({ system: await call('getSystem', {}) }),
  loadDoctor: async () => set({ doctor: await call('getDoctor', {}) }),
}));
