/**
 * FeatureFrame: what the eye saw in one frame, and its packed form (a row of floats, feature-layout.ts).
 * Values do not depend on the size or rate of the source.
 */
import { z } from 'zod';

import { DIRECTION_BINS, DOMINANT_COLORS, PATTERN_KINDS, REGIONS, featureLayout } from '../feature-layout.ts';

const fraction = z.number().min(0).max(1);

export const RegionSchema = z.object({
  x: fraction,
  y: fraction,
  w: fraction,
  h: fraction,
  /** Fraction of the frame's diagonal per second. */
  magnitude: z.number().min(0),
});

export const DominantColorSchema = z.object({
  /** sRGB, `#rrggbb`. */
  hex: z.string().regex(/^#[0-9a-f]{6}$/),
  weight: fraction,
});

export const EdgePatternSchema = z.object({
  kind: z.enum(PATTERN_KINDS),
  strength: fraction,
  angle_deg: z.number().min(-180).max(360),
});

export const FeatureFrameSchema = z.object({
  /** Presentation time in seconds; frames are numbered from 0 in presentation order. */
  timestamp: z.number().min(0),
  motion: z.object({
    /** Fraction of the frame's diagonal per second. */
    average_magnitude: z.number().min(0),
    /** Magnitude-weighted; bin 0 centred on right, counter-clockwise; sums to 1, or all 0 when nothing moves. */
    direction_histogram: z.array(fraction).length(DIRECTION_BINS),
    high_motion_regions: z.array(RegionSchema).max(REGIONS),
  }),
  color: z.object({
    dominant_colors: z.array(DominantColorSchema).max(DOMINANT_COLORS),
    colorfulness: fraction,
    brightness: fraction,
  }),
  edges: z.object({
    edge_density: fraction,
    horizontal_edge_intensity: fraction,
    vertical_edge_intensity: fraction,
    patterns: z.array(EdgePatternSchema).max(PATTERN_KINDS.length),
  }),
  /** 0..1; 0.5 and above is a hard cut. */
  scene_change: fraction,
});

export type FeatureFrame = z.infer<typeof FeatureFrameSchema>;
export type Region = z.infer<typeof RegionSchema>;
export type DominantColor = z.infer<typeof DominantColorSchema>;
export type EdgePattern = z.infer<typeof EdgePatternSchema>;

/** A colour packed as 0xRRGGBB, written `#rrggbb`. */
export function hexOfPacked(packed: number): string {
  return `#${Math.round(packed).toString(16).padStart(6, '0')}`;
}

/**
 * The document form of one packed row.
 * @param row  53 floats, feature-layout.ts; read only.
 */
export function frameOfRow(row: ArrayLike<number>, timestamp: number): FeatureFrame {
  const at = (index: number): number => row[index] ?? 0;
  const L = featureLayout;
  const slots = <T>(count: number, stride: number, start: number, read: (base: number) => T, isPresent: (base: number) => boolean): T[] =>
    Array.from({ length: count }, (_, slot) => start + slot * stride)
      .filter(isPresent)
      .map(read);
  return {
    timestamp,
    motion: {
      average_magnitude: at(L.magnitude),
      direction_histogram: Array.from({ length: DIRECTION_BINS }, (_, bin) => at(L.direction + bin)),
      high_motion_regions: slots(
        REGIONS,
        5,
        L.region,
        (b) => ({ x: at(b), y: at(b + 1), w: at(b + 2), h: at(b + 3), magnitude: at(b + 4) }),
        (b) => at(b + 4) > 0,
      ),
    },
    color: {
      dominant_colors: slots(
        DOMINANT_COLORS,
        2,
        L.color,
        (b) => ({ hex: hexOfPacked(at(b)), weight: at(b + 1) }),
        (b) => at(b + 1) > 0,
      ),
      colorfulness: at(L.colorfulness),
      brightness: at(L.brightness),
    },
    edges: {
      edge_density: at(L.edgeDensity),
      horizontal_edge_intensity: at(L.horizontalEdge),
      vertical_edge_intensity: at(L.verticalEdge),
      patterns: PATTERN_KINDS.map((kind, i) => ({
        kind,
        strength: at(L.pattern + i * 2),
        angle_deg: at(L.pattern + i * 2 + 1),
      })).filter((pattern) => pattern.strength > 0),
    },
    scene_change: at(L.sceneChange),
  };
}

/** The packed row of a document frame; the inverse of `frameOfRow` up to float32 rounding. */
export function rowOfFrame(frame: FeatureFrame): Float32Array {
  const L = featureLayout;
  const row = new Float32Array(L.columns);
  row[L.magnitude] = frame.motion.average_magnitude;
  row.set(frame.motion.direction_histogram, L.direction);
  frame.motion.high_motion_regions.forEach((r, i) => row.set([r.x, r.y, r.w, r.h, r.magnitude], L.region + i * 5));
  frame.color.dominant_colors.forEach((c, i) =>
    row.set([Number.parseInt(c.hex.slice(1), 16), c.weight], L.color + i * 2),
  );
  row[L.colorfulness] = frame.color.colorfulness;
  row[L.brightness] = frame.color.brightness;
  row[L.edgeDensity] = frame.edges.edge_density;
  row[L.horizontalEdge] = frame.edges.horizontal_edge_intensity;
  row[L.verticalEdge] = frame.edges.vertical_edge_intensity;
  for (const p of frame.edges.patterns) {
    row.set([p.strength, p.angle_deg], L.pattern + PATTERN_KINDS.indexOf(p.kind) * 2);
  }
  row[L.sceneChange] = frame.scene_change;
  return row;
}
