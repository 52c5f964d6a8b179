/** Measured maps over the picture: an arrow per cell that moves, and the edges the analysis found, pixel by pixel. */
import type { Overlay } from '../../../../src-main/contract/overlay.ts';
import type { Surface } from '../../../ui/canvas.tsx';
import { palette } from '../../../ui/palette.ts';
import type { PictureBox } from './overlay-painter.ts';

/** Motion below this share of the diagonal per second is left out. */
const LEAST_MOTION = 0.03;
/** An arrow shows where its cell would be after this time, at most so many cells long. */
const ARROW_S = 0.12;
const MOST_CELLS = 2.2;

export function paintFlowMap({ context }: Surface, box: PictureBox, { flow, gridWidth, gridHeight, width, height }: Overlay): void {
  const colours = palette();
  const diagonal = Math.hypot(width, height);
  const [cellW, cellH] = [box.w / gridWidth, box.h / gridHeight];
  const scale = box.w / width;
  context.strokeStyle = colours['seen-motion'];
  context.lineWidth = 1.25;
  context.globalAlpha = 0.9;
  context.beginPath();
  for (let row = 0; row < gridHeight; row += 1) {
    for (let column = 0; column < gridWidth; column += 1) {
      const at = (row * gridWidth + column) * 2;
      const [dx, dy] = [flow[at] ?? 0, flow[at + 1] ?? 0];
      const speed = Math.hypot(dx, dy);
      if (speed < LEAST_MOTION * diagonal) continue;
      const length = Math.min(speed * scale * ARROW_S, MOST_CELLS * cellW);
      arrowPath(context, box.x + (column + 0.5) * cellW, box.y + (row + 0.5) * cellH, (dx / speed) * length, (dy / speed) * length);
    }
  }
  context.stroke();
  context.globalAlpha = 1;
}

function arrowPath(context: CanvasRenderingContext2D, x: number, y: number, dx: number, dy: number): void {
  const [tipX, tipY] = [x + dx, y + dy];
  const angle = Math.atan2(dy, dx);
  context.moveTo(x, y);
  context.lineTo(tipX, tipY);
  for (const side of [2.5, -2.5]) {
    context.moveTo(tipX, tipY);
    context.lineTo(tipX + 4 * Math.cos(angle + side), tipY + 4 * Math.sin(angle + side));
  }
}

/** Keeps the canvas and the picture made of the newest map. */
export class EdgeMap {
  readonly #context = document.createElement('canvas').getContext('2d');
  #shown: Overlay | null = null;

  paint({ context }: Surface, box: PictureBox, overlay: Overlay): void {
    const own = this.#context;
    if (!own) return;
    if (this.#shown !== overlay) this.#draw(own, overlay);
    context.drawImage(own.canvas, box.x, box.y, box.w, box.h);
  }

  #draw(context: CanvasRenderingContext2D, overlay: Overlay): void {
    const { width, height, edges } = overlay;
    this.#shown = overlay;
    context.canvas.width = width;
    context.canvas.height = height;
    const image = context.createImageData(width, height);
    edges.forEach((edge, i) => (image.data[i * 4 + 3] = edge));
    context.putImageData(image, 0, 0);
    context.globalCompositeOperation = 'source-in';
    context.fillStyle = palette()['seen-edges'];
    context.fillRect(0, 0, width, height);
    context.globalCompositeOperation = 'source-over';
  }
}
