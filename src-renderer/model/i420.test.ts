import { describe, expect, it } from 'vitest';

import { analysisSize, rgbaToI420 } from './i420.ts';

const flat = (rgb: readonly [number, number, number], pixels: number): Uint8ClampedArray => Uint8ClampedArray.from({ length: pixels * 4 }, (_, i) => (i % 4 === 3 ? 255 : (rgb[i % 4] ?? 0)));

describe('analysis size', () => {
  it.each([
    [1920, 1080, 640, 360],
    [1280, 720, 640, 360],
    [640, 480, 554, 414],
    [720, 1280, 360, 640],
    [320, 240, 320, 240],
    [641, 361, 638, 360],
  ])('%i × %i is looked at as %i × %i', (width, height, w, h) => {
    expect(analysisSize({ width, height })).toEqual({ width: w, height: h });
  });

  it('never has more pixels than 640 × 360, and even sides', () => {
    for (let width = 2; width < 4000; width += 97) {
      for (let height = 2; height < 3000; height += 89) {
        const size = analysisSize({ width, height });
        expect([size.width * size.height <= 640 * 360, size.width % 2, size.height % 2]).toEqual([true, 0, 0]);
      }
    }
  });
});

describe('I420', () => {
  it.each([
    [[0, 0, 0], [0, 128, 128]],
    [[255, 255, 255], [255, 128, 128]],
    [[128, 128, 128], [128, 128, 128]],
    [[255, 0, 0], [76, 85, 255]],
    [[0, 255, 0], [150, 44, 21]],
    [[0, 0, 255], [29, 255, 107]],
  ] as const)('%j is %j in full range BT.601', (rgb, [y, cb, cr]) => {
    const planes = rgbaToI420(flat(rgb, 16), { width: 4, height: 4 });
    expect([[...new Set(planes.subarray(0, 16))], [...new Set(planes.subarray(16, 20))], [...new Set(planes.subarray(20))]]).toEqual([[y], [cb], [cr]]);
  });

  it('keeps every pixel of the luma in its place', () => {
    const rgba = new Uint8ClampedArray(6 * 4 * 4);
    for (let i = 0; i < 24; i += 1) rgba.fill(i * 10, i * 4, i * 4 + 3);
    expect([...rgbaToI420(rgba, { width: 6, height: 4 }).subarray(0, 24)]).toEqual(Array.from({ length: 24 }, (_, i) => i * 10));
  });
});
