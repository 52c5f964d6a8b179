/** Tells the song's player what is looped and how fast, as both change. */
import { useEffect } from 'react';

import { songPlayer } from '../../song/song-player.ts';
import { loopStretch, useDance, usePlan } from '../dance-store.ts';

export function useLoop(): void {
  const { isLooping, stretch, selectedId, rate } = useDance();
  const plan = usePlan();
  useEffect(() => songPlayer.setLoop(isLooping ? loopStretch() : null), [isLooping, stretch, selectedId, plan]);
  useEffect(() => songPlayer.setRate(rate), [rate]);
  useEffect(
    () => () => {
      songPlayer.setLoop(null);
      songPlayer.setRate(1);
    },
    [],
  );
}
