/**
 * The scan in JavaScript: what the native one is compared with, and what stands in where the addon is not there. Sums are kept in
 * 32 lanes of single precision that are added pairwise in the end, exactly as native/src/search does it, so both give the same bits.
 */
import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS, type EmbeddingKind } from '../../../contract/documents/move.ts';
import type { MakeMatrix, ScanHit, ScanQuery } from '../ports.ts';

const LANES = 32;

/** Inner product of two rows whose length is a multiple of 32. */
export function dot(a: Float32Array, aAt: number, b: Float32Array, bAt: number, length: number): number {
  const lanes = new Float32Array(LANES);
  for (let from = 0; from < length; from += LANES) {
    for (let lane = 0; lane < LANES; lane += 1) {
      // Rounded after the product and after the sum, as without fused multiply-add.
      lanes[lane] = (lanes[lane] as number) + Math.fround((a[aAt + from + lane] as number) * (b[bAt + from + lane] as number));
    }
  }
  for (let width = LANES / 2; width >= 1; width /= 2) for (let lane = 0; lane < width; lane += 1) lanes[lane] = (lanes[lane] as number) + (lanes[lane + width] as number);
  return lanes[0] as number;
}

function isPresent(segment: Float32Array, row: number, length: number): boolean {
  for (let at = row * length; at < (row + 1) * length; at += 1) if (segment[at] !== 0) return true;
  return false;
}

export const plainMatrix: MakeMatrix = (rows, given) => {
  const segments = Object.fromEntries(EMBEDDING_KINDS.map((kind) => [kind, given[kind].slice()])) as Record<EmbeddingKind, Float32Array>;
  const present = Object.fromEntries(EMBEDDING_KINDS.map((kind) => [kind, Array.from({ length: rows }, (_, row) => isPresent(segments[kind], row, EMBEDDING_DIMENSIONS[kind]))])) as Record<EmbeddingKind, boolean[]>;
  const scoreOf = (query: ScanQuery, row: number): ScanHit | null => {
    let [sum, weight] = [0, 0];
    const parts = { pose: null, audio: null, text: null } as Record<EmbeddingKind, number | null>;
    for (const kind of EMBEDDING_KINDS) {
      const [vector, share] = [query[kind], Math.fround(query.weights[kind])];
      if (vector === null || share <= 0 || present[kind][row] !== true) continue;
      const length = EMBEDDING_DIMENSIONS[kind];
      const cosine = dot(vector, 0, segments[kind], row * length, length);
      parts[kind] = cosine;
      sum = Math.fround(sum + Math.fround(share * cosine));
      weight = Math.fround(weight + share);
    }
    return weight > 0 ? { row, score: Math.fround(sum / weight), parts } : null;
  };
  return {
    rows,
    bytes: EMBEDDING_KINDS.reduce((sum, kind) => sum + segments[kind].byteLength, 0),
    search: (query) => {
      const hits: ScanHit[] = [];
      for (let row = 0; row < rows; row += 1) {
        const hit = query.mask !== null && query.mask[row] === 0 ? null : scoreOf(query, row);
        if (hit) hits.push(hit);
      }
      return Promise.resolve(hits.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, query.top));
    },
  };
};
