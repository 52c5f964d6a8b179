/** The library's items as the program has them, newest first, kept true by events. */
import { create } from 'zustand';

import type { MediaItem } from '../../src-main/contract/documents/media-item.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { call } from '../api/client.ts';
import { say, sayError } from './toast-store.ts';

interface MediaState {
  readonly items: readonly MediaItem[];
  readonly isLoaded: boolean;
  readonly load: () => Promise<void>;
  readonly put: (item: MediaItem) => void;
  readonly remove: (item: MediaItem) => Promise<void>;
}

const newestFirst = (a: MediaItem, b: MediaItem): number =>
  b.created_at.localeCompare(a.created_at) || a.id.localeCompare(b.id);

export const useMedia = create<MediaState>()((set, get) => ({
  items: [],
  isLoaded: false,
  load: async () => {
    const { items } = await call('listMedia', {});
    set({ items: items.filter((item) => item.removed_at === null).sort(newestFirst), isLoaded: true });
  },
  put: (item) =>
    set((state) => {
      const others = state.items.filter((other) => other.id !== item.id);
      if (item.removed_at !== null) return { items: others };
      const index = state.items.findIndex((other) => other.id === item.id);
      return { items: index === -1 ? [...others, item].sort(newestFirst) : state.items.with(index, item) };
    }),
  remove: async (item) => {
    try {
      get().put(await call('removeMedia', { params: { id: item.id } }));
    } catch (error) {
      sayError(error);
      return;
    }
    const restore = (): void => {
      call('restoreMedia', { params: { id: item.id } }).then(get().put, (error: unknown) => sayError(error));
    };
    say(en.library.item.removed(item.name), [{ label: en.library.item.undo, run: restore }]);
  },
}));

export function mediaById(id: string | null): MediaItem | null {
  return id === null ? null : (useMedia.getState().items.find((item) => item.id === id) ?? null);
}

/** The item, kept true while it changes. */
export function useMediaItem(id: string | null): MediaItem | null {
  return useMedia((state) => (id === null ? null : (state.items.find((item) => item.id === id) ?? null)));
}
