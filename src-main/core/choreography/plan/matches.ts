/** What search found for each stretch of the song, as 0..1 for any clip in any slot. Pure. */
import type { MoveHit } from '../../../contract/documents/move-search.ts';
import { chance } from './chance.ts';
import type { Clip } from './clip.ts';
import type { Slot } from './slots.ts';

export interface Matches {
  readonly of: (slot: Slot, clip: Clip) => number;
}

export interface FoundStretch {
  readonly startS: number;
  readonly endS: number;
  readonly hits: readonly Pick<MoveHit, 'id' | 'score'>[];
}

/** Where scores say nothing. */
const EVEN = 0.5;

/** Scores of one search stretched to 0..1; a clip that was not found is last. */
export function matchesOf(found: readonly FoundStretch[]): Matches {
  const stretches = found.map(({ startS, endS, hits }) => {
    const scores = hits.map(({ score }) => score);
    const [low, high] = [Math.min(...scores), Math.max(...scores)];
    const shares = new Map(hits.map(({ id, score }) => [id, high - low > 1e-9 ? (score - low) / (high - low) : EVEN]));
    return { startS, endS, shares, isEmpty: hits.length === 0 };
  });
  return {
    of: (slot, clip) => {
      const middle = (slot.startS + slot.endS) / 2;
      const stretch = stretches.find(({ startS, endS }) => middle >= startS && middle < endS) ?? stretches.at(-1);
      return stretch === undefined || stretch.isEmpty ? EVEN : (stretch.shares.get(clip.id) ?? 0);
    },
  };
}

/** Stands in for a search that failed: any clip is as good as a draw of the seed says. */
export function randomMatches(seed: number): Matches {
  return { of: ({ startS }, { id }) => chance(seed, 'search', startS.toFixed(3), id) };
}
