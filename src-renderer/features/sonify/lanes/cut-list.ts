/**
 * The hard cuts of a film, to the frame: one coarse curve over the whole film, then a closer look only where it shows a
 * cut. Half a frame period per point, so that a frame standing on a border is always counted once.
 */
import { featureLayout } from '../../../../src-main/contract/feature-layout.ts';
import { floats } from '../../../api/client.ts';

const MOST_POINTS = 8192;
const CUT = 0.5;

interface Stretch {
  readonly startS: number;
  readonly endS: number;
}

/** Indices of the points whose greatest value is a cut. */
export function cutPoints(triples: Float32Array): number[] {
  const points: number[] = [];
  for (let i = 0; i * 3 < triples.length; i += 1) if ((triples[i * 3 + 1] ?? 0) >= CUT) points.push(i);
  return points;
}

/** Times of cuts from points of half a frame: the frame is the next whole one. */
export function cutTimes(points: readonly number[], startS: number, framePeriodS: number): number[] {
  const first = Math.round(startS / framePeriodS);
  const frames = new Set(points.map((point) => first + Math.ceil(point / 2)));
  return [...frames].map((frame) => frame * framePeriodS);
}

function curve(mediaId: string, { startS, endS }: Stretch, points: number, signal: AbortSignal): Promise<Float32Array> {
  return floats('getFeatureCurve', { params: { id: mediaId }, query: { column: featureLayout.sceneChange, start_s: startS, end_s: endS, points }, signal });
}

/** Times of all cuts that are known so far, rising. @throws AppError while nothing is analysed */
export async function loadCuts(mediaId: string, durationS: number, framePeriodS: number, signal: AbortSignal): Promise<number[]> {
  const frames = Math.max(1, Math.ceil(durationS / framePeriodS));
  const coarse = Math.max(1, Math.ceil((frames * 2) / MOST_POINTS));
  const pointS = (framePeriodS / 2) * coarse;
  const points = Math.ceil(durationS / pointS);
  const triples = await curve(mediaId, { startS: 0, endS: points * pointS }, points, signal);
  const found = cutPoints(triples);
  if (coarse === 1) return cutTimes(found, 0, framePeriodS);
  const times = new Set<number>();
  for (const point of found) {
    const startS = Math.floor((point * pointS) / framePeriodS) * framePeriodS;
    const finePoints = coarse * 2 + 2;
    const fine = await curve(mediaId, { startS, endS: startS + (finePoints * framePeriodS) / 2 }, finePoints, signal);
    for (const time of cutTimes(cutPoints(fine), startS, framePeriodS)) times.add(time);
  }
  return [...times].sort((a, b) => a - b);
}
