/** Draws feature curves: a filled band from least to most of each point, with the mean as its line. */
import type { Surface } from '../../../../ui/canvas.tsx';
import type { TimeTransform } from '../../../../model/time-transform.ts';
import type { CurveTiles } from '../curve-tiles.ts';

export interface CurveStyle {
  readonly column: number;
  readonly colour: string;
  /** Value at the top of the lane. */
  readonly top: number;
  readonly fill: boolean;
  readonly lineWidth: number;
  readonly alpha: number;
}

const PAD_PX = 3;

export function paintCurve(surface: Surface, curves: CurveTiles, transform: TimeTransform, style: CurveStyle): void {
  const { context, widthPx, heightPx } = surface;
  const { startS, endS } = transform.visible(widthPx);
  const level = curves.levelFor(transform.pxPerS);
  const y = (value: number): number =>
    heightPx - style.lineWidth / 2 - Math.min(1, Math.max(0, value / style.top)) * (heightPx - PAD_PX);
  const line: [number, number][][] = [[]];
  const band: [number, number, number][] = [];
  for (const tile of curves.tiles(style.column, startS, endS, level)) {
    const first = Math.max(0, Math.floor((startS - tile.startS) / tile.pointS) - 1);
    const last = Math.min(tile.data.length / 3, Math.ceil((endS - tile.startS) / tile.pointS) + 1);
    for (let point = first; point < last; point += 1) {
      const mean = tile.data[point * 3 + 2] ?? Number.NaN;
      const run = line.at(-1) ?? [];
      // One empty point at the finest level is a frame on the border of its neighbour's; longer gaps are real.
      if (Number.isNaN(mean)) {
        const next = tile.data[point * 3 + 5] ?? Number.NaN;
        if (run.length > 0 && (level > 0 || Number.isNaN(next))) line.push([]);
        continue;
      }
      const x = transform.toPx(tile.startS + point * tile.pointS);
      run.push([x, y(mean)]);
      band.push([x, y(tile.data[point * 3] ?? mean), y(tile.data[point * 3 + 1] ?? mean)]);
    }
  }
  const stepPx = Math.max(
    1,
    transform.pxPerS * curves.tiles(style.column, startS, startS, level).reduce((_, tile) => tile.pointS, 0),
  );
  context.globalAlpha = style.alpha * 0.22;
  context.fillStyle = style.colour;
  if (style.fill) for (const run of line) fillBelow(context, run, heightPx, stepPx);
  context.globalAlpha = style.alpha * 0.35;
  for (const [x, low, high] of band) if (low - high > 1.5) context.fillRect(x, high, Math.max(1, stepPx), low - high);
  context.globalAlpha = style.alpha;
  context.strokeStyle = style.colour;
  context.lineWidth = style.lineWidth;
  context.lineJoin = 'round';
  if (style.lineWidth > 0) for (const run of line) strokeRun(context, run, stepPx);
  context.globalAlpha = 1;
}

/** Points wider than a few pixels are held, as the engine holds them between frames; narrower ones are joined. */
const HELD_PX = 4;

function tracePath(
  context: CanvasRenderingContext2D,
  run: readonly (readonly [number, number])[],
  stepPx: number,
): void {
  run.forEach(([x, y], i) => {
    if (i === 0) context.moveTo(x, y);
    else {
      if (stepPx > HELD_PX) context.lineTo(x, run[i - 1]?.[1] ?? y);
      context.lineTo(x, y);
    }
  });
  const last = run.at(-1);
  if (last && stepPx > HELD_PX) context.lineTo(last[0] + stepPx, last[1]);
}

function fillBelow(
  context: CanvasRenderingContext2D,
  run: readonly (readonly [number, number])[],
  heightPx: number,
  stepPx: number,
): void {
  const first = run[0];
  const last = run.at(-1);
  if (!first || !last) return;
  context.beginPath();
  tracePath(context, run, stepPx);
  context.lineTo(last[0] + (stepPx > HELD_PX ? stepPx : 0), heightPx);
  context.lineTo(first[0], heightPx);
  context.closePath();
  context.fill();
}

function strokeRun(
  context: CanvasRenderingContext2D,
  run: readonly (readonly [number, number])[],
  stepPx: number,
): void {
  context.beginPath();
  tracePath(context, run, stepPx);
  context.stroke();
}
