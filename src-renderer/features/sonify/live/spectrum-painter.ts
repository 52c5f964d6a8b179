/** The spectrum: 64 bands from 30 Hz to 18 kHz in equal ratios, -80 to 0 dBFS, falling slowly; and its words. */
import { en } from '../../../../src-main/contract/text/en.ts';
import { db, hz } from '../../../model/format.ts';
import type { Painter } from '../../../ui/canvas.tsx';
import { palette } from '../../../ui/palette.ts';
import { liveFrame } from './live-readings.ts';

const LOW_HZ = 30;
const HIGH_HZ = 18_000;
const FLOOR_DB = -80;
const FALL_DB_PER_S = 60;
const GRID_HZ = [100, 1000, 10_000];

/** Where a frequency stands, 0..1. */
const placeOf = (frequencyHz: number): number => Math.log(frequencyHz / LOW_HZ) / Math.log(HIGH_HZ / LOW_HZ);
const edgeHz = (band: number, bands: number): number => LOW_HZ * (HIGH_HZ / LOW_HZ) ** (band / bands);
const height = (levelDb: number): number => Math.min(1, Math.max(0, (levelDb - FLOOR_DB) / -FLOOR_DB));

export function spectrumPainter(): Painter {
  let shown: number[] = [];
  let lastMs = 0;
  return {
    key: (nowMs) => {
      const bands = liveFrame()?.spectrum ?? [];
      const fall = (FALL_DB_PER_S * Math.min(100, nowMs - lastMs)) / 1000;
      lastMs = nowMs;
      const next = Array.from({ length: Math.max(bands.length, shown.length) }, (_, i) =>
        Math.max(FLOOR_DB, bands[i] ?? FLOOR_DB, (shown[i] ?? FLOOR_DB) - fall),
      );
      const isSame = next.length === shown.length && next.every((value, i) => value === shown[i]);
      if (!isSame) shown = next;
      return { values: [shown, palette()], isMoving: shown.some((value) => value > FLOOR_DB) };
    },
    paint: ({ context, widthPx, heightPx }) => {
      const colours = palette();
      context.strokeStyle = colours.line;
      context.lineWidth = 1;
      for (const frequencyHz of GRID_HZ) {
        const x = Math.round(placeOf(frequencyHz) * widthPx) + 0.5;
        context.beginPath();
        context.moveTo(x, 0);
        context.lineTo(x, heightPx);
        context.stroke();
      }
      const each = widthPx / Math.max(1, shown.length);
      // Lows, middles and highs in the colours of the voices that mostly live there.
      const voices = [colours.motion, colours.colour, colours.edges];
      shown.forEach((level, i) => {
        const px = height(level) * heightPx;
        const frequencyHz = edgeHz(i, shown.length);
        context.fillStyle = voices[frequencyHz < 250 ? 0 : frequencyHz < 3000 ? 1 : 2] ?? colours.accent;
        context.fillRect(i * each, heightPx - px, Math.max(1, each - 1), px);
      });
    },
  };
}

/** The twin of the spectrum: the strongest band of lows, middles and highs. */
export function spectrumWords(): string[] {
  const bands = liveFrame()?.spectrum ?? [];
  if (bands.length === 0) return [en.live.deck.silence];
  const limits = [LOW_HZ, 250, 3000, HIGH_HZ];
  return limits.slice(1).map((highHz, part) => {
    const lowHz = limits[part] ?? LOW_HZ;
    const own = bands.filter((_, i) => edgeHz(i, bands.length) >= lowHz && edgeHz(i, bands.length) < highHz);
    const most = Math.max(FLOOR_DB, ...own);
    return en.live.deck.band(hz(lowHz), hz(highHz), most <= FLOOR_DB ? en.live.deck.silence : db(most));
  });
}
