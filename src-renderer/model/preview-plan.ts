/**
 * What is previewed, cut into chunks that are rendered one after the other as one listens: the selected range, repeated
 * or not, or the film from its beginning. Chunks stand on a fixed grid, so that what was heard is found again.
 */
export interface PreviewPlan {
  readonly startS: number;
  readonly endS: number;
  readonly loops: boolean;
}

export interface Chunk {
  readonly startS: number;
  readonly endS: number;
}

/** Length of a chunk: rendered within a second, long enough to stay ahead. */
export const CHUNK_S = 8;
/** Rendered beyond a chunk's end, to fade into the next one. */
export const OVERLAP_S = 0.06;
/** A remainder shorter than this joins the chunk before it. */
const LEAST_S = 1;

/** The range when there is one and it is repeated, else the whole film. */
export function planOf(
  durationS: number,
  range: { start_s: number; end_s: number } | null,
  isLooping: boolean,
): PreviewPlan {
  if (range === null || !isLooping) return { startS: 0, endS: durationS, loops: false };
  return { startS: Math.min(range.start_s, durationS), endS: Math.min(range.end_s, durationS), loops: true };
}

function chunkOf(plan: PreviewPlan, index: number): Chunk {
  const startS = plan.startS + index * CHUNK_S;
  const endS = startS + CHUNK_S + LEAST_S >= plan.endS ? plan.endS : startS + CHUNK_S;
  return { startS, endS };
}

/** The chunk that holds a time; times outside the plan belong to its first or last chunk. */
export function chunkAt(plan: PreviewPlan, timeS: number): Chunk {
  const inside = Math.min(Math.max(timeS, plan.startS), plan.endS) - plan.startS;
  const index = Math.max(0, Math.floor(inside / CHUNK_S));
  const chunk = chunkOf(plan, index);
  const before = index > 0 ? chunkOf(plan, index - 1) : null;
  return before && before.endS > chunk.startS ? before : chunk;
}

/** What is heard after a chunk: the next one, the first again, or nothing. */
export function chunkAfter(plan: PreviewPlan, chunk: Chunk): Chunk | null {
  if (chunk.endS < plan.endS) return chunkAt(plan, chunk.endS);
  return plan.loops ? chunkAt(plan, plan.startS) : null;
}

/** Where playing begins: inside the plan, from its beginning when one stands at its end. */
export function playFrom(plan: PreviewPlan, timeS: number): number {
  return timeS < plan.startS || timeS >= plan.endS - 0.02 ? plan.startS : timeS;
}
