/** Taps along with the playing song: from the fourth on they set the beats. */
import { create } from 'zustand';

import { en } from '../../../src-main/contract/text/en.ts';
import { tapped } from '../../model/song-edit.ts';
import { gridOfTaps, withTap } from '../../model/tapped-grid.ts';
import { editSong } from './song-document.ts';
import { songPlayer, useSongPlayer } from './song-player.ts';

export const useTaps = create<{ readonly taps: readonly number[] }>()(() => ({ taps: [] }));

export function clearTaps(): void {
  useTaps.setState({ taps: [] });
}

/** One tap at what is heard now; the first one starts a song that rests. */
export function tap(): void {
  if (!useSongPlayer.getState().isPlaying) {
    clearTaps();
    songPlayer.toggle();
    return;
  }
  const taps = withTap(useTaps.getState().taps, songPlayer.positionS);
  useTaps.setState({ taps });
  const grid = gridOfTaps(taps);
  if (grid) editSong(tapped(grid), { label: en.song.undo.tap, group: 'tap' });
}
