/** A series as text, piece by piece: JSON (a list of FeatureFrame) or CSV (a column per number, a point for decimals). */
import { frameOfRow, hexOfPacked } from '../../contract/documents/feature-frame.ts';
import { DIRECTION_BINS, DOMINANT_COLORS, PATTERN_KINDS, REGIONS, featureLayout } from '../../contract/feature-layout.ts';
import type { FeatureChunk } from '../../contract/hosts/sound.ts';
import { isPackedColor } from './pyramid.ts';

const { columns } = featureLayout;

/** Names of the columns of a row, in their order; snake_case as in the FeatureFrame. */
export function columnNames(): string[] {
  const each = <T>(count: number, names: (i: number) => T[]): T[] => Array.from({ length: count }, (_, i) => names(i)).flat();
  return [
    'motion_average_magnitude',
    ...each(DIRECTION_BINS, (i) => [`motion_direction_${i}`]),
    ...each(REGIONS, (i) => ['x', 'y', 'w', 'h', 'magnitude'].map((part) => `motion_region_${i}_${part}`)),
    ...each(DOMINANT_COLORS, (i) => [`color_${i}_hex`, `color_${i}_weight`]),
    'color_colorfulness',
    'color_brightness',
    'edges_density',
    'edges_horizontal_intensity',
    'edges_vertical_intensity',
    ...PATTERN_KINDS.flatMap((kind) => [`edges_${kind}_strength`, `edges_${kind}_angle_deg`]),
    'scene_change',
  ];
}

/** Lines of a CSV (RFC 4180, LF); numbers as JavaScript writes them, whatever the machine's language. */
export function* csvOf(chunks: Iterable<FeatureChunk>): Generator<string> {
  yield `frame,timestamp,${columnNames().join(',')}\n`;
  let frame = 0;
  for (const { rows, timestamps } of chunks) {
    let text = '';
    for (const [i, timestamp] of timestamps.entries()) {
      const row = rows.subarray(i * columns, (i + 1) * columns);
      const cells = Array.from(row, (value, column) => (isPackedColor(column) ? hexOfPacked(value) : String(value)));
      text += `${frame},${timestamp},${cells.join(',')}\n`;
      frame += 1;
    }
    yield text;
  }
}

/** One JSON array, a frame per line. */
export function* jsonOf(chunks: Iterable<FeatureChunk>): Generator<string> {
  let separator = '[\n';
  for (const { rows, timestamps } of chunks) {
    let text = '';
    for (const [i, timestamp] of timestamps.entries()) {
      text += separator + JSON.stringify(frameOfRow(rows.subarray(i * columns, (i + 1) * columns), timestamp));
      separator = ',\n';
    }
    yield text;
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}
