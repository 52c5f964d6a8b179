import { expect, it } from 'vitest';

import type { FeatureFrame } from '../../src-main/contract/documents/feature-frame.ts';
import { mirroredFrame, mirroredOverlay } from './mirrored.ts';

const frame = {
  timestamp: 0,
  motion: { average_magnitude: 0.1, direction_histogram: [1, 2, 3, 4, 5, 6, 7, 8], high_motion_regions: [{ x: 0.1, y: 0.2, w: 0.3, h: 0.4, magnitude: 1 }] },
} as unknown as FeatureFrame;

it('exchanges right and left, and leaves up and down', () => {
  const { motion } = mirroredFrame(frame);
  expect(motion.direction_histogram).toEqual([5, 4, 3, 2, 1, 8, 7, 6]);
  expect(motion.high_motion_regions[0]).toMatchObject({ x: expect.closeTo(0.6), y: 0.2 });
});

it('gives the picture back when it is mirrored twice', () => {
  expect(mirroredFrame(mirroredFrame(frame)).motion.direction_histogram).toEqual(frame.motion.direction_histogram);
  const overlay = { frame: 1, width: 3, height: 2, gridWidth: 2, gridHeight: 1, flow: Float32Array.of(1, 2, 3, 4), edges: Uint8Array.of(255, 0, 0, 0, 255, 0) };
  expect(mirroredOverlay(overlay)).toMatchObject({ flow: Float32Array.of(-3, 4, -1, 2), edges: Uint8Array.of(0, 0, 255, 0, 255, 0) });
  expect(mirroredOverlay(mirroredOverlay(overlay))).toEqual(overlay);
});
