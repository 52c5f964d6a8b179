/** How a film is cut into tiles: an interval on a scale people can read, sheets small enough to arrive one by one. Pure. */
import type { VideoStream } from '../../contract/documents/media-item.ts';
import { TILE_COLUMNS, TILE_HEIGHT_PX, TILE_ROWS } from './derived.ts';
import type { FilmstripPlan } from './ports.ts';

const INTERVALS_S = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300];
const MAX_TILES = 600;
/** From this distance on only key frames are decoded: decoding all of ten hours for 600 tiles would take half of them. */
const KEY_FRAMES_FROM_S = 5;
/** Very wide and very tall pictures keep a tile that can be seen. */
const WIDTH_PX = { min: 24, max: 360 };

export function filmstripPlan(video: VideoStream, durationS: number): FilmstripPlan {
  const interval = INTERVALS_S.find((each) => durationS / each <= MAX_TILES) ?? Math.ceil(durationS / MAX_TILES);
  const width = Math.round((TILE_HEIGHT_PX * video.display_width) / video.display_height / 2) * 2;
  const tiles = Math.max(1, Math.ceil(durationS / interval - 1e-6));
  return {
    tile_width: Math.min(WIDTH_PX.max, Math.max(WIDTH_PX.min, width)),
    tile_height: TILE_HEIGHT_PX,
    interval_s: interval,
    tiles,
    columns: TILE_COLUMNS,
    rows: TILE_ROWS,
    sheets: Math.ceil(tiles / (TILE_COLUMNS * TILE_ROWS)),
    isKeyFramesOnly: interval >= KEY_FRAMES_FROM_S,
  };
}
