/**
 * A clip's movement as 512 numbers without a pose model: histograms over time of the flow's strength, directions and moving
 * regions (contract/feature-layout.ts), and the rhythms of some of them. Nothing of the picture's colours or edges goes in: they
 * say where a clip was filmed, not what is danced. The fallback of the pose embedding, in a space of its own. Pure.
 */
import { featureLayout, REGIONS } from '../../../contract/feature-layout.ts';
import { EMBEDDING_LENGTH } from './pose-embedding.ts';
import { about, normalised, type Range, rootHistogram, upTo } from './histogram.ts';
import { BANDS, addBands } from './rhythm.ts';
import type { MotionSeries } from './series.ts';

export const MOTION_SPACE = 'motion-1';
const BINS = 8;
/** First index of each part; what lies after them is 0. */
export const MOTION_PARTS = { curves: 0, rhythm: 144, end: 204 } as const;
const RHYTHM_WEIGHT = 0.6;
/** Rows are taken at this rate, whatever the film's. */
const RATE_HZ = 30;

type Row = Float32Array;
interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly magnitude: number;
}

const direction = (row: Row, ...bins: number[]): number => bins.reduce((sum, bin) => sum + (row[featureLayout.direction + bin] ?? 0), 0);

function regionsOf(row: Row): Region[] {
  return Array.from({ length: REGIONS }, (_, slot) => {
    const [x = 0, y = 0, width = 0, height = 0, magnitude = 0] = row.subarray(featureLayout.region + slot * 5, featureLayout.region + slot * 5 + 5);
    return { x, y, width, height, magnitude };
  }).filter(({ magnitude }) => magnitude > 0);
}

/** Mean over the moving regions, each by its magnitude and area; `otherwise` where nothing moves. */
function weighted(row: Row, value: (region: Region) => number, otherwise: number): number {
  let [sum, total] = [0, 0];
  for (const region of regionsOf(row)) {
    const weight = region.magnitude * region.width * region.height;
    sum += weight * value(region);
    total += weight;
  }
  return total > 0 ? sum / total : otherwise;
}

/** 0 for one direction, 1 for all eight alike. */
function directionEntropy(row: Row): number {
  let entropy = 0;
  for (let bin = 0; bin < 8; bin += 1) {
    const part = direction(row, bin);
    if (part > 0) entropy -= part * Math.log(part);
  }
  return entropy / Math.log(8);
}

const magnitude = (row: Row): number => row[featureLayout.magnitude] ?? 0;
const peak = (row: Row): number => row[featureLayout.region + 4] ?? 0;
const middleX = ({ x, width }: Region): number => x + width / 2;
const extreme = (row: Row, of: (region: Region) => number, most: (...values: number[]) => number, otherwise: number): number => {
  const values = regionsOf(row).map(of);
  return values.length === 0 ? otherwise : most(...values);
};

/** What one row says. None changes when the picture is mirrored. */
const CURVES: readonly (readonly [name: string, range: Range, value: (row: Row) => number])[] = [
  ['strength', about(0.1, 0.5), (row) => Math.sqrt(magnitude(row) / 0.2)],
  ['sideways', about(0, 1), (row) => direction(row, 0, 4) + direction(row, 1, 3, 5, 7) / 2],
  ['up', upTo(1), (row) => direction(row, 1, 2, 3)],
  ['down', upTo(1), (row) => direction(row, 5, 6, 7)],
  ['to one side', upTo(1), (row) => Math.abs(direction(row, 0, 1, 7) - direction(row, 3, 4, 5))],
  ['spread of directions', about(0.1, 0.9), directionEntropy],
  ['strongest region', about(0.15, 0.55), (row) => Math.sqrt(peak(row))],
  ['evenness', about(0, 0.7), (row) => (peak(row) > 0 ? Math.min(1, (2 * magnitude(row)) / peak(row)) : 0)],
  ['regions', about(0.2, 1), (row) => regionsOf(row).length / REGIONS],
  ['moving area', about(0, 0.6), (row) => Math.sqrt(regionsOf(row).reduce((sum, { width, height }) => sum + width * height, 0))],
  ['height of movement', about(0.15, 0.85), (row) => weighted(row, ({ y, height }) => y + height / 2, 0.5)],
  ['region height', about(0, 1), (row) => weighted(row, ({ height }) => height, 0)],
  ['region width', about(0, 0.35), (row) => weighted(row, ({ width }) => width, 0)],
  ['top', upTo(0.5), (row) => extreme(row, ({ y }) => y, Math.min, 0.5)],
  ['bottom', about(0.3, 1), (row) => extreme(row, ({ y, height }) => y + height, Math.max, 0.5)],
  ['regions apart', upTo(0.35), (row) => extreme(row, middleX, Math.max, 0) - extreme(row, middleX, Math.min, 0)],
];
/** Slopes of two curves, after them. */
const SLOPES: readonly (readonly [name: string, range: Range, value: (row: Row) => number])[] = [
  ['change of strength', upTo(0.3), magnitude],
  ['wandering', upTo(1), (row) => weighted(row, middleX, 0.5)],
];
const RHYTHMIC = ['strength', 'sideways', 'up', 'to one side', 'height of movement', 'moving area', 'region height', 'regions apart', 'evenness', 'top'] as const;

/** The rows shown at an even rate. */
function evenRows({ rows, timestamps }: MotionSeries): Row[] {
  const [start, end] = [timestamps[0] ?? 0, timestamps[timestamps.length - 1] ?? 0];
  let frame = 0;
  return Array.from({ length: timestamps.length === 0 ? 0 : Math.floor((end - start) * RATE_HZ + 1e-6) + 1 }, (_, at) => {
    const time = start + at / RATE_HZ + 1e-6;
    while (frame + 1 < timestamps.length && (timestamps[frame + 1] ?? 0) <= time) frame += 1;
    return rows.subarray(frame * featureLayout.columns, (frame + 1) * featureLayout.columns);
  });
}

/** 512 floats of Euclidean norm 1; all zero for a clip without frames. Cost: about 20 ms for 10 s. */
export function motionEmbedding(motion: MotionSeries): Float32Array {
  const out = new Float32Array(EMBEDDING_LENGTH);
  const rows = evenRows(motion);
  const curves = new Map<string, Float32Array>();
  [...CURVES, ...SLOPES].forEach(([name, range, value], index) => {
    const plain = Float32Array.from(rows, value);
    const hold = (at: number): number => plain[Math.min(plain.length - 1, Math.max(0, at))] ?? 0;
    const curve = index < CURVES.length ? plain : plain.map((_, at) => (Math.abs(hold(at + 1) - hold(at - 1)) * RATE_HZ) / 2);
    curves.set(name, curve);
    rootHistogram([curve], range, out, MOTION_PARTS.curves + index * BINS, BINS);
  });
  RHYTHMIC.forEach((name, index) => {
    const shares = new Float32Array(BANDS);
    addBands(curves.get(name) ?? new Float32Array(0), RATE_HZ, shares, 0);
    if (shares.some((share) => share > 0)) shares.forEach((share, band) => (out[MOTION_PARTS.rhythm + index * BANDS + band] = RHYTHM_WEIGHT * (Math.sqrt(share) - Math.sqrt(1 / BANDS))));
  });
  return normalised(out);
}
