import { expect, test } from 'vitest';

import { POSE_VALUES } from '../../../contract/documents/pose.ts';
import { standing } from '../../../../tests/fixtures/stick-figures.ts';
import { CoupleTracker, type PoseModel } from './couple.ts';
import type { Picture } from './region.ts';

const [WIDTH, HEIGHT, TORSO] = [240, 160, 30];

/** A picture of people: each a bright column from head to feet, the brighter the easier to see. */
function picture(people: readonly { readonly x: number; readonly light: number }[]): Picture {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
  for (const { x, light } of people) {
    for (let y = 30; y < 130; y += 1) rgb.fill(light, (y * WIDTH + x - 4) * 3, (y * WIDTH + x + 5) * 3);
  }
  return { rgb, width: WIDTH, height: HEIGHT };
}

/** Sees the brightest column of its input as a standing person, feet together, as high as the column. */
function columnModel(size = 96): PoseModel {
  return {
    size,
    see: (input) => {
      const light = Array.from({ length: size }, (_, x) => Array.from({ length: size }, (__, y) => input[(y * size + x) * 3] ?? 0));
      const sums = light.map((column) => column.reduce((sum, value) => sum + (value > 40 ? value : 0), 0));
      const best = sums.indexOf(Math.max(...sums));
      const rows = (light[best] ?? []).flatMap((value, y) => (value > 40 ? [y] : []));
      const pose = new Float32Array(POSE_VALUES);
      if (rows.length < size / 6) return Promise.resolve(pose);
      const [top, height] = [rows[0] ?? 0, rows.length];
      const right = sums.lastIndexOf(Math.max(...sums));
      standing().forEach(([x, y], joint) => pose.set([((best + right) / 2 + (x * (y < 0 ? 0.3 : 1) * height) / 3.2) / size, (top + ((1.45 - y) * height) / 3.2) / size, 0.9], joint * 3));
      return Promise.resolve(pose);
    },
  };
}

/** x of the middle of the hips in pixels; null for a dancer who was not seen. */
const hips = (poses: Float32Array, dancer: number): number | null => {
  const value = (joint: number, offset: number): number => poses[dancer * POSE_VALUES + joint * 3 + offset] ?? 0;
  return value(11, 2) === 0 ? null : ((value(11, 0) + value(12, 0)) / 2) * WIDTH;
};

test('two dancers are found with a model that sees one', async () => {
  const poses = await new CoupleTracker(columnModel()).follow(picture([{ x: 60, light: 200 }, { x: 170, light: 255 }]));
  expect([hips(poses, 0), hips(poses, 1)].map((x) => Math.round((x ?? 0) / 10) * 10)).toEqual([170, 60]);
});

test('a dancer alone has no second', async () => {
  const poses = await new CoupleTracker(columnModel()).follow(picture([{ x: 100, light: 255 }]));
  expect(hips(poses, 0)).not.toBeNull();
  expect(hips(poses, 1)).toBeNull();
});

test('each keeps its name when the other becomes the one who is seen more easily', async () => {
  const tracker = new CoupleTracker(columnModel());
  await tracker.follow(picture([{ x: 60, light: 255 }, { x: 170, light: 200 }]));
  const poses = await tracker.follow(picture([{ x: 64, light: 200 }, { x: 166, light: 255 }]));
  expect(Math.abs((hips(poses, 0) ?? 0) - 64)).toBeLessThan(TORSO / 3);
  expect(Math.abs((hips(poses, 1) ?? 0) - 166)).toBeLessThan(TORSO / 3);
});

test('an empty picture has nobody', async () => {
  expect((await new CoupleTracker(columnModel()).follow(picture([]))).every((value) => value === 0)).toBe(true);
});
