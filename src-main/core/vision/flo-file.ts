/**
 * The Middlebury format of optical flow. Pure. Source: Baker et al., "A Database and Evaluation Methodology for Optical
 * Flow", IJCV 2011, and its flowIO: a magic number, width, height, then (u, v) row by row, all little-endian.
 */

/** A float whose bytes read "PIEH": it also tells a reader of the wrong byte order. */
const MAGIC = 202021.25;
const HEADER_BYTES = 12;

/**
 * @param vectors  Float32Array, height*width*2, row-major, interleaved (dx, dy) in pixels.
 * @returns the whole file, 12 + 8 * width * height bytes.
 */
export function floBytes(vectors: Float32Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER_BYTES + vectors.length * 4);
  const view = new DataView(bytes.buffer);
  view.setFloat32(0, MAGIC, true);
  view.setInt32(4, width, true);
  view.setInt32(8, height, true);
  for (const [i, value] of vectors.entries()) view.setFloat32(HEADER_BYTES + 4 * i, value, true);
  return bytes;
}
