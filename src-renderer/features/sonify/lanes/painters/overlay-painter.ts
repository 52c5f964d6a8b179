/** Over all lanes: the range, markers, the hairline of hover and snapping, the playhead. Three things, three looks. */
import { clock } from '../../../../model/timecode.ts';
import type { Painter, Surface } from '../../../../ui/canvas.tsx';
import { palette } from '../../../../ui/palette.ts';
import { en } from '../../../../../src-main/contract/text/en.ts';
import { useTimeline } from '../timeline-store.ts';

export interface OverlayFacts {
  readonly positionS: number;
  readonly isPlaying: boolean;
  readonly range: { readonly startS: number; readonly endS: number } | null;
  readonly markers: readonly { readonly at_s: number }[];
  /** Analysed so far, while an analysis runs. */
  readonly frontS: number | null;
}

export function overlayPainter(facts: () => OverlayFacts): Painter {
  return {
    key: () => {
      const { transform, hoverS, snapped } = useTimeline.getState();
      const { positionS, isPlaying, range, markers, frontS } = facts();
      return {
        values: [transform, hoverS, snapped, positionS, range?.startS, range?.endS, markers, frontS, palette()],
        isMoving: isPlaying,
      };
    },
    paint: (surface) => {
      const { transform, hoverS, snapped } = useTimeline.getState();
      const { positionS, range, markers, frontS } = facts();
      const { context, heightPx } = surface;
      const colours = palette();
      if (range) paintRange(surface, transform.toPx(range.startS), transform.toPx(range.endS));
      context.fillStyle = colours.accent;
      context.globalAlpha = 0.35;
      for (const marker of markers) context.fillRect(Math.round(transform.toPx(marker.at_s)), 0, 1, heightPx);
      if (frontS !== null) {
        context.fillStyle = colours.text;
        context.globalAlpha = 0.25;
        context.fillRect(Math.round(transform.toPx(frontS)), 0, 1, heightPx);
      }
      context.globalAlpha = 0.4;
      context.fillStyle = colours['text-2'];
      if (hoverS !== null) context.fillRect(Math.round(transform.toPx(hoverS)), 0, 1, heightPx);
      context.globalAlpha = 1;
      if (snapped)
        paintSnap(
          surface,
          transform.toPx(snapped.atS),
          `${en.sonify.lanes.snapped[snapped.kind]} ${clock(snapped.atS, 2)}`,
        );
      paintPlayhead(surface, transform.toPx(positionS));
    },
  };
}

function paintRange({ context, heightPx, widthPx }: Surface, fromPx: number, toPx: number): void {
  const colours = palette();
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.12;
  context.fillRect(fromPx, 0, toPx - fromPx, heightPx);
  context.globalAlpha = 0.9;
  context.fillRect(Math.round(fromPx), 0, 1, heightPx);
  context.fillRect(Math.round(toPx) - 1, 0, 1, heightPx);
  context.fillRect(Math.max(0, fromPx), 0, Math.min(widthPx, toPx) - Math.max(0, fromPx), 2);
  context.globalAlpha = 1;
}

function paintSnap({ context, heightPx, widthPx }: Surface, px: number, words: string): void {
  const colours = palette();
  context.fillStyle = colours.beat;
  context.fillRect(Math.round(px), 0, 1, heightPx);
  context.font = `10.5px ${colours.figures}`;
  context.textBaseline = 'middle';
  const width = context.measureText(words).width + 10;
  const x = Math.min(px + 4, widthPx - width);
  context.fillStyle = colours.raised;
  context.fillRect(x, 26, width, 18);
  context.fillStyle = colours.text;
  context.fillText(words, x + 5, 35);
}

function paintPlayhead({ context, heightPx, widthPx }: Surface, px: number): void {
  if (px < -8 || px > widthPx + 8) return;
  const x = Math.round(px);
  context.fillStyle = palette().text;
  context.fillRect(x, 0, 1, heightPx);
  context.beginPath();
  context.moveTo(x - 4.5, 0);
  context.lineTo(x + 5.5, 0);
  context.lineTo(x + 5.5, 6);
  context.lineTo(x + 0.5, 11);
  context.lineTo(x - 4.5, 6);
  context.fill();
}
