/**
 * A clip's poses as 512 numbers. Each curve of channels.ts is a soft histogram over time whose square roots fill its own index
 * range (docs/library.md, "Pose and movement"); both dancers fill the same one, so it does not matter who is named first. Pure.
 */
import type { PoseSeries } from '../../../contract/documents/pose.ts';
import { type ChannelCurve, coupleCurves, dancerCurves } from './channels.ts';
import { type Dancer, dancerOf } from './dancer.ts';
import { normalised, rootHistogram } from './histogram.ts';

export const EMBEDDING_LENGTH = 512;
const BINS = 8;

/** Name of the space: poses of two models are never compared. */
export function poseSpace(source: string): string {
  return source.startsWith('blazepose') ? 'pose-blazepose-1' : 'pose-movenet-1';
}

/** 512 floats of Euclidean norm 1; all zero when no dancer was seen for a fifth of the clip. */
export function poseEmbedding(poses: PoseSeries): Float32Array {
  const dancers = Array.from({ length: poses.dancers }, (_, dancer) => dancerOf(poses, dancer)).filter((dancer): dancer is Dancer => dancer !== null);
  const out = new Float32Array(EMBEDDING_LENGTH);
  const each = dancers.map((dancer) => dancerCurves(dancer, poses.rate_hz));
  let at = 0;
  const add = (curves: readonly ChannelCurve[]): void => {
    const [first] = curves;
    if (first) rootHistogram(curves.map(({ values }) => values), first.range, out, at, BINS);
    at += BINS;
  };
  each[0]?.forEach((_, channel) => add(each.flatMap((curves) => curves[channel] ?? [])));
  const [a, b] = dancers;
  if (a && b) for (const curve of coupleCurves(a, b, poses.rate_hz)) add([curve]);
  return normalised(out);
}
