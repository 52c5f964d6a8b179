/**
 * What is painted over a picture, as octets: the mean motion of each cell of a grid, and the edges, a bit per pixel.
 * Little-endian: uint32 frame, uint16 grid width, grid height, width, height; then grid height × grid width × 2 float32
 * (dx, dy) in pixels per second, y down; then height rows of ceil(width / 8) bytes, the leftmost pixel in the highest bit.
 */
export const OVERLAY_CELL_PX = 16;
const HEAD_BYTES = 12;

export interface Overlay {
  readonly frame: number;
  readonly width: number;
  readonly height: number;
  readonly gridWidth: number;
  readonly gridHeight: number;
  /** gridHeight*gridWidth*2, row-major, interleaved (dx, dy) in pixels of this raster per second. */
  readonly flow: Float32Array;
  /** height*width, row-major: 255 on an edge, else 0. */
  readonly edges: Uint8Array;
}

const rowBytes = (width: number): number => Math.ceil(width / 8);

/** Bytes of an overlay: 36 KB for 640 × 360. */
export function packedOverlay({ frame, width, height, gridWidth, gridHeight, flow, edges }: Overlay): Uint8Array<ArrayBuffer> {
  const stride = rowBytes(width);
  const bytes = new Uint8Array(HEAD_BYTES + flow.length * 4 + height * stride);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, frame, true);
  for (const [i, value] of [gridWidth, gridHeight, width, height].entries()) view.setUint16(4 + i * 2, value, true);
  for (const [i, value] of flow.entries()) view.setFloat32(HEAD_BYTES + i * 4, value, true);
  const start = HEAD_BYTES + flow.length * 4;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (edges[y * width + x] !== 0) bytes[start + y * stride + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  return bytes;
}

/** The overlay in packed bytes; null when they are not one. */
export function unpackedOverlay(bytes: Uint8Array): Overlay | null {
  if (bytes.byteLength < HEAD_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [gridWidth = 0, gridHeight = 0, width = 0, height = 0] = [4, 6, 8, 10].map((at) => view.getUint16(at, true));
  const start = HEAD_BYTES + gridWidth * gridHeight * 8;
  const stride = rowBytes(width);
  if (bytes.byteLength !== start + height * stride) return null;
  const flow = Float32Array.from({ length: gridWidth * gridHeight * 2 }, (_, i) => view.getFloat32(HEAD_BYTES + i * 4, true));
  const edges = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (((bytes[start + y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0) edges[y * width + x] = 255;
    }
  }
  return { frame: view.getUint32(0, true), width, height, gridWidth, gridHeight, flow, edges };
}
