/**
 * A clip's poses as 512 numbers. Each curve of channels.ts is a histogram over time in its own index range, then follow the
 * rhythms of some of them (docs/library.md, "Pose and movement"). Both dancers fill the same ranges, so it does not matter who
 * is named first. Pure.
 */
import type { PoseSeries } from '../../../contract/documents/pose.ts';
import { type ChannelCurve, RHYTHMIC, coupleCurves, dancerCurves } from './channels.ts';
import { type Dancer, dancerOf } from './dancer.ts';
import { normalised, rootHistogram } from './histogram.ts';
import { BANDS, addBands } from './rhythm.ts';

export const EMBEDDING_LENGTH = 512;
const BINS = 6;
/** First index of each part; what lies between and after them is 0. */
export const POSE_PARTS = { dancer: 0, couple: 252, dancerRhythm: 318, coupleRhythm: 384, end: 402 } as const;
/** Of a number of a rhythm against one of a histogram. */
const RHYTHM_WEIGHT = 0.3;

/** Name of the space: poses of two models are never compared. */
export function poseSpace(source: string): string {
  return source.startsWith('blazepose') ? 'pose-blazepose-1' : 'pose-movenet-1';
}

function addHistograms(curves: readonly (readonly ChannelCurve[])[], out: Float32Array, from: number): void {
  curves[0]?.forEach(({ range }, channel) =>
    rootHistogram(
      curves.map((of) => of[channel]?.values ?? new Float32Array(0)),
      range,
      out,
      from + channel * BINS,
      BINS,
    ),
  );
}

/** Roots of the mean shares of the bands, less those of a power spread evenly. */
function addRhythms(curves: readonly (readonly ChannelCurve[])[], names: readonly string[], { rate, out, from }: { rate: number; out: Float32Array; from: number }): void {
  names.forEach((name, at) => {
    const shares = new Float32Array(BANDS);
    for (const of of curves) {
      const curve = of.find((candidate) => candidate.name === name);
      if (curve) addBands(curve.values, rate, shares, 0);
    }
    const total = shares.reduce((sum, value) => sum + value, 0);
    if (total > 0) shares.forEach((value, band) => (out[from + at * BANDS + band] = RHYTHM_WEIGHT * (Math.sqrt(value / total) - Math.sqrt(1 / BANDS))));
  });
}

/** 512 floats of Euclidean norm 1; all zero when no dancer was seen for a fifth of the clip. Cost: about 20 ms for 10 s. */
export function poseEmbedding(poses: PoseSeries): Float32Array {
  const dancers = Array.from({ length: poses.dancers }, (_, dancer) => dancerOf(poses, dancer)).filter((dancer): dancer is Dancer => dancer !== null);
  const out = new Float32Array(EMBEDDING_LENGTH);
  const rate = poses.rate_hz;
  const each = dancers.map((dancer) => dancerCurves(dancer, rate));
  addHistograms(each, out, POSE_PARTS.dancer);
  addRhythms(each, RHYTHMIC.dancer, { rate, out, from: POSE_PARTS.dancerRhythm });
  const [a, b] = dancers;
  if (a && b) {
    const both = [coupleCurves(a, b, rate)];
    addHistograms(both, out, POSE_PARTS.couple);
    addRhythms(both, RHYTHMIC.couple, { rate, out, from: POSE_PARTS.coupleRhythm });
  }
  return normalised(out);
}
