import { describe, expect, it } from 'vitest';

import { stripCells, tileAt, tilePlace } from './filmstrip.ts';

const strip = { tile_width: 160, tile_height: 90, interval_s: 0.5, tiles: 130, columns: 10, rows: 10, sheets: 2 };

describe('filmstrip', () => {
  it('finds the tile and its place across sheets', () => {
    expect(tilePlace(strip, 112)).toEqual({ tile: 112, sheet: 1, xPx: 320, yPx: 90 });
  });

  it('never asks for a tile that is not there', () => {
    expect([tileAt(strip, -3), tileAt(strip, 0.26), tileAt(strip, 900)]).toEqual([0, 1, 129]);
  });

  it('covers the view without a gap', () => {
    const cells = stripCells(3.3, 13.3, 100, 80);
    expect(cells[0]?.leftPx).toBeLessThanOrEqual(0);
    expect((cells.at(-1)?.leftPx ?? 0) + 80).toBeGreaterThanOrEqual(1000);
    expect(cells.every((cell, i) => i === 0 || Math.abs(cell.leftPx - (cells[i - 1]?.leftPx ?? 0) - 80) < 1e-6)).toBe(
      true,
    );
  });
});
