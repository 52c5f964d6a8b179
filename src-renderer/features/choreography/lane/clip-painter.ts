/** Draws the clips of a plan: pictures, names, scores, locks, transitions; only those in sight, each as fine as it is wide. */
import type { PlanSegment } from '../../../../src-main/contract/documents/choreography.ts';
import type { Filmstrip } from '../../../../src-main/contract/documents/media-item.ts';
import { halfOf } from '../../../model/deck.ts';
import { cutToWidth, inSight } from '../../../model/clip-lane.ts';
import { tileAt, tilePlace } from '../../../model/filmstrip.ts';
import { contentAt } from '../../../model/plan-edit.ts';
import type { TimeTransform } from '../../../model/time-transform.ts';
import type { Painter, Surface } from '../../../ui/canvas.tsx';
import { palette } from '../../../ui/palette.ts';
import type { Palette } from '../../../ui/palette.ts';
import { useMedia } from '../../../stores/media-store.ts';
import { useSongView } from '../../song/song-view-store.ts';
import { planNow, shownSegments, useDance } from '../dance-store.ts';
import { shownScores, useVerdict } from '../verdict-store.ts';
import { stripImages } from './strip-images.ts';

const HEAD_PX = 17;
const SCORE_PX = 3;
const RADIUS_PX = 4;
/** Narrower clips are blocks without words or pictures. */
const LEAST_WORDS_PX = 26;
const LEAST_PICTURE_PX = 10;
/** Clips narrower than this show no transitions. */
const LEAST_MARK_PX = 14;

/** The page's own type, read once. */
let font: string | undefined;

interface Scene {
  readonly surface: Surface;
  readonly transform: TimeTransform;
  readonly segments: readonly PlanSegment[];
  readonly colours: Palette;
  readonly selectedId: string | null;
  readonly dropIndex: number | null;
  readonly hoverIndex: number | null;
  readonly faulty: ReadonlySet<string>;
  readonly scores: ReadonlyMap<string, number>;
  readonly transitionS: number;
}

export function clipPainter(): Painter {
  return {
    key: () => {
      const { selectedId, dropIndex, hoverIndex } = useDance.getState();
      const { transform } = useSongView.getState();
      return { values: [transform, shownSegments(), selectedId, dropIndex, hoverIndex, useVerdict.getState().verdict, stripImages.version, useMedia.getState().items, palette()], isMoving: false };
    },
    paint: (surface) => paintClips(surface, shownSegments(), useSongView.getState().transform),
  };
}

/** Draws them on any surface; the bench calls it with its own. */
export function paintClips(surface: Surface, segments: readonly PlanSegment[], transform: TimeTransform): void {
  const { selectedId, dropIndex, hoverIndex } = useDance.getState();
  const { verdict } = useVerdict.getState();
  const { startS, endS } = transform.visible(surface.widthPx);
  const [first, last] = inSight(segments, startS, endS);
  const scene: Scene = {
    surface,
    transform,
    segments,
    colours: palette(),
    selectedId,
    dropIndex,
    hoverIndex,
    faulty: new Set(verdict?.faults.map((fault) => fault.segment_id)),
    scores: shownScores(),
    transitionS: planNow()?.parameters.transition_s ?? 0.5,
  };
  surface.context.font = (font ??= `11px ${getComputedStyle(document.body).fontFamily}`);
  surface.context.textBaseline = 'middle';
  for (let i = first; i < last; i += 1) paintClip(scene, i);
  for (let i = first; i < last; i += 1) paintTransition(scene, i);
}

function paintClip(scene: Scene, index: number): void {
  const segment = scene.segments[index];
  if (!segment) return;
  const { surface, transform, colours } = scene;
  const { context, heightPx } = surface;
  const left = transform.toPx(segment.start_s);
  const width = Math.max(1, transform.toPx(segment.end_s) - left - 1);
  const isSelected = segment.id === scene.selectedId;
  context.fillStyle = isSelected ? colours.hover : colours.raised;
  if (width < LEAST_PICTURE_PX) {
    context.fillStyle = isSelected ? colours.accent : colours['line-strong'];
    context.fillRect(left, 1, width, heightPx - 2);
    paintScore(scene, segment, left, width);
    return;
  }
  context.save();
  context.beginPath();
  context.roundRect(left + 0.5, 1, width, heightPx - 2, RADIUS_PX);
  context.fill();
  context.clip();
  paintStrip(scene, segment, left, width);
  context.fillStyle = isSelected ? colours.hover : colours.raised;
  context.globalAlpha = 0.92;
  context.fillRect(left, 0, width + 1, HEAD_PX);
  context.globalAlpha = 1;
  if (width >= LEAST_WORDS_PX) paintWords(scene, segment, index, left, width);
  paintScore(scene, segment, left, width);
  context.restore();
  paintFrame(scene, segment, index, left, width);
}

