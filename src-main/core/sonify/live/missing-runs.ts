/** The runs of numbers in [start, end] that are not among `present` (ascending, within the range). Pure. */
export function missingRuns(present: readonly number[], start: number, end: number): [number, number][] {
  const runs: [number, number][] = [];
  let next = start;
  for (const number of present) {
    if (number > next) runs.push([next, number - 1]);
    next = number + 1;
  }
  if (next <= end) runs.push([next, end]);
  return runs;
}
