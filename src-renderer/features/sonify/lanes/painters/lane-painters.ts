/** What each lane draws, from typed arrays, at device resolution. A lane's painter is made once per film. */
import { DOMINANT_COLORS, featureLayout } from '../../../../../src-main/contract/feature-layout.ts';
import { hexOfPacked } from '../../../../../src-main/contract/documents/feature-frame.ts';
import { stripCells, tileAt, tilePlace } from '../../../../model/filmstrip.ts';
import { peakColumns } from '../../../../model/waveform.ts';
import type { PeakSource } from '../../../../model/waveform.ts';
import type { Painter, Surface } from '../../../../ui/canvas.tsx';
import { palette } from '../../../../ui/palette.ts';
import type { PaletteName } from '../../../../ui/palette.ts';
import type { FilmData } from '../film-data.ts';
import { isFolded, useTimeline } from '../timeline-store.ts';
import type { LaneId } from '../timeline-store.ts';
import { paintCurve } from './curve-painter.ts';

function painter(lane: LaneId, data: FilmData, paint: (surface: Surface) => void): Painter {
  return {
    key: () => ({
      values: [useTimeline.getState().transform, isFolded(lane), data.version, palette()],
      isMoving: false,
    }),
    paint,
  };
}

const view = (): ReturnType<typeof useTimeline.getState> => useTimeline.getState();

export function motionPainter(data: FilmData): Painter {
  return painter('motion', data, (surface) => {
    paintCurve(surface, data.curves, view().transform, {
      column: featureLayout.magnitude,
      colour: palette().motion,
      top: data.curves.topOf(featureLayout.magnitude),
      fill: true,
      lineWidth: 1.25,
      alpha: 1,
    });
  });
}

export function edgesPainter(data: FilmData): Painter {
  return painter('edges', data, (surface) => {
    const { edges } = palette();
    const { transform } = view();
    const top = Math.max(
      ...[featureLayout.edgeDensity, featureLayout.horizontalEdge, featureLayout.verticalEdge].map((column) =>
        data.curves.topOf(column),
      ),
    );
    paintCurve(surface, data.curves, transform, {
      column: featureLayout.edgeDensity,
      colour: edges,
      top,
      fill: true,
      lineWidth: 1.25,
      alpha: 1,
    });
    if (isFolded('edges')) return;
    paintCurve(surface, data.curves, transform, {
      column: featureLayout.horizontalEdge,
      colour: edges,
      top,
      fill: false,
      lineWidth: 1,
      alpha: 0.55,
    });
    surface.context.setLineDash([3, 3]);
    paintCurve(surface, data.curves, transform, {
      column: featureLayout.verticalEdge,
      colour: edges,
      top,
      fill: false,
      lineWidth: 1,
      alpha: 0.55,
    });
    surface.context.setLineDash([]);
  });
}

/** A ribbon: each column of pixels is divided among the dominant colours by their weights. */
export function colourPainter(data: FilmData): Painter {
  return painter('colour', data, ({ context, widthPx, heightPx }) => {
    const { transform } = view();
    const { startS, endS } = transform.visible(widthPx);
    const level = data.curves.levelFor(transform.pxPerS) + 1;
    const slots = Array.from({ length: DOMINANT_COLORS }, (_, slot) => ({
      colours: data.curves.tiles(featureLayout.color + slot * 2, startS, endS, level),
      weights: data.curves.tiles(featureLayout.color + slot * 2 + 1, startS, endS, level),
    }));
    for (const [index, tile] of (slots[0]?.colours ?? []).entries()) {
      const stepPx = tile.pointS * transform.pxPerS;
      const first = Math.max(0, Math.floor((startS - tile.startS) / tile.pointS));
      const last = Math.min(tile.data.length / 3, Math.ceil((endS - tile.startS) / tile.pointS));
      for (let point = first; point < last; point += 1) {
        const shares = slots.flatMap(({ colours, weights }) => {
          const packed = colours[index]?.data[point * 3 + 2] ?? Number.NaN;
          const weight = weights[index]?.data[point * 3 + 2] ?? 0;
          return Number.isNaN(packed) || !(weight > 0) ? [] : [{ packed, weight }];
        });
        const total = shares.reduce((sum, share) => sum + share.weight, 0);
        const x = transform.toPx(tile.startS + point * tile.pointS);
        let y = 0;
        for (const { packed, weight } of shares) {
          const h = (weight / total) * heightPx;
          context.fillStyle = hexOfPacked(packed);
          context.fillRect(x, y, stepPx + 0.75, h + 0.5);
          y += h;
        }
      }
    }
  });
}

