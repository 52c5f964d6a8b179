/** Size of the analysis raster: the picture as shown, averaged down to the area of 640 × 360, never upscaled. Pure. */
import { ANALYSIS_PIXELS, MAX_PICTURE_SIDE_PX } from '../../contract/limits.ts';

export interface Raster {
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
}

/** Chroma is subsampled by two, so sides are even; 2 is the least that holds a chroma sample. */
const even = (value: number): number => Math.max(2, 2 * Math.floor(value / 2));

/**
 * @param displayWidth, displayHeight  pixels as shown (rotation and sample aspect applied).
 * @returns sides of at most ANALYSIS_PIXELS together, at the display aspect within the rounding to even.
 */
export function analysisRaster(displayWidth: number, displayHeight: number): Raster {
  const scale = Math.min(1, Math.sqrt(ANALYSIS_PIXELS / (displayWidth * displayHeight)));
  // Rounds the exact product: floor alone would turn 359.9999 into 358.
  const side = (length: number): number => even(Math.round(length * scale * 1024) / 1024);
  const [width, height] = [side(displayWidth), side(displayHeight)];
  // A strip far longer than wide would exceed the area with its least side of 2, or the longest side there is.
  const most = Math.min(MAX_PICTURE_SIDE_PX, even(ANALYSIS_PIXELS / Math.min(width, height)));
  return { width: Math.min(width, most), height: Math.min(height, most) };
}
