/** Hit rate of section boundaries. Source: Turnbull et al., "A supervised approach for detecting boundaries in music", ISMIR 2007, as mir_eval has it. */
import { fMeasure, matchedTimes } from './matched.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface BoundaryScores {
  readonly precision: number;
  readonly recall: number;
  readonly fMeasure: number;
}

/** Rising; both lists of sections are cut or continued to 0 and the reference's end first. */
function boundariesOf(sections: readonly Span[], endS: number): number[] {
  const inside = sections.flatMap(({ start, end }) => [start, end]).filter((time) => time > 0 && time < endS);
  return [...new Set([0, ...inside, endS])].sort((a, b) => a - b);
}

/** @param windowS  half the window, 0.5 or 3 s by custom. The song's start and end count. */
export function boundaryScores(reference: readonly Span[], estimate: readonly Span[], windowS: number): BoundaryScores {
  const endS = Math.max(...reference.map(({ end }) => end));
  const [references, estimates] = [boundariesOf(reference, endS), boundariesOf(estimate, endS)];
  const matched = matchedTimes(references, estimates, windowS);
  const share = (of: number): number => (of === 0 ? 0 : matched / of);
  return { precision: share(estimates.length), recall: share(references.length), fMeasure: fMeasure(matched, references.length, estimates.length) };
}