export function cutsPainter(data: FilmData): Painter {
  return painter('cuts', data, (surface) => {
    const { context, heightPx, widthPx } = surface;
    const { transform } = view();
    const colours = palette();
    paintCurve(surface, data.curves, transform, {
      column: featureLayout.sceneChange,
      colour: colours['text-2'],
      top: 1,
      fill: true,
      lineWidth: 0,
      alpha: 1,
    });
    context.fillStyle = colours.text;
    for (const cut of data.cuts) {
      const x = Math.round(transform.toPx(cut));
      if (x < -4 || x > widthPx + 4) continue;
      context.fillRect(x, 0, 1, heightPx);
      context.beginPath();
      context.moveTo(x - 3.5, 0);
      context.lineTo(x + 4.5, 0);
      context.lineTo(x + 0.5, 5);
      context.fill();
    }
  });
}

export function filmstripPainter(data: FilmData): Painter {
  return painter('filmstrip', data, ({ context, widthPx, heightPx }) => {
    const { strip } = data;
    if (!strip) return;
    const { transform } = view();
    const cellPx = Math.max(8, (heightPx * strip.tile_width) / strip.tile_height);
    const { startS, endS } = transform.visible(widthPx);
    const endPx = transform.toPx(data.durationS);
    context.save();
    context.beginPath();
    context.rect(0, 0, Math.min(widthPx, endPx), heightPx);
    context.clip();
    for (const cell of stripCells(startS, endS, transform.pxPerS, cellPx)) {
      const place = tilePlace(strip, tileAt(strip, Math.min(cell.atS, data.durationS)));
      const image = data.sheets.get(place.sheet);
      if (image)
        context.drawImage(
          image,
          place.xPx,
          place.yPx,
          strip.tile_width,
          strip.tile_height,
          cell.leftPx,
          0,
          cellPx,
          heightPx,
        );
      context.fillStyle = palette().well;
      context.fillRect(cell.leftPx - 0.5, 0, 1, heightPx);
    }
    context.restore();
  });
}

/** A waveform: peaks as a pale body, loudness as a solid core. */
export function waveformPainter(
  lane: LaneId,
  data: FilmData,
  sourceAt: (pxPerS: number) => PeakSource | null,
  colour: PaletteName,
  version: () => unknown,
): Painter {
  return {
    key: () => ({
      values: [useTimeline.getState().transform, isFolded(lane), data.version, version(), palette()],
      isMoving: false,
    }),
    paint: ({ context, widthPx, heightPx }) => {
      const { transform } = view();
      const source = sourceAt(transform.pxPerS);
      if (!source) return;
      const columns = Math.ceil(widthPx);
      const out = new Float32Array(columns * 3);
      peakColumns(source, transform.originS, 1 / transform.pxPerS, out);
      const middle = heightPx / 2;
      context.fillStyle = palette()[colour];
      for (let x = 0; x < columns; x += 1) {
        const [low, high, rms] = [out[x * 3] ?? 0, out[x * 3 + 1] ?? 0, out[x * 3 + 2] ?? 0];
        if (Number.isNaN(high)) continue;
        context.globalAlpha = 0.45;
        context.fillRect(x, middle - high * middle, 1, Math.max(1, (high - low) * middle));
        context.globalAlpha = 1;
        context.fillRect(x, middle - rms * middle, 1, Math.max(0.5, 2 * rms * middle));
      }
    },
  };
}
