/** What was seen, as a mirrored picture shows it: left and right exchanged. */
import type { FeatureFrame } from '../../src-main/contract/documents/feature-frame.ts';
import type { Overlay } from '../../src-main/contract/overlay.ts';

/** Bin 0 points right, counter-clockwise: right and left change places, up and down stay. */
const mirroredBin = (bin: number, bins: number): number => (bins + bins / 2 - bin) % bins;

export function mirroredFrame(frame: FeatureFrame): FeatureFrame {
  const { motion } = frame;
  const bins = motion.direction_histogram;
  return {
    ...frame,
    motion: {
      ...motion,
      direction_histogram: bins.map((_, bin) => bins[mirroredBin(bin, bins.length)] ?? 0) as FeatureFrame['motion']['direction_histogram'],
      high_motion_regions: motion.high_motion_regions.map((region) => ({ ...region, x: 1 - region.x - region.w })),
    },
  };
}

export function mirroredOverlay(overlay: Overlay): Overlay {
  const { width, height, gridWidth, gridHeight } = overlay;
  const flow = new Float32Array(overlay.flow.length);
  for (let row = 0; row < gridHeight; row += 1) {
    for (let column = 0; column < gridWidth; column += 1) {
      const from = (row * gridWidth + column) * 2;
      const to = (row * gridWidth + gridWidth - 1 - column) * 2;
      flow[to] = -(overlay.flow[from] ?? 0);
      flow[to + 1] = overlay.flow[from + 1] ?? 0;
    }
  }
  const edges = new Uint8Array(overlay.edges.length);
  for (let y = 0; y < height; y += 1) edges.set(overlay.edges.slice(y * width, (y + 1) * width).reverse(), y * width);
  return { ...overlay, flow, edges };
}
