/**
 * One analysed frame as a row of 53 floats: the only place in TypeScript that knows the column order.
 * Its C++ twin is native/src/vision/feature_row.h; a test compares the two. A slot whose magnitude, weight or
 * strength is 0 is absent.
 */
export const DIRECTION_BINS = 8;
export const REGIONS = 4;
export const DOMINANT_COLORS = 5;
export const PATTERN_KINDS = ['lines', 'grid', 'texture', 'radial'] as const;

export const featureLayout = {
  magnitude: 0,
  direction: 1,
  /** REGIONS × {x, y, w, h, magnitude} */
  region: 9,
  /** DOMINANT_COLORS × {0xRRGGBB as a number, weight} */
  color: 29,
  colorfulness: 39,
  brightness: 40,
  edgeDensity: 41,
  horizontalEdge: 42,
  verticalEdge: 43,
  /** PATTERN_KINDS × {strength, angle in degrees} */
  pattern: 44,
  sceneChange: 52,
  columns: 53,
} as const;
