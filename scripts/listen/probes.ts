/**
 * Five synthetic feature series to listen to a mapping with: what a film of that kind would give, without the film.
 * Deterministic; 30 frames a second.
 */
import type { FeatureFrame } from '../../src-main/contract/documents/feature-frame.ts';
import { rowOfFrame } from '../../src-main/contract/documents/feature-frame.ts';
import { featureLayout } from '../../src-main/contract/feature-layout.ts';

export const FRAME_RATE = 30;

/** What a scene is made of; everything left out is still, grey and plain. */
export interface Scene {
  readonly motion?: number;
  /** Direction of the motion in turns, 0 right, 0.25 up; null for all directions. */
  readonly direction?: number | null;
  readonly density?: number;
  readonly horizontal?: number;
  readonly vertical?: number;
  /** 0..1 round the circle. */
  readonly hue?: number;
  readonly colorfulness?: number;
  readonly brightness?: number;
  readonly cut?: boolean;
}

function channel(hue: number, offset: number): number {
  const k = (offset + hue * 6) % 6;
  return 1 - Math.max(0, Math.min(k, 4 - k, 1));
}

/** A saturated colour of a hue at a brightness, as #rrggbb. */
export function colorOf(hue: number, saturation: number, value: number): string {
  const byte = (offset: number): string => {
    const level = value * (1 - saturation + saturation * channel(hue, offset));
    return Math.round(255 * Math.min(1, Math.max(0, level))).toString(16).padStart(2, '0');
  };
  return `#${byte(5)}${byte(3)}${byte(1)}`;
}

function directions(motion: number, direction: number | null): number[] {
  if (motion <= 0) return new Array<number>(8).fill(0);
  if (direction === null) return new Array<number>(8).fill(1 / 8);
  const bin = Math.round(direction * 8) % 8;
  return Array.from({ length: 8 }, (_, i) => (i === bin ? 1 : 0));
}

export function frameOf(scene: Scene, timestamp: number): FeatureFrame {
  const { motion = 0, direction = 0, density = 0, hue = 0, colorfulness = 0, brightness = 0, cut = false } = scene;
  const { horizontal = density * 0.8, vertical = density * 0.8 } = scene;
  return {
    timestamp,
    motion: {
      average_magnitude: motion,
      direction_histogram: directions(motion, direction),
      high_motion_regions: motion > 0.02 ? [{ x: 0.3, y: 0.3, w: 0.4, h: 0.4, magnitude: motion * 2 }] : [],
    },
    color: {
      dominant_colors: brightness > 0 ? [{ hex: colorOf(hue, Math.min(1, colorfulness * 1.6), Math.min(1, brightness * 1.3)), weight: 1 }] : [],
      colorfulness,
      brightness,
    },
    edges: { edge_density: density, horizontal_edge_intensity: horizontal, vertical_edge_intensity: vertical, patterns: [] },
    scene_change: cut ? 0.9 : 0,
  };
}

export interface FeatureSeries {
  /** n × 53 */
  readonly rows: Float32Array;
  /** n absolute samples. */
  readonly positions: Float64Array;
}

/** A series from a scene as a function of time. */
export function seriesOf(seconds: number, sampleRate: number, sceneAt: (timeS: number, frame: number) => Scene): FeatureSeries {
  const frames = Math.ceil(seconds * FRAME_RATE);
  const rows = new Float32Array(frames * featureLayout.columns);
  const positions = new Float64Array(frames);
  for (let frame = 0; frame < frames; frame += 1) {
    const timeS = frame / FRAME_RATE;
    rows.set(rowOfFrame(frameOf(sceneAt(timeS, frame), timeS)), frame * featureLayout.columns);
    positions[frame] = Math.round(timeS * sampleRate);
  }
  return { rows, positions };
}

export interface Probe {
  readonly name: string;
  readonly seconds: number;
  readonly sceneAt: (timeS: number, frame: number) => Scene;
}

const wave = (timeS: number, periodS: number): number => 0.5 + 0.5 * Math.sin((2 * Math.PI * timeS) / periodS);
const CUTS_S = [2, 3.1, 4.6, 5, 5.5, 7.2, 8.8, 9.3, 10.9, 12.4, 13];

export const probes: readonly Probe[] = [
  { name: 'still-black', seconds: 6, sceneAt: () => ({}) },
  {
    name: 'slow-pan',
    seconds: 16,
    sceneAt: (t) => ({ motion: 0.05 + 0.01 * wave(t, 5), direction: 0, density: 0.05 + 0.01 * wave(t, 7), hue: 0.55, colorfulness: 0.3, brightness: 0.5 + 0.1 * wave(t, 8) }),
  },
  {
    name: 'busy-motion',
    seconds: 16,
    sceneAt: (t) => ({
      motion: 0.12 + 0.25 * wave(t, 3.7) * wave(t, 1.3),
      direction: Math.floor(t * 2) % 3 === 0 ? null : 0.5 * (Math.floor(t) % 2),
      density: 0.1 + 0.14 * wave(t, 9),
      horizontal: 0.1 + 0.1 * wave(t, 6),
      vertical: 0.1 + 0.1 * (1 - wave(t, 6)),
      hue: 0.06,
      colorfulness: 0.5,
      brightness: 0.45 + 0.2 * wave(t, 4),
    }),
  },
  {
    name: 'colour-walk',
    seconds: 18,
    sceneAt: (t) => ({ motion: 0.02, density: 0.03, hue: Math.floor(t / 3) / 6, colorfulness: 0.2 + 0.4 * wave(t, 12), brightness: 0.3 + 0.4 * wave(t, 9) }),
  },
  {
    name: 'hard-cuts',
    seconds: 16,
    sceneAt: (t, frame) => {
      const shot = CUTS_S.filter((cut) => t >= cut).length;
      const isCut = CUTS_S.some((cut) => frame === Math.ceil(cut * FRAME_RATE - 1e-6));
      return { motion: [0.02, 0.12, 0.05, 0.3][shot % 4] ?? 0, direction: null, density: [0.04, 0.1, 0.18][shot % 3] ?? 0, hue: (shot * 0.29) % 1, colorfulness: 0.4, brightness: 0.3 + 0.1 * (shot % 5), cut: isCut };
    },
  },
];
