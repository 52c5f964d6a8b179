/**
 * What the program sees, over the picture: the rose of directions, arrows on the moving regions, their boxes, edges of
 * the picture on screen, the dominant colours by weight.
 */
import type { FeatureFrame } from '../../../../src-main/contract/documents/feature-frame.ts';
import { DIRECTION_BINS } from '../../../../src-main/contract/feature-layout.ts';
import type { Overlay } from '../../../../src-main/contract/overlay.ts';
import { fixed, percent } from '../../../model/format.ts';
import { mirroredFrame, mirroredOverlay } from '../../../model/mirrored.ts';
import type { Painter, Surface } from '../../../ui/canvas.tsx';
import { palette } from '../../../ui/palette.ts';
import type { FilmData } from '../lanes/film-data.ts';
import { useCamera } from '../live/camera/camera.ts';
import { isSeenNear, seenFeatures, seenOverlay } from '../live/camera/seen.ts';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';
import { EdgePicture } from './edge-picture.ts';
import { EdgeMap, paintFlowMap } from './map-painter.ts';
import { useOverlays } from './overlay-store.ts';

/** The picture's place in the viewer, in CSS pixels. */
export interface PictureBox {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The largest box of an aspect within a surface. */
export function pictureBox(widthPx: number, heightPx: number, aspect: number): PictureBox {
  const w = Math.min(widthPx, heightPx * aspect);
  const h = w / aspect;
  return { x: (widthPx - w) / 2, y: (heightPx - h) / 2, w, h };
}

/** Motion that makes an arrow of full length: half the diagonal per second. */
const FULL_MOTION = 0.5;

/** What there is to show: features, and the measured maps where a frame was looked at just now. */
interface Shown {
  readonly frame: FeatureFrame | null;
  readonly overlay: Overlay | null;
  /** The map's edges are those of the picture on screen. */
  readonly hasEdges: boolean;
}

/** Paints what is switched on; `edgesOf` draws edges where no map of them is there. */
function paintShown(surface: Surface, box: PictureBox, { frame, overlay, hasEdges }: Shown, edgeMap: EdgeMap, edgesOf: () => void): void {
  const { on } = useOverlays.getState();
  if (on.includes('edges') && overlay && hasEdges) edgeMap.paint(surface, box, overlay);
  else if (on.includes('edges')) edgesOf();
  if (on.includes('flow') && overlay) paintFlowMap(surface, box, overlay);
  if (!frame) return;
  if (on.includes('regions')) paintRegions(surface, box, frame);
  if (on.includes('flow')) paintFlow(surface, box, frame, overlay === null);
  if (on.includes('colours')) paintColours(surface, box, frame);
}

export function viewerPainter(data: FilmData, aspect: number): Painter {
  const edges = new EdgePicture();
  const edgeMap = new EdgeMap();
  const overlay = (): Overlay | null => (usePlayer.getState().output === 'live' ? seenOverlay() : null);
  return {
    key: () => {
      const { on } = useOverlays.getState();
      const { isPlaying } = usePlayer.getState();
      return {
        values: [on, player.positionS, data.version, palette(), overlay(), on.includes('edges') ? player.picture.currentS : 0],
        isMoving: isPlaying,
      };
    },
    paint: (surface) => {
      const box = pictureBox(surface.widthPx, surface.heightPx, aspect);
      const shown = { frame: data.frames.at(player.positionS), overlay: overlay(), hasEdges: isSeenNear(player.picture.currentS) };
      const video = player.picture.element;
      paintShown(surface, box, shown, edgeMap, () => (video ? edges.paint(surface, box, video, palette()['seen-edges']) : undefined));
    },
  };
}

/** Over the picture of the camera, mirrored as it is. */
export function cameraPainter(aspect: () => number): Painter {
  const edgeMap = new EdgeMap();
  const mirrored = new WeakMap<Overlay, Overlay>();
  const mirror = (overlay: Overlay): Overlay => {
    const known = mirrored.get(overlay) ?? mirroredOverlay(overlay);
    mirrored.set(overlay, known);
    return known;
  };
  return {
    key: () => ({ values: [useOverlays.getState().on, seenFeatures(), useCamera.getState().isMirrored, palette(), aspect()], isMoving: seenFeatures() !== null }),
    paint: (surface) => {
      const { isMirrored } = useCamera.getState();
      const [frame, overlay] = [seenFeatures(), seenOverlay()];
      const box = pictureBox(surface.widthPx, surface.heightPx, aspect());
      const shown = { frame: frame && isMirrored ? mirroredFrame(frame) : frame, overlay: overlay && isMirrored ? mirror(overlay) : overlay, hasEdges: true };
      paintShown(surface, box, shown, edgeMap, () => undefined);
    },
  };
}

function paintRegions({ context }: Surface, box: PictureBox, { motion }: FeatureFrame): void {
  const colours = palette();
  context.font = `10.5px ${colours.figures}`;
  context.textBaseline = 'top';
  for (const region of motion.high_motion_regions) {
    const [x, y, w, h] = [box.x + region.x * box.w, box.y + region.y * box.h, region.w * box.w, region.h * box.h];
    context.strokeStyle = colours['seen-motion'];
    context.lineWidth = 1.25;
    context.globalAlpha = 0.9;
    corners(context, x, y, w, h);
    context.globalAlpha = 1;
    // Above the box where there is room, so that arrow and number stay apart.
    label(context, Math.min(x, box.x + box.w - 34), y - 16 > box.y ? y - 16 : y + 3, fixed(region.magnitude, 2));
  }
}

/** The corners of a box: the picture inside stays free. */
function corners(context: CanvasRenderingContext2D, x: number, y: number, w: number, h: number): void {
  const arm = Math.min(12, w / 3, h / 3);
  context.beginPath();
  for (const [cx, cy, dx, dy] of [
    [x, y, 1, 1],
    [x + w, y, -1, 1],
    [x, y + h, 1, -1],
    [x + w, y + h, -1, -1],
  ] as const) {
    context.moveTo(cx + dx * arm, cy);
    context.lineTo(cx, cy);
    context.lineTo(cx, cy + dy * arm);
  }
  context.stroke();
}

function label(context: CanvasRenderingContext2D, x: number, y: number, text: string): void {
  const colours = palette();
  const width = context.measureText(text).width;
  context.fillStyle = colours.video;
  context.globalAlpha = 0.65;
  context.fillRect(x, y, width + 6, 14);
  context.globalAlpha = 1;
  context.fillStyle = colours['seen-motion'];
  context.fillText(text, x + 3, y + 2);
}

/** The frame's direction: sum of the histogram's directions, 0 when nothing moves. Up is positive y. */
export function meanDirection(histogram: readonly number[]): { x: number; y: number } {
  return histogram.reduce(
    (sum, share, bin) => {
      const angle = (bin * 2 * Math.PI) / DIRECTION_BINS;
      return { x: sum.x + share * Math.cos(angle), y: sum.y + share * Math.sin(angle) };
    },
    { x: 0, y: 0 },
  );
}

function paintFlow(surface: Surface, box: PictureBox, { motion }: FeatureFrame, hasArrows: boolean): void {
  const { context } = surface;
  const colours = palette();
  const direction = meanDirection(motion.direction_histogram);
  context.strokeStyle = colours['seen-motion'];
  context.fillStyle = colours['seen-motion'];
  for (const region of hasArrows ? motion.high_motion_regions : []) {
    const strength = Math.min(1, region.magnitude / FULL_MOTION);
    const length = 14 + strength * Math.min(box.w, box.h) * 0.16;
    const norm = Math.hypot(direction.x, direction.y);
    if (norm < 0.05) continue;
    const [cx, cy] = [box.x + (region.x + region.w / 2) * box.w, box.y + (region.y + region.h / 2) * box.h];
    arrow(context, cx, cy, (direction.x / norm) * length, (-direction.y / norm) * length);
  }
  paintRose(context, box, motion.direction_histogram, motion.average_magnitude);
}

function arrow(context: CanvasRenderingContext2D, cx: number, cy: number, dx: number, dy: number): void {
  const [x, y] = [cx + dx / 2, cy + dy / 2];
  const angle = Math.atan2(dy, dx);
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(cx - dx / 2, cy - dy / 2);
  context.lineTo(x, y);
  context.stroke();
  context.beginPath();
  context.moveTo(x + 5 * Math.cos(angle), y + 5 * Math.sin(angle));
  context.lineTo(x + 5 * Math.cos(angle + 2.4), y + 5 * Math.sin(angle + 2.4));
  context.lineTo(x + 5 * Math.cos(angle - 2.4), y + 5 * Math.sin(angle - 2.4));
  context.fill();
}

/** Eight petals in a corner: how much of the motion goes which way; their size is the motion's amount. */
function paintRose(
  context: CanvasRenderingContext2D,
  box: PictureBox,
  histogram: readonly number[],
  magnitude: number,
): void {
  const colours = palette();
  const radius = Math.max(18, Math.min(34, box.h * 0.09));
  const [cx, cy] = [box.x + box.w - radius - 12, box.y + radius + 12];
  context.globalAlpha = 0.55;
  context.fillStyle = colours.video;
  context.beginPath();
  context.arc(cx, cy, radius + 4, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha = 0.35 + 0.65 * Math.min(1, magnitude / FULL_MOTION);
  context.fillStyle = colours['seen-motion'];
  const most = Math.max(0.001, ...histogram);
  histogram.forEach((share, bin) => {
    const angle = (-bin * 2 * Math.PI) / DIRECTION_BINS;
    const half = Math.PI / DIRECTION_BINS - 0.05;
    context.beginPath();
    context.moveTo(cx, cy);
    context.arc(cx, cy, radius * Math.sqrt(share / most), angle - half, angle + half);
    context.fill();
  });
  context.globalAlpha = 1;
}

function paintColours({ context }: Surface, box: PictureBox, { color }: FeatureFrame): void {
  const total = color.dominant_colors.reduce((sum, own) => sum + own.weight, 0);
  if (total <= 0) return;
  const colours = palette();
  const [w, h] = [Math.min(260, box.w * 0.5), 12];
  let x = box.x + 12;
  const y = box.y + box.h - h - 12;
  context.font = `10.5px ${colours.figures}`;
  context.textBaseline = 'bottom';
  for (const own of color.dominant_colors) {
    const width = (own.weight / total) * w;
    context.fillStyle = own.hex;
    context.fillRect(x, y, width, h);
    const text = percent(own.weight);
    if (width > context.measureText(text).width + 4) {
      context.fillStyle = colours.video;
      context.globalAlpha = 0.6;
      context.fillRect(x, y - 15, context.measureText(text).width + 6, 14);
      context.globalAlpha = 1;
      context.fillStyle = colours['on-picture'];
      context.fillText(text, x + 3, y - 2);
    }
    x += width;
  }
  context.strokeStyle = colours.video;
  context.lineWidth = 1;
  context.strokeRect(box.x + 11.5, y - 0.5, w + 1, h + 1);
}
