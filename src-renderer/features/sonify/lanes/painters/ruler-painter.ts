/** The ruler: times, bars of the tempo under them when there is room, range and markers. */
import { LABEL_GAP_PX, RULER_FONT_PX, rulerTicks } from '../../../../model/ruler-ticks.ts';
import type { Painter } from '../../../../ui/canvas.tsx';
import { palette } from '../../../../ui/palette.ts';
import { useTimeline } from '../timeline-store.ts';

export interface RulerFacts {
  readonly bpm: number | null;
  readonly markers: readonly { readonly at_s: number; readonly label: string }[];
}

const BAR_BEATS = 4;
const LEAST_BAR_PX = 28;

export function rulerPainter(facts: () => RulerFacts): Painter {
  return {
    key: () => {
      const { transform, durationS } = useTimeline.getState();
      const { bpm, markers } = facts();
      return { values: [transform, durationS, bpm, markers, palette()], isMoving: false };
    },
    paint: ({ context, widthPx, heightPx }) => {
      const { transform, durationS } = useTimeline.getState();
      const colours = palette();
      const { startS, endS } = transform.visible(widthPx);
      context.font = `${RULER_FONT_PX}px ${colours.figures}`;
      context.textBaseline = 'top';
      for (const { px, isMain, label } of rulerTicks(transform, { widthPx, durationS })) {
        context.fillStyle = isMain ? colours['line-strong'] : colours.line;
        context.fillRect(px, isMain ? 0 : 9, 1, isMain ? heightPx : 4);
        if (label === null) continue;
        context.fillStyle = colours['text-2'];
        context.fillText(label, px + LABEL_GAP_PX, 2);
      }
      const { bpm, markers } = facts();
      if (bpm !== null) paintBars(context, bpm, startS, endS, heightPx);
      for (const marker of markers) {
        const x = Math.round(transform.toPx(marker.at_s));
        if (x < -80 || x > widthPx) continue;
        context.fillStyle = colours.accent;
        context.beginPath();
        context.moveTo(x, heightPx);
        context.lineTo(x, heightPx - 9);
        context.lineTo(x + 8, heightPx - 6);
        context.lineTo(x + 1, heightPx - 3);
        context.fill();
      }
    },
  };
}

function paintBars(
  context: CanvasRenderingContext2D,
  bpm: number,
  startS: number,
  endS: number,
  heightPx: number,
): void {
  const { transform, durationS } = useTimeline.getState();
  const barS = (60 / bpm) * BAR_BEATS;
  // Fewer bars are shown, never crowded ones: every one, every fourth, every sixteenth.
  let every = 1;
  while (barS * every * transform.pxPerS < LEAST_BAR_PX) every *= 4;
  context.fillStyle = palette().beat;
  for (let bar = Math.floor(startS / barS / every) * every; bar * barS <= Math.min(endS, durationS); bar += every) {
    const x = Math.round(transform.toPx(bar * barS));
    context.globalAlpha = 0.8;
    context.fillRect(x, heightPx - 4, 1, 4);
    const beatPx = (barS / BAR_BEATS) * transform.pxPerS;
    context.globalAlpha = 0.4;
    if (every === 1 && beatPx > 8)
      for (let beat = 1; beat < BAR_BEATS; beat += 1)
        context.fillRect(Math.round(x + beat * beatPx), heightPx - 2, 1, 2);
  }
  context.globalAlpha = 1;
}
