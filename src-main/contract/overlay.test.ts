/** Overlays come out of their octets as they went in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { packedOverlay, unpackedOverlay } from './overlay.ts';

const overlay = fc
  .record({ frame: fc.nat(), width: fc.integer({ min: 2, max: 90 }), height: fc.integer({ min: 2, max: 40 }), gridWidth: fc.integer({ min: 1, max: 6 }), gridHeight: fc.integer({ min: 1, max: 6 }) })
  .chain((size) =>
    fc.record({
      flow: fc.float32Array({ minLength: size.gridWidth * size.gridHeight * 2, maxLength: size.gridWidth * size.gridHeight * 2 }),
      edges: fc.array(fc.constantFrom(0, 255), { minLength: size.width * size.height, maxLength: size.width * size.height }).map((edges) => Uint8Array.from(edges)),
    }).map((maps) => ({ ...size, ...maps })),
  );

test('any overlay is read back as it was packed', () => {
  fc.assert(fc.property(overlay, (given) => void expect(unpackedOverlay(packedOverlay(given))).toEqual(given)), { numRuns: 50 });
});

test('bytes that are no overlay are none', () => {
  const bytes = packedOverlay({ frame: 1, width: 8, height: 2, gridWidth: 1, gridHeight: 1, flow: new Float32Array(2), edges: new Uint8Array(16) });
  expect([unpackedOverlay(bytes.subarray(0, 11)), unpackedOverlay(bytes.subarray(1)), unpackedOverlay(new Uint8Array(0))]).toEqual([null, null, null]);
});
