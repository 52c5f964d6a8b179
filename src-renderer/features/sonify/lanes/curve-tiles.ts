/**
 * Feature curves at every zoom, in tiles that are fetched when they come into view and stay until the film changes. While
 * an analysis runs, tiles at its edge are fetched again and replaced in place.
 */
import { floats } from '../../../api/client.ts';
import { wake } from '../../../ui/animation.ts';

export const TILE_POINTS = 512;
const AT_ONCE = 4;
const TOPS = [0.1, 0.2, 0.5, 1, 2, 5];

interface Tile {
  /** (min, max, mean) triples; null until the first answer. */
  data: Float32Array | null;
  isStale: boolean;
  isLoading: boolean;
}

export interface TileView {
  readonly startS: number;
  readonly pointS: number;
  readonly data: Float32Array;
}

export class CurveTiles {
  readonly #mediaId: string;
  readonly #durationS: number;
  readonly #framePeriodS: number;
  readonly #tiles = new Map<string, Tile>();
  #waiting: (() => Promise<void>)[] = [];
  #running = 0;
  #untilS = 0;
  #isClosed = false;
  /** Rises with every arrival: part of the painters' keys. */
  version = 0;

  constructor(mediaId: string, durationS: number, framePeriodS: number) {
    this.#mediaId = mediaId;
    this.#durationS = durationS;
    this.#framePeriodS = framePeriodS;
  }

  /** The level at which a point is about one pixel wide; 0 is one point a frame. */
  levelFor(pxPerS: number): number {
    return Math.max(0, Math.floor(Math.log2(1 / (pxPerS * this.#framePeriodS))));
  }

  /** The tiles of a column over a stretch of time; those not there yet are asked for and left out. */
  tiles(column: number, startS: number, endS: number, level: number): TileView[] {
    const pointS = this.#framePeriodS * 2 ** level;
    const tileS = pointS * TILE_POINTS;
    const first = Math.max(0, Math.floor(startS / tileS));
    const last = Math.floor(Math.min(endS, this.#durationS) / tileS);
    const views: TileView[] = [];
    for (let index = first; index <= last; index += 1) {
      const data = this.#tile(column, level, index);
      if (data) views.push({ startS: index * tileS, pointS, data });
    }
    return views;
  }

  /** (min, max, mean) of a column at a time, from what is loaded; null when nothing is. */
  valueAt(column: number, timeS: number, level: number): readonly [number, number, number] | null {
    const [tile] = this.tiles(column, timeS, timeS, level);
    if (!tile) return null;
    const at = Math.floor((timeS - tile.startS) / tile.pointS + 1e-6) * 3;
    const mean = tile.data[at + 2];
    return mean === undefined || Number.isNaN(mean) ? null : [tile.data[at] ?? 0, tile.data[at + 1] ?? 0, mean];
  }

  /** Top of a lane for a column: the least round number above all that is known of the film, so that it rarely changes. */
  topOf(column: number): number {
    const level = Math.max(0, Math.ceil(Math.log2(this.#durationS / (this.#framePeriodS * TILE_POINTS))));
    let max = 0;
    for (const tile of this.tiles(column, 0, this.#durationS, level)) {
      for (let at = 1; at < tile.data.length; at += 3) {
        const value = tile.data[at] ?? 0;
        if (value > max) max = value;
      }
    }
    return TOPS.find((top) => max <= top) ?? max;
  }

  /** The analysis has come to a time; everything from where it stood before is fetched again. */
  grew(untilS: number): void {
    this.#expire(Math.min(this.#untilS, untilS));
    this.#untilS = untilS;
  }

  /** All of it may have changed: the analysis is done or was made anew. */
  renew(): void {
    this.#expire(0);
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
  }

  #expire(fromS: number): void {
    for (const [key, tile] of this.#tiles) {
      const [, level = 0, index = 0] = key.split(':').map(Number);
      const endS = (index + 1) * TILE_POINTS * this.#framePeriodS * 2 ** level;
      if (endS > fromS) tile.isStale = true;
    }
    wake();
    this.version += 1;
  }

  #tile(column: number, level: number, index: number): Float32Array | null {
    const key = `${column}:${level}:${index}`;
    let tile = this.#tiles.get(key);
    if (!tile) {
      tile = { data: null, isStale: true, isLoading: false };
      this.#tiles.set(key, tile);
    }
    if (tile.isStale && !tile.isLoading) this.#fetch(tile, column, level, index);
    return tile.data;
  }

  #fetch(tile: Tile, column: number, level: number, index: number): void {
    tile.isLoading = true;
    tile.isStale = false;
    const tileS = this.#framePeriodS * 2 ** level * TILE_POINTS;
    const query = { column, start_s: index * tileS, end_s: (index + 1) * tileS, points: TILE_POINTS };
    this.#waiting.push(async () => {
      try {
        tile.data = await floats('getFeatureCurve', { params: { id: this.#mediaId }, query });
      } catch {
        // Not analysed yet: an empty lane says so, and growth asks again.
        tile.data ??= null;
      }
      tile.isLoading = false;
      this.version += 1;
      wake();
    });
    this.#next();
  }

  #next(): void {
    while (!this.#isClosed && this.#running < AT_ONCE) {
      const job = this.#waiting.shift();
      if (!job) return;
      this.#running += 1;
      void job().finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
  }
}
