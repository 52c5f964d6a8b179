/** Which filmstrip tile shows a time, and where it lies in its sheet. */
import type { Filmstrip } from '../../src-main/contract/documents/media-item.ts';

export interface TilePlace {
  readonly tile: number;
  readonly sheet: number;
  /** Offset of the tile in its sheet, in pixels of the sheet. */
  readonly xPx: number;
  readonly yPx: number;
}

export function tilePlace(strip: Filmstrip, tile: number): TilePlace {
  const perSheet = strip.columns * strip.rows;
  const sheet = Math.floor(tile / perSheet);
  const inSheet = tile - sheet * perSheet;
  return {
    tile,
    sheet,
    xPx: (inSheet % strip.columns) * strip.tile_width,
    yPx: Math.floor(inSheet / strip.columns) * strip.tile_height,
  };
}

/** The tile nearest to a time, within the tiles there are. */
export function tileAt(strip: Filmstrip, timeS: number): number {
  return Math.max(0, Math.min(strip.tiles - 1, Math.round(timeS / strip.interval_s)));
}

export interface StripCell {
  readonly leftPx: number;
  readonly widthPx: number;
  /** Middle of the cell, the time its picture should show. */
  readonly atS: number;
}

/**
 * The cells of a filmstrip lane: pictures side by side at their own aspect, standing at fixed times so that scrolling
 * moves them and zooming changes which ones are shown.
 * @param cellPx  width of one picture in CSS pixels
 */
export function stripCells(startS: number, endS: number, pxPerS: number, cellPx: number): StripCell[] {
  const cellS = cellPx / pxPerS;
  const first = Math.floor(startS / cellS);
  const last = Math.ceil(endS / cellS);
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => {
    const leftS = (first + i) * cellS;
    return { leftPx: (leftS - startS) * pxPerS, widthPx: cellPx, atS: leftS + cellS / 2 };
  });
}
