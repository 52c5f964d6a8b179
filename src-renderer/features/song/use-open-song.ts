/** Opens a song's document and sound while a screen shows it. */
import { useEffect } from 'react';

import { onFrame } from '../../ui/animation.ts';
import { closeSong, openSong, useSongDocument } from './song-document.ts';
import { songPlayer, useSongPlayer } from './song-player.ts';
import { follow } from './song-view-store.ts';
import { clearTaps } from './tap-store.ts';

/** Opens document and sound together, keeps the clicks on the beats as they are edited, and closes both. */
export function useOpenSong(id: string, durationS: number): void {
  useEffect(() => {
    openSong(id);
    songPlayer.open(id, durationS);
    const stopFollowing = onFrame(() => {
      if (useSongPlayer.getState().isPlaying) follow(songPlayer.positionS);
      return undefined;
    });
    let beats: readonly number[] | undefined;
    const stopBeats = useSongDocument.subscribe(({ song }) => {
      if (song?.id !== id || !song.analysis || song.analysis.beats === beats) return;
      beats = song.analysis.beats;
      songPlayer.setBeats(song.analysis);
    });
    return () => {
      stopFollowing();
      stopBeats();
      clearTaps();
      songPlayer.close();
      closeSong();
    };
  }, [id, durationS]);
}
