import { describe, expect, it } from 'vitest';

import type { FeatureFrame } from '../../src-main/contract/documents/feature-frame.ts';
import { sourceIds, sources } from '../../src-main/contract/documents/sources.ts';
import { learnRange, sourceValue } from './learn-range.ts';

const frame = (magnitude: number): FeatureFrame => ({
  timestamp: 0,
  motion: {
    average_magnitude: magnitude,
    direction_histogram: [0, 0, 1, 0, 0, 0, 0, 0],
    high_motion_regions: [
      { x: 0.5, y: 0, w: 0.5, h: 0.5, magnitude: 0.6 },
      { x: 0, y: 0.5, w: 0.5, h: 0.5, magnitude: 0.2 },
    ],
  },
  color: {
    dominant_colors: [
      { hex: '#00ff00', weight: 0.5 },
      { hex: '#808080', weight: 0.5 },
    ],
    colorfulness: 0.4,
    brightness: 0.5,
  },
  edges: {
    edge_density: 0.1,
    horizontal_edge_intensity: 0.3,
    vertical_edge_intensity: 0.1,
    patterns: [{ kind: 'grid', strength: 0.7, angle_deg: 0 }],
  },
  scene_change: 0,
});

describe('sourceValue', () => {
  it('reads every source within its range', () => {
    for (const id of sourceIds) {
      const value = sourceValue(id, frame(0.3));
      expect(value).toBeGreaterThanOrEqual(sources[id].min);
      expect(value).toBeLessThanOrEqual(sources[id].max);
    }
  });

  it('knows directions, places, hue and balance', () => {
    const at = (id: (typeof sourceIds)[number]) => sourceValue(id, frame(0.3));
    expect(at('motion.direction_y')).toBeCloseTo(1);
    expect(at('motion.direction_x')).toBeCloseTo(0);
    expect(at('motion.region_x')).toBeCloseTo(0.75 * 0.75 + 0.25 * 0.25);
    expect(at('motion.region_y')).toBeCloseTo(0.75 * 0.75 + 0.25 * 0.25);
    expect(at('color.hue')).toBeCloseTo(1 / 3);
    expect(at('edges.balance')).toBeCloseTo(0.75);
    expect(at('edges.grid')).toBe(0.7);
    expect(at('color.saturation')).toBeCloseTo(0.5);
  });
});

describe('learnRange', () => {
  const frames = Array.from({ length: 101 }, (_, i) => frame(i / 100));

  it('is the 5th to the 95th percentile, backwards where the range was', () => {
    expect(learnRange('motion.magnitude', frames, [0, 1])).toEqual([0.05, 0.95]);
    expect(learnRange('motion.magnitude', frames, [1, 0])).toEqual([0.95, 0.05]);
  });

  it('gives a still film a narrow range, not an empty one', () => {
    const [low, high] = learnRange('motion.magnitude', [frame(0.5), frame(0.5)], [0, 1]) ?? [0, 0];
    expect(high - low).toBeCloseTo(0.02, 9);
  });

  it('is nothing without frames', () => {
    expect(learnRange('motion.magnitude', [], [0, 1])).toBeNull();
  });
});
