/** What is known of the library's songs, by item, kept true by events. */
import { create } from 'zustand';

import type { SongSummary } from '../../src-main/contract/documents/song.ts';
import { call } from '../api/client.ts';

interface SongState {
  readonly songs: ReadonlyMap<string, SongSummary>;
  readonly load: () => Promise<void>;
  readonly put: (song: SongSummary) => void;
}

export const useSongs = create<SongState>()((set) => ({
  songs: new Map(),
  load: async () => {
    const { songs } = await call('listSongs', {});
    set({ songs: new Map(songs.map((song) => [song.id, song])) });
  },
  put: (song) => set(({ songs }) => ({ songs: new Map(songs).set(song.id, song) })),
}));
