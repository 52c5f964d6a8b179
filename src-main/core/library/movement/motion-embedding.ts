/**
 * A clip's movement as 512 numbers without a pose model: histograms over time of the flow's and the picture's statistics
 * (contract/feature-layout.ts), and their spectra. The fallback of the pose embedding, in a space of its own. Pure.
 */
import { DIRECTION_BINS, featureLayout } from '../../../contract/feature-layout.ts';
import { EMBEDDING_LENGTH } from './pose-embedding.ts';
import { normalised, rootHistogram, type Range, upTo } from './histogram.ts';
import type { MotionSeries } from './series.ts';

export const MOTION_SPACE = 'motion-1';
const BINS = 8;

/** Columns and the range their values lie in. */
const COLUMNS: readonly (readonly [number, Range])[] = [
  [featureLayout.magnitude, upTo(0.25)],
  ...Array.from({ length: DIRECTION_BINS }, (_, bin) => [featureLayout.direction + bin, upTo(0.4)] as const),
  ...[0, 1, 2, 3, 4].map((field) => [featureLayout.region + field, upTo(1)] as const),
  [featureLayout.edgeDensity, upTo(0.2)],
];

/** 512 floats of Euclidean norm 1; all zero for a clip without frames. */
export function motionEmbedding({ rows, timestamps }: MotionSeries): Float32Array {
  const out = new Float32Array(EMBEDDING_LENGTH);
  COLUMNS.forEach(([column, range], index) => {
    const values = Float32Array.from(timestamps, (_, frame) => rows[frame * featureLayout.columns + column] ?? 0);
    rootHistogram([values], range, out, index * BINS, BINS);
  });
  return normalised(out);
}
