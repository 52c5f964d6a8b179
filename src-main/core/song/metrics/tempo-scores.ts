/** Scores of tempi in beats per minute. Source: McKinney et al., "Evaluation of audio beat tracking and music tempo extraction algorithms", 2007, as mir_eval has them. */

export interface TempoScores {
  /** Weight of the reference tempi that an estimate hits. */
  readonly pScore: number;
  readonly isOneCorrect: boolean;
  readonly isBothCorrect: boolean;
}

export function isTempoNear(reference: number, estimate: number, tolerance: number): boolean {
  return Math.abs(estimate - reference) <= tolerance * reference;
}

/**
 * @param reference  two tempi of which listeners tapped the slower with `weight` (0..1) and the other with the rest; 0 where there is none.
 * @param tolerance  share of the reference tempo, mir_eval's 0.08 unless said.
 */
export function tempoScores(reference: readonly [number, number], weight: number, estimate: readonly [number, number], tolerance = 0.08): TempoScores {
  const hits = reference.map((tempo) => tempo > 0 && estimate.some((guess) => isTempoNear(tempo, guess, tolerance)));
  const [first = false, second = false] = hits;
  return { pScore: (first ? weight : 0) + (second ? 1 - weight : 0), isOneCorrect: first || second, isBothCorrect: first && second };
}
