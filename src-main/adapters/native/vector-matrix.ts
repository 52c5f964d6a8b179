/** The exact scan over vectors of moves: the typed face of the addon's VectorMatrix. */
import { loadAddon } from './addon.ts';
import { nativeError } from './native-error.ts';
import type { MakeMatrix, ScanHit, ScanQuery, VectorMatrix } from '../../core/library/ports.ts';

interface NativeMatrix {
  readonly bytes: number;
  searchNow(pose: Float32Array | null, audio: Float32Array | null, text: Float32Array | null, weights: Float32Array, mask: Uint8Array | null, top: number, from: number, to: number, rows: Uint32Array, scores: Float32Array): void;
  search(...args: Parameters<NativeMatrix['searchNow']>): Promise<void>;
}

interface MatrixExports {
  readonly VectorMatrix: new (rows: number, pose: Float32Array, audio: Float32Array, text: Float32Array) => NativeMatrix;
}

/** Up to so many rows a scan takes a third of a millisecond, 1.5 where moves are all nearly alike: not worth the way to another thread and back. */
const SOON_ROWS = 10_000;
/** From so many rows on two threads share it, where the memory gives two more than one. */
const SHARED_ROWS = 20_000;

const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

function hitsOf(rows: Uint32Array, scores: Float32Array, top: number): ScanHit[] {
  return Array.from({ length: rows[top] as number }, (_, at) => ({
    row: rows[at] as number,
    score: scores[at * 4] as number,
    parts: { pose: known(scores[at * 4 + 1]), audio: known(scores[at * 4 + 2]), text: known(scores[at * 4 + 3]) },
  }));
}

/** Best first; equal scores in order of rows, as within one share. */
const better = (a: ScanHit, b: ScanHit): number => b.score - a.score || a.row - b.row;

/**
 * A copy of the vectors in memory of the addon's own, aligned: 4 KiB a move, and from 768 moves on a quarter more for the copy in bytes that is read first.
 * @throws AppError 'native-size-mismatch', 'addon-missing'
 * Cost of a search: one pass over the bytes of the rows and segments that count, and over the floats of the few that can be among the best; of all rows
 * where that would be more than a quarter (moves nearly alike, or `top` above an eighth of them). The hits are those of reading all, to the bit.
 * Up to 10 000 rows (0.3 to 1.5 ms) on this thread, else on Node's pool, from 20 000 on two of it.
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
      const query = [poseVector, audioVector, textVector, Float32Array.of(weights.pose, weights.audio, weights.text), mask, most] as const;
      const share = (from: number, to: number) => {
        const [found, scores] = [new Uint32Array(most + 1), new Float32Array(most * 4)];
        return { args: [...query, from, to, found, scores] as const, hits: () => hitsOf(found, scores, most) };
      };
      try {
        if (rows <= SOON_ROWS) {
          const whole = share(0, rows);
          native.searchNow(...whole.args);
          return whole.hits();
        }
        const middle = Math.floor(rows / 2);
        const shares = rows < SHARED_ROWS ? [share(0, rows)] : [share(0, middle), share(middle, rows)];
        await Promise.all(shares.map(({ args }) => native.search(...args)));
        return shares.flatMap(({ hits }) => hits()).sort(better).slice(0, most);
      } catch (error) {
        throw nativeError(error);
      }
    },
  };
};
