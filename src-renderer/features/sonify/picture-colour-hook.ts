/** Gives the colour sense the picture's own colour at the playhead, a few times a second. */
import { useEffect } from 'react';

import { senseColour } from '../../model/picture-colour.ts';
import { onFrame } from '../../ui/animation.ts';
import { palette } from '../../ui/palette.ts';
import type { FilmData } from './lanes/film-data.ts';
import { player } from './player/player.ts';

const EVERY_MS = 300;

export function usePictureColour(data: FilmData | null): void {
  useEffect(() => {
    const { style } = document.documentElement;
    let shown: string | null = null;
    let lastMs = 0;
    const stop = onFrame((nowMs) => {
      if (!data || nowMs - lastMs < EVERY_MS) return undefined;
      lastMs = nowMs;
      const frame = data.frames.at(player.positionS);
      const colour = frame ? senseColour(frame.color.dominant_colors, palette().isDark) : null;
      if (colour === shown) return undefined;
      shown = colour;
      if (colour === null) style.removeProperty('--picture-colour');
      else style.setProperty('--picture-colour', colour);
      return undefined;
    });
    return () => {
      stop();
      style.removeProperty('--picture-colour');
    };
  }, [data]);
}
