import { expect, test } from 'vitest';

import { featureLayout } from '../../../contract/feature-layout.ts';
import { EMBEDDING_LENGTH, type MotionSeries, motionEmbedding } from './index.ts';

interface Motion {
  /** Fractions of the diagonal a second. */
  readonly strength: number;
  /** 0 right, 2 up, 4 left, 6 down. */
  readonly direction: number;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Rows of one moving region. */
function rowsOf(motion: (timeS: number) => Motion, { rateHz = 30, seconds = 8 } = {}): MotionSeries {
  const frames = seconds * rateHz;
  const rows = new Float32Array(frames * featureLayout.columns);
  const timestamps = Float64Array.from({ length: frames }, (_, frame) => frame / rateHz);
  timestamps.forEach((time, frame) => {
    const { strength, direction, x, y, height } = motion(time);
    const at = frame * featureLayout.columns;
    rows[at + featureLayout.magnitude] = strength;
    rows[at + featureLayout.direction + direction] = 1;
    rows.set([x - 0.1, y - height / 2, 0.2, height, strength * 4], at + featureLayout.region);
  });
  return { rows, timestamps };
}

const steps = (timeS: number): Motion => ({ strength: 0.03 + 0.03 * Math.sin(4 * Math.PI * timeS) ** 2, direction: timeS % 1 < 0.5 ? 0 : 4, x: 0.5 + 0.1 * Math.sin(2 * Math.PI * timeS), y: 0.7, height: 0.5 });
const arms = (timeS: number): Motion => ({ strength: 0.02 + 0.02 * Math.sin(2 * Math.PI * timeS), direction: timeS % 1 < 0.5 ? 2 : 6, x: 0.5, y: 0.3, height: 0.2 });
const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
const mirrored = (of: typeof steps) => (timeS: number): Motion => ({ ...of(timeS), direction: (12 - of(timeS).direction) % 8, x: 1 - of(timeS).x });

test('an embedding has 512 numbers and length 1; an empty clip is all zero', () => {
  const embedding = motionEmbedding(rowsOf(steps));
  expect(embedding).toHaveLength(EMBEDDING_LENGTH);
  expect(cosine(embedding, embedding)).toBeCloseTo(1, 5);
  expect(motionEmbedding({ rows: new Float32Array(0), timestamps: new Float64Array(0) }).every((value) => value === 0)).toBe(true);
});

test('the same movement mirrored, longer, and at another frame rate is nearly the same', () => {
  const original = motionEmbedding(rowsOf(steps));
  const versions = [rowsOf(mirrored(steps)), rowsOf(steps, { seconds: 12 }), rowsOf(steps, { rateHz: 60 }), rowsOf(steps, { rateHz: 25 })];
  for (const version of versions) expect(cosine(original, motionEmbedding(version))).toBeGreaterThan(0.95);
});

test('another movement is farther away, and so is the same at half the speed', () => {
  const original = motionEmbedding(rowsOf(steps));
  expect(cosine(original, motionEmbedding(rowsOf(arms)))).toBeLessThan(0.7);
  expect(cosine(original, motionEmbedding(rowsOf((timeS) => steps(timeS / 2))))).toBeLessThan(cosine(original, motionEmbedding(rowsOf(steps, { seconds: 12 }))));
});

test('colours and edges of the place say nothing', () => {
  const plain = rowsOf(steps);
  const painted = { ...plain, rows: plain.rows.slice() };
  for (let at = 0; at < painted.rows.length; at += featureLayout.columns) painted.rows.fill(0.7, at + featureLayout.color, at + featureLayout.columns);
  expect(motionEmbedding(painted)).toEqual(motionEmbedding(plain));
});
