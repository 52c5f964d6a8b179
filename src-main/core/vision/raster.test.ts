import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ANALYSIS_PIXELS } from '../../contract/limits.ts';
import { analysisRaster } from './raster.ts';

test.each([
  [1920, 1080, 640, 360],
  [1280, 720, 640, 360],
  [640, 360, 640, 360],
  [3840, 2160, 640, 360],
  [320, 180, 320, 180],
  [180, 320, 180, 320],
  [425, 239, 424, 238],
  [1080, 1920, 360, 640],
  [640, 480, 554, 414],
  [1, 1, 2, 2],
  [16_384, 1, 16_384, 2],
  [1_000_000, 2, 16_384, 2],
])('%i × %i is analysed at %i × %i', (width, height, rasterWidth, rasterHeight) => {
  expect(analysisRaster(width, height)).toEqual({ width: rasterWidth, height: rasterHeight });
});

test('any picture gives even sides within the area, close to its aspect and never larger than it', () => {
  const side = fc.integer({ min: 1, max: 16_384 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const raster = analysisRaster(width, height);
      expect([raster.width % 2, raster.height % 2]).toEqual([0, 0]);
      expect(raster.width * raster.height).toBeLessThanOrEqual(ANALYSIS_PIXELS);
      expect(raster.width).toBeLessThanOrEqual(Math.max(2, width));
      expect(raster.height).toBeLessThanOrEqual(Math.max(2, height));
      if (Math.min(raster.width, raster.height) >= 100) {
        expect(Math.abs(raster.width / raster.height / (width / height) - 1)).toBeLessThan(0.03);
      }
    }),
  );
});
