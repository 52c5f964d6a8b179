/** The exact scan over vectors of moves: the typed face of the addon's VectorMatrix. */
import { loadAddon } from './addon.ts';
import { nativeError } from './native-error.ts';
import type { MakeMatrix, ScanHit, ScanQuery, VectorMatrix } from '../../core/library/ports.ts';

interface NativeMatrix {
  readonly bytes: number;
  searchNow(pose: Float32Array | null, audio: Float32Array | null, text: Float32Array | null, weights: Float32Array, mask: Uint8Array | null, top: number, rows: Uint32Array, scores: Float32Array): void;
  search(...args: Parameters<NativeMatrix['searchNow']>): Promise<void>;
}

interface MatrixExports {
  readonly VectorMatrix: new (rows: number, pose: Float32Array, audio: Float32Array, text: Float32Array) => NativeMatrix;
}

/** Up to so many rows a scan takes about a millisecond: not worth the way to another thread and back. */
const SOON_ROWS = 10_000;

const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

function hitsOf(rows: Uint32Array, scores: Float32Array, top: number): ScanHit[] {
  return Array.from({ length: rows[top] as number }, (_, at) => ({
    row: rows[at] as number,
    score: scores[at * 4] as number,
    parts: { pose: known(scores[at * 4 + 1]), audio: known(scores[at * 4 + 2]), text: known(scores[at * 4 + 3]) },
  }));
}

/**
 * A copy of the vectors in memory of the addon's own, 64-byte aligned.
 * @throws AppError 'native-size-mismatch', 'addon-missing'
 * Cost of a search: one pass over the rows and segments that count; up to 10 000 rows (1.5 ms) on this thread, else on Node's pool.
 */
export const nativeMatrix: MakeMatrix = (rows, { pose, audio, text }): VectorMatrix => {
  let native: NativeMatrix;
  try {
    const { VectorMatrix: Native } = loadAddon() as MatrixExports;
    native = new Native(rows, pose, audio, text);
  } catch (error) {
    throw nativeError(error);
  }
  return {
    rows,
    bytes: native.bytes,
    async search({ pose: poseVector, audio: audioVector, text: textVector, weights, mask, top }: ScanQuery) {
      const most = Math.max(1, Math.min(top, rows));
      const [found, scores] = [new Uint32Array(most + 1), new Float32Array(most * 4)];
      const args = [poseVector, audioVector, textVector, Float32Array.of(weights.pose, weights.audio, weights.text), mask, most, found, scores] as const;
      try {
        if (rows <= SOON_ROWS) native.searchNow(...args);
        else await native.search(...args);
      } catch (error) {
        throw nativeError(error);
      }
      return hitsOf(found, scores, most);
    },
  };
};
