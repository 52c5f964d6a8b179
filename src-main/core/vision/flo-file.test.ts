import { expect, test } from 'vitest';

import { floBytes } from './flo-file.ts';

test('a .flo file is PIEH, the size, then the vectors row by row, little-endian', () => {
  const bytes = floBytes(new Float32Array([1, -2, 0.5, 3, 4, -5]), 3, 1);
  const view = new DataView(bytes.buffer);
  expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('PIEH');
  expect([view.getInt32(4, true), view.getInt32(8, true)]).toEqual([3, 1]);
  expect(Array.from({ length: 6 }, (_, i) => view.getFloat32(12 + 4 * i, true))).toEqual([1, -2, 0.5, 3, 4, -5]);
  expect(bytes.length).toBe(36);
});
