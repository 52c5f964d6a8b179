/**
 * How many of two rising lists of times can be paired so that the partners are at most `window` apart and none is used twice.
 * Taking the earliest partner that fits is a greatest matching: all windows are equally wide. Linear.
 */
export function matchedTimes(reference: readonly number[], estimate: readonly number[], window: number): number {
  let [i, j, count] = [0, 0, 0];
  while (i < reference.length && j < estimate.length) {
    const distance = (estimate[j] as number) - (reference[i] as number);
    if (Math.abs(distance) <= window) [i, j, count] = [i + 1, j + 1, count + 1];
    else if (distance < 0) j += 1;
    else i += 1;
  }
  return count;
}

/** Harmonic mean of the share of estimates that are right and the share of references that are found; 0 where either list is empty. */
export function fMeasure(matched: number, references: number, estimates: number): number {
  return references === 0 || estimates === 0 ? 0 : (2 * matched) / (references + estimates);
}