/** Pictures side by side from where the clip is entered, at its own speed. */
function paintStrip({ surface, transform }: Scene, segment: PlanSegment, left: number, width: number): void {
  const strip = stripImages.of(segment.move_id);
  if (!strip) return;
  const { context, heightPx, widthPx } = surface;
  const height = heightPx - HEAD_PX - SCORE_PX - 2;
  if (height < 8) return;
  const cellPx = (strip.geometry.tile_width / strip.geometry.tile_height) * height;
  // Of a clip narrower than a picture its middle is seen: the dancers stand there.
  if (width < cellPx) {
    const x = left - (cellPx - width) / 2;
    paintTile(context, strip.geometry, strip.sheets, contentAt(segment, transform.toS(left + width / 2)), { x, y: HEAD_PX, width: cellPx, height });
    return;
  }
  const first = Math.max(0, Math.floor(-left / cellPx));
  for (let cell = first; cell * cellPx < width && left + cell * cellPx < widthPx; cell += 1) {
    const x = left + cell * cellPx;
    paintTile(context, strip.geometry, strip.sheets, contentAt(segment, transform.toS(x + cellPx / 2)), { x, y: HEAD_PX, width: cellPx, height });
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function paintTile(context: CanvasRenderingContext2D, geometry: Filmstrip, sheets: { get: (sheet: number) => HTMLImageElement | null }, timeS: number, box: Box): void {
  const place = tilePlace(geometry, tileAt(geometry, timeS));
  const image = sheets.get(place.sheet);
  if (image) context.drawImage(image, place.xPx, place.yPx, geometry.tile_width, geometry.tile_height, box.x, box.y, box.width, box.height);
}

const widths = new Map<string, number>();

/** Widths of words are kept: measuring a thousand of them each frame would be felt. */
function measured(context: CanvasRenderingContext2D): (text: string) => number {
  return (text) => {
    const known = widths.get(text);
    if (known !== undefined) return known;
    const width = context.measureText(text).width;
    if (widths.size > 20_000) widths.clear();
    widths.set(text, width);
    return width;
  };
}

function paintWords({ surface, colours }: Scene, segment: PlanSegment, index: number, left: number, width: number): void {
  const { context } = surface;
  const from = Math.max(left, 0) + 5;
  const lockPx = segment.is_locked ? 13 : 0;
  if (segment.is_locked) paintLock(context, left + width - 12, 4, colours.beat);
  const room = left + width - from - 4 - lockPx;
  const text = cutToWidth(segment.name, room, measured(context));
  context.fillStyle = colours.text;
  context.fillText(text, from, HEAD_PX / 2 + 0.5);
  const number = String(index + 1);
  const nameWidth = measured(context)(text);
  if (room - nameWidth < 26) return;
  context.fillStyle = colours['text-3'];
  context.textAlign = 'right';
  context.fillText(number, left + width - 4 - lockPx, HEAD_PX / 2 + 0.5);
  context.textAlign = 'left';
}

function paintLock(context: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 1.2;
  context.beginPath();
  context.arc(x + 4, y + 4, 2.4, Math.PI, 0);
  context.stroke();
  context.fillRect(x + 0.5, y + 4, 7, 5);
}

/** The score as a bar at the foot of its clip: length and colour say the same. */
function paintScore({ surface, colours, scores }: Scene, segment: PlanSegment, left: number, width: number): void {
  const { context, heightPx } = surface;
  const score = scores.get(segment.id) ?? segment.score;
  context.fillStyle = colours.well;
  context.fillRect(left, heightPx - SCORE_PX - 1, width, SCORE_PX);
  context.fillStyle = score >= 0.66 ? colours.ok : score >= 0.4 ? colours.warn : colours.danger;
  context.fillRect(left, heightPx - SCORE_PX - 1, Math.max(1, width * score), SCORE_PX);
}

function paintFrame(scene: Scene, segment: PlanSegment, index: number, left: number, width: number): void {
  const { surface, colours } = scene;
  const { context, heightPx } = surface;
  const isFaulty = scene.faulty.has(segment.id);
  const isMarked = segment.id === scene.selectedId || index === scene.dropIndex;
  context.strokeStyle = isFaulty ? colours.danger : isMarked ? colours.accent : index === scene.hoverIndex ? colours['line-strong'] : colours.line;
  context.lineWidth = isFaulty || isMarked ? 2 : 1;
  context.beginPath();
  context.roundRect(left + 0.5, 1, width, heightPx - 2, RADIUS_PX);
  context.stroke();
  if (index !== scene.dropIndex) return;
  context.globalAlpha = 0.22;
  context.fillStyle = colours.accent;
  context.fill();
  context.globalAlpha = 1;
}

/** A transition as a lens over its cut, as long as it lasts; a plain cut has no mark. */
function paintTransition({ surface, transform, segments, colours, transitionS }: Scene, index: number): void {
  const segment = segments[index];
  const half = halfOf(segments, index, transitionS);
  const widthPx = segment ? (segment.end_s - segment.start_s) * transform.pxPerS : 0;
  if (!segment || half === 0 || widthPx < LEAST_MARK_PX) return;
  const { context } = surface;
  const middle = transform.toPx(segment.start_s);
  const reach = Math.max(4, half * transform.pxPerS);
  const y = HEAD_PX + 6;
  context.beginPath();
  context.moveTo(middle - reach, y);
  context.lineTo(middle, y - 5);
  context.lineTo(middle + reach, y);
  context.lineTo(middle, y + 5);
  context.closePath();
  context.fillStyle = colours.app;
  context.globalAlpha = 0.75;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colours.beat;
  context.lineWidth = 1.25;
  context.stroke();
}
