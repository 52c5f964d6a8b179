/**
 * The scalar features a mapping row can start from: one table with the sense, unit and range of each.
 * Native code knows them by their order here (native/src/control/sources.h); a test compares the two.
 */
export const SENSES = ['motion', 'edges', 'colour'] as const;
export type Sense = (typeof SENSES)[number];

export interface SourceSpec {
  readonly sense: Sense;
  readonly label: string;
  readonly min: number;
  readonly max: number;
}

/** Order is the native index: append only. */
export const sources = {
  'motion.magnitude': { sense: 'motion', label: 'motion', min: 0, max: 1 },
  'motion.direction_x': { sense: 'motion', label: 'motion to the right', min: -1, max: 1 },
  'motion.direction_y': { sense: 'motion', label: 'motion upwards', min: -1, max: 1 },
  'motion.coherence': { sense: 'motion', label: 'agreement of the motion', min: 0, max: 1 },
  'motion.regions': { sense: 'motion', label: 'moving regions', min: 0, max: 4 },
  'motion.region_x': { sense: 'motion', label: 'place of the motion, left to right', min: 0, max: 1 },
  'motion.region_y': { sense: 'motion', label: 'place of the motion, bottom to top', min: 0, max: 1 },
  'edges.density': { sense: 'edges', label: 'detail', min: 0, max: 1 },
  'edges.horizontal': { sense: 'edges', label: 'horizontal lines', min: 0, max: 1 },
  'edges.vertical': { sense: 'edges', label: 'vertical lines', min: 0, max: 1 },
  'edges.balance': { sense: 'edges', label: 'horizontal over vertical lines', min: 0, max: 1 },
  'edges.lines': { sense: 'edges', label: 'parallel lines', min: 0, max: 1 },
  'edges.grid': { sense: 'edges', label: 'grid', min: 0, max: 1 },
  'edges.texture': { sense: 'edges', label: 'texture', min: 0, max: 1 },
  'edges.radial': { sense: 'edges', label: 'radial pattern', min: 0, max: 1 },
  'color.hue': { sense: 'colour', label: 'hue', min: 0, max: 1 },
  'color.saturation': { sense: 'colour', label: 'saturation', min: 0, max: 1 },
  'color.brightness': { sense: 'colour', label: 'brightness', min: 0, max: 1 },
  'color.colorfulness': { sense: 'colour', label: 'colourfulness', min: 0, max: 1 },
  'color.contrast': { sense: 'colour', label: 'spread of the colours', min: 0, max: 1 },
  scene_change: { sense: 'edges', label: 'a cut', min: 0, max: 1 },
} as const satisfies Record<string, SourceSpec>;

export type SourceId = keyof typeof sources;
export const sourceIds = Object.keys(sources) as [SourceId, ...SourceId[]];
