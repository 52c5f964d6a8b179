/** The mappings that can be taken as presets: built-in ones, then the user's. */
import { create } from 'zustand';

import type { MappingEntry } from '../../../../src-main/contract/operations/sonify.ts';
import { call } from '../../../api/client.ts';

interface PresetState {
  readonly entries: readonly MappingEntry[];
  readonly load: () => Promise<void>;
}

export const usePresets = create<PresetState>()((set) => ({
  entries: [],
  load: async () => set({ entries: (await call('listMappings', {})).mappings }),
}));
