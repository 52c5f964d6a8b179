/** Which pictures of an analysed film lie in a stretch of time. */
import type { SonifyFeatures } from './ports.ts';

/** Times that a container rounds differ by less. */
const CLEAR_S = 0.001;

/** Times of the pictures from the one shown at `startS` on. */
function* timesFrom(features: Pick<SonifyFeatures, 'chunk' | 'chunkIndexAt'>, mediaId: string, startS: number): Generator<number> {
  for (let index = features.chunkIndexAt(mediaId, startS); ; index += 1) {
    const chunk = features.chunk(mediaId, index);
    if (!chunk) return;
    yield* chunk.timestamps;
  }
}

/** The time itself, or one just before a picture that lies so near that rounding could put it on either side. Never below 0. */
export function clearOfPictures(features: Pick<SonifyFeatures, 'chunk' | 'chunkIndexAt'>, mediaId: string, timeS: number): number {
  for (const at of timesFrom(features, mediaId, Math.max(0, timeS - CLEAR_S))) {
    if (Math.abs(at - timeS) < CLEAR_S) return Math.max(0, at - CLEAR_S);
    if (at > timeS) break;
  }
  return timeS;
}

/** How many pictures lie in [startS, endS), and the time of the first; null when none does. */
export function picturesBetween(features: Pick<SonifyFeatures, 'chunk' | 'chunkIndexAt'>, mediaId: string, startS: number, endS: number): { count: number; firstS: number } | null {
  let [count, firstS] = [0, endS];
  for (const at of timesFrom(features, mediaId, startS)) {
    if (at >= endS) break;
    if (at < startS) continue;
    count += 1;
    firstS = Math.min(firstS, at);
  }
  return count === 0 ? null : { count, firstS };
}
