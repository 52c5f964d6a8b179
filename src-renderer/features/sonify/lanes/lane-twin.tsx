/**
 * The twin of a lane's canvas: the same model as a list with roles, names and values, for screen readers and tests. A
 * dozen stretches of what is in view, made a moment after the view has come to rest.
 */
import { useEffect, useState } from 'react';

import type { MediaItem } from '../../../../src-main/contract/documents/media-item.ts';
import { hexOfPacked } from '../../../../src-main/contract/documents/feature-frame.ts';
import { featureLayout } from '../../../../src-main/contract/feature-layout.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { fixed } from '../../../model/format.ts';
import { tileAt } from '../../../model/filmstrip.ts';
import { clock } from '../../../model/timecode.ts';
import type { CurveTiles } from './curve-tiles.ts';
import type { FilmData } from './film-data.ts';
import { useTimeline } from './timeline-store.ts';
import type { LaneId } from './timeline-store.ts';

const STRETCHES = 12;
const REST_MS = 400;

interface TwinEntry {
  readonly key: string;
  readonly text: string;
}

/** Mean of the means and greatest of a column over a stretch; null when nothing is loaded there. */
function stretchValue(
  curves: CurveTiles,
  column: number,
  startS: number,
  endS: number,
  level: number,
): { mean: number; max: number } | null {
  let [sum, count, max] = [0, 0, -Infinity];
  for (const tile of curves.tiles(column, startS, endS, level)) {
    const first = Math.max(0, Math.floor((startS - tile.startS) / tile.pointS));
    const last = Math.min(tile.data.length / 3, Math.ceil((endS - tile.startS) / tile.pointS));
    for (let point = first; point < last; point += 1) {
      const mean = tile.data[point * 3 + 2] ?? Number.NaN;
      if (Number.isNaN(mean)) continue;
      sum += mean;
      count += 1;
      max = Math.max(max, tile.data[point * 3 + 1] ?? mean);
    }
  }
  return count === 0 ? null : { mean: sum / count, max };
}

const COLUMN: Partial<Record<LaneId, number>> = { motion: featureLayout.magnitude, edges: featureLayout.edgeDensity };

function entriesOf(lane: LaneId, item: MediaItem, data: FilmData): TwinEntry[] {
  const { transform, widthPx } = useTimeline.getState();
  const { startS } = transform.visible(widthPx);
  const endS = Math.min(data.durationS, transform.toS(widthPx));
  if (lane === 'cuts')
    return data.cuts
      .filter((cut) => cut >= startS && cut <= endS)
      .map((cut) => ({ key: String(cut), text: en.sonify.lanes.cutAt(clock(cut, 2)) }));
  const level = data.curves.levelFor(transform.pxPerS);
  const lengthS = (endS - startS) / STRETCHES;
  return Array.from({ length: STRETCHES }, (_, i) => {
    const from = startS + i * lengthS;
    const words = stretchWords(lane, item, data, from, from + lengthS, level);
    return {
      key: String(i),
      text: words === null ? '' : `${en.sonify.lanes.stretch(clock(from, 1), clock(from + lengthS, 1))}: ${words}`,
    };
  }).filter((entry) => entry.text !== '');
}

function stretchWords(
  lane: LaneId,
  item: MediaItem,
  data: FilmData,
  fromS: number,
  toS: number,
  level: number,
): string | null {
  if (lane === 'filmstrip')
    return data.strip && item.filmstrip !== 'none'
      ? `${tileAt(data.strip, (fromS + toS) / 2) + 1} / ${data.strip.tiles}`
      : null;
  if (lane === 'colour') {
    const packed = data.curves.valueAt(featureLayout.color, (fromS + toS) / 2, level + 1);
    return packed ? hexOfPacked(packed[2]) : null;
  }
  const column = COLUMN[lane];
  const value = column === undefined ? null : stretchValue(data.curves, column, fromS, toS, level);
  return value ? en.sonify.lanes.mean(fixed(value.mean, 3), fixed(value.max, 3)) : null;
}

export function LaneTwin({
  lane,
  item,
  data,
}: {
  readonly lane: LaneId;
  readonly item: MediaItem;
  readonly data: FilmData;
}): React.JSX.Element {
  const [entries, setEntries] = useState<readonly TwinEntry[]>([]);
  useEffect(() => {
    let shown = '';
    const timer = setInterval(() => {
      const { transform, widthPx } = useTimeline.getState();
      const key = `${transform.pxPerS}|${transform.originS}|${widthPx}|${data.version}`;
      if (key === shown || widthPx === 0) return;
      shown = key;
      setEntries(entriesOf(lane, item, data));
    }, REST_MS);
    return () => clearInterval(timer);
  }, [lane, item, data]);
  return (
    <ul className="visually-hidden" role="list" aria-label={en.sonify.lanes[lane]} data-twin={lane}>
      {entries.map((entry) => (
        <li key={entry.key}>{entry.text}</li>
      ))}
    </ul>
  );
}
