/**
 * Learn range: what a source really does in a film becomes the input range of a row, as numbers written into the mapping.
 * The sources' values are those of native/src/control/sources.cc, read from feature frames.
 */
import type { FeatureFrame } from '../../src-main/contract/documents/feature-frame.ts';
import { DIRECTION_BINS } from '../../src-main/contract/feature-layout.ts';
import type { PATTERN_KINDS } from '../../src-main/contract/feature-layout.ts';
import { sources } from '../../src-main/contract/documents/sources.ts';
import type { SourceId } from '../../src-main/contract/documents/sources.ts';

type Reader = (frame: FeatureFrame) => number;

function direction({ motion }: FeatureFrame): readonly [number, number] {
  const turn = (bin: number): number => (bin * 2 * Math.PI) / DIRECTION_BINS;
  const sum = (part: (angle: number) => number): number =>
    motion.direction_histogram.reduce((total, share, bin) => total + share * part(turn(bin)), 0);
  return [sum(Math.cos), sum(Math.sin)];
}

/** Mean place of the moving regions, weighted by how much moves in each; the middle when nothing does. */
function place(
  { motion }: FeatureFrame,
  at: (region: FeatureFrame['motion']['high_motion_regions'][number]) => number,
): number {
  const weighted = motion.high_motion_regions.map((region) => ({
    weight: region.magnitude * region.w * region.h,
    at: at(region),
  }));
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  return total > 0 ? weighted.reduce((sum, { weight, at: own }) => sum + weight * own, 0) / total : 0.5;
}

interface Hsv {
  readonly hue: number;
  readonly saturation: number;
  readonly chroma: number;
  readonly luma: number;
}

function hsvOf(hex: string): Hsv {
  const packed = Number.parseInt(hex.slice(1), 16);
  const [r, g, b] = [packed >> 16, (packed >> 8) & 255, packed & 255].map((value) => value / 255) as [
    number,
    number,
    number,
  ];
  const high = Math.max(r, g, b);
  const chroma = high - Math.min(r, g, b);
  const sixths =
    chroma === 0 ? 0 : high === r ? (g - b) / chroma : high === g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
  return {
    hue: ((sixths + 6) % 6) / 6,
    saturation: high === 0 ? 0 : chroma / high,
    chroma,
    luma: 0.299 * r + 0.587 * g + 0.114 * b,
  };
}

function hue({ color }: FeatureFrame): number {
  const strongest = color.dominant_colors
    .map((own) => ({ ...hsvOf(own.hex), weight: own.weight }))
    .sort((a, b) => b.chroma * b.weight - a.chroma * a.weight)[0];
  return strongest && strongest.chroma > 0 ? strongest.hue : Number.NaN;
}

function weightedMean({ color }: FeatureFrame, of: (hsv: Hsv) => number): number {
  const total = color.dominant_colors.reduce((sum, own) => sum + own.weight, 0);
  return total > 0 ? color.dominant_colors.reduce((sum, own) => sum + own.weight * of(hsvOf(own.hex)), 0) / total : 0;
}

function contrast(frame: FeatureFrame): number {
  const mean = weightedMean(frame, (hsv) => hsv.luma);
  const squares = weightedMean(frame, (hsv) => hsv.luma ** 2);
  return Math.min(1, 2 * Math.sqrt(Math.max(0, squares - mean ** 2)));
}

const pattern =
  (kind: (typeof PATTERN_KINDS)[number]): Reader =>
  ({ edges }) =>
    edges.patterns.find((own) => own.kind === kind)?.strength ?? 0;

const READERS: Record<SourceId, Reader> = {
  'motion.magnitude': ({ motion }) => motion.average_magnitude,
  'motion.direction_x': (frame) => direction(frame)[0],
  'motion.direction_y': (frame) => direction(frame)[1],
  'motion.coherence': (frame) => Math.hypot(...direction(frame)),
  'motion.regions': ({ motion }) => motion.high_motion_regions.length,
  'motion.region_x': (frame) => place(frame, (region) => region.x + region.w / 2),
  'motion.region_y': (frame) => place(frame, (region) => 1 - region.y - region.h / 2),
  'edges.density': ({ edges }) => edges.edge_density,
  'edges.horizontal': ({ edges }) => edges.horizontal_edge_intensity,
  'edges.vertical': ({ edges }) => edges.vertical_edge_intensity,
  'edges.balance': ({ edges }) => {
    const sum = edges.horizontal_edge_intensity + edges.vertical_edge_intensity;
    return sum > 0.001 ? edges.horizontal_edge_intensity / sum : 0.5;
  },
  'edges.lines': pattern('lines'),
  'edges.grid': pattern('grid'),
  'edges.texture': pattern('texture'),
  'edges.radial': pattern('radial'),
  'color.hue': hue,
  'color.saturation': (frame) => weightedMean(frame, (hsv) => hsv.saturation),
  'color.brightness': ({ color }) => color.brightness,
  'color.colorfulness': ({ color }) => color.colorfulness,
  'color.contrast': contrast,
  scene_change: (frame) => frame.scene_change,
};

/** The value of a source in a frame; NaN where a frame has none (the hue of a grey picture). */
export function sourceValue(source: SourceId, frame: FeatureFrame): number {
  return READERS[source](frame);
}

/** A source that hardly moves still gets a range this wide, as a fraction of its full one. */
const LEAST_WIDTH = 0.02;

function percentile(sorted: readonly number[], fraction: number): number {
  const at = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at - Math.floor(at));
}

/** The 5th to 95th percentile of a source over frames; a backward range stays backward. Null without frames. */
export function learnRange(
  source: SourceId,
  frames: readonly FeatureFrame[],
  present: readonly [number, number],
): [number, number] | null {
  const sorted = frames
    .map((frame) => sourceValue(source, frame))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const { min, max } = sources[source];
  const [low, high] = [percentile(sorted, 0.05), percentile(sorted, 0.95)];
  const lack = Math.max(0, LEAST_WIDTH * (max - min) - (high - low));
  const range = [low - lack / 2, high + lack / 2].map((value) => Math.round(value * 1000) / 1000) as [number, number];
  return present[0] > present[1] ? [range[1], range[0]] : range;
}
