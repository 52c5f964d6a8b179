/** The scope: the newest 21 ms of the sum from a rising zero crossing, and its words. */
import { db } from '../../../model/format.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import type { Painter } from '../../../ui/canvas.tsx';
import { palette } from '../../../ui/palette.ts';
import { liveFrame } from './live-readings.ts';

/** Quiet sound is drawn larger, up to this. */
const MOST_ZOOM = 8;

export function scopePainter(): Painter {
  return {
    key: () => ({ values: [liveFrame()?.scope, palette()], isMoving: false }),
    paint: ({ context, widthPx, heightPx }) => {
      const colours = palette();
      const middle = heightPx / 2;
      context.strokeStyle = colours.line;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(0, middle);
      context.lineTo(widthPx, middle);
      context.stroke();
      const scope = liveFrame()?.scope;
      if (!scope || scope.length < 2) return;
      const peak = scope.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      const gain = (middle - 2) * Math.min(MOST_ZOOM, 1 / Math.max(peak, 1e-3));
      context.strokeStyle = colours.accent;
      context.lineWidth = 1.25;
      context.beginPath();
      scope.forEach((sample, i) => context.lineTo((i / (scope.length - 1)) * widthPx, middle - sample * gain));
      context.stroke();
    },
  };
}

/** The twin of the scope. */
export function scopeWords(): string[] {
  const [left, right] = liveFrame()?.peak_db ?? [null, null];
  return left === null && right === null
    ? [en.live.deck.silence]
    : [en.live.deck.scopeTwin(db(Math.max(left ?? -60, right ?? -60)))];
}
