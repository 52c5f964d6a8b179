import { expect, test } from 'vitest';

import { bending, filmed, type Stage, standing, swaying, turning, waving } from '../../../../tests/fixtures/stick-figures.ts';
import { edgePoseDistance, edgePoses, EMBEDDING_LENGTH, poseEmbedding } from './index.ts';

const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
const alone = (dance: typeof waving, stage: Stage = {}): Float32Array => poseEmbedding(filmed([{ dance }], stage));
const dances = { swaying: swaying(120), waving, turning, bending };

test('an embedding has 512 numbers and length 1', () => {
  const embedding = alone(waving);
  expect(embedding).toHaveLength(EMBEDDING_LENGTH);
  expect(cosine(embedding, embedding)).toBeCloseTo(1, 5);
});

test.each(Object.entries(dances))('%s is the same mirrored, nearer, elsewhere in the picture, and in a tall picture', (_, dance) => {
  const original = alone(dance);
  const stages: Stage[] = [{ isMirrored: true }, { torso: 0.1 }, { at: [0.3, 0.4] }, { aspect: 9 / 16 }];
  for (const stage of stages) expect(cosine(original, alone(dance, stage))).toBeGreaterThan(0.98);
});

test('a dance is nearer to itself at another length and start than to every other dance', () => {
  for (const [name, dance] of Object.entries(dances)) {
    const again = alone((timeS) => dance(timeS + 0.7), { seconds: 11 });
    const others = Object.entries(dances).filter(([other]) => other !== name);
    for (const [, other] of others) expect(cosine(again, alone(dance))).toBeGreaterThan(cosine(again, alone(other)) + 0.05);
  }
});

test('it does not matter which of two dancers is named first', () => {
  const first = { dance: waving, place: -0.6 };
  const second = { dance: turning, place: 0.6 };
  const [ab, ba] = [poseEmbedding(filmed([first, second])), poseEmbedding(filmed([second, first]))];
  expect(cosine(ab, ba)).toBeCloseTo(1, 5);
});

test('how far two dancers stand from one another is told', () => {
  const couple = (place: number): Float32Array => poseEmbedding(filmed([{ dance: swaying(120) }, { dance: swaying(120), place }]));
  expect(cosine(couple(0.5), couple(0.6))).toBeGreaterThan(cosine(couple(0.5), couple(1.6)));
});

test('a dancer who is not seen now and then is the same dancer; nobody is all zero', () => {
  const poses = filmed([{ dance: turning }]);
  const gaps = { ...poses, keypoints: poses.keypoints.map((value, at) => (at % 3 === 2 && Math.floor(at / 51) % 7 === 3 ? 0 : value)) };
  expect(cosine(poseEmbedding(poses), poseEmbedding(gaps))).toBeGreaterThan(0.97);
  expect(poseEmbedding({ ...poses, keypoints: new Float32Array(poses.keypoints.length) }).every((value) => value === 0)).toBe(true);
  expect(poseEmbedding({ ...poses, frames: 0, keypoints: new Float32Array(0) }).every((value) => value === 0)).toBe(true);
});

test('what ends as another begins could go before it', () => {
  const still = edgePoses(filmed([{ dance: standing }]));
  const intoWave = edgePoses(filmed([{ dance: (timeS) => (timeS < 4 ? standing() : waving(timeS)) }]));
  const wave = edgePoses(filmed([{ dance: waving }], { at: [0.2, 0.6], torso: 0.15 }));
  if (!still || !intoWave || !wave) throw new Error('a figure was not seen');
  expect(edgePoseDistance(still.end, intoWave.start)).toBeLessThan(0.01);
  expect(edgePoseDistance(intoWave.end, wave.start)).toBeLessThan(0.1);
  expect(edgePoseDistance(still.end, wave.start)).toBeGreaterThan(0.1);
});

test('one dancer is compared with the nearer of two', () => {
  const couple = edgePoses(filmed([{ dance: waving, place: -0.5 }, { dance: standing, place: 0.5 }]));
  const alone = edgePoses(filmed([{ dance: standing }]));
  if (!couple || !alone) throw new Error('a figure was not seen');
  expect(edgePoseDistance(couple.end, alone.start)).toBeLessThan(0.05);
});
