/**
 * Undo and redo of edits that are taken back by sending what was there before. Edits of one group that follow each other
 * quickly (a key held down, a field typed in) become one step.
 */
export interface EditStep<Change> {
  readonly label: string;
  /** What brings back the state before. */
  readonly before: Change;
  readonly after: Change;
  /** Steps of the same group made within `GROUP_MS` are one; null never joins. */
  readonly group: string | null;
  readonly atMs: number;
}

export interface EditHistory<Change> {
  readonly past: readonly EditStep<Change>[];
  readonly future: readonly EditStep<Change>[];
}

const GROUP_MS = 1500;
const MOST_STEPS = 200;

export const noHistory: EditHistory<never> = { past: [], future: [] };

/** Adds a step; what was undone before is forgotten. */
export function recorded<Change>(history: EditHistory<Change>, step: EditStep<Change>): EditHistory<Change> {
  const last = history.past.at(-1);
  const joins = last !== undefined && step.group !== null && last.group === step.group && step.atMs - last.atMs <= GROUP_MS;
  const past = joins ? [...history.past.slice(0, -1), { ...step, before: last.before }] : [...history.past, step];
  return { past: past.slice(-MOST_STEPS), future: [] };
}

interface Moved<Change> {
  readonly history: EditHistory<Change>;
  readonly step: EditStep<Change>;
}

/** The step to take back, and the history after it; null when there is none. */
export function undone<Change>({ past, future }: EditHistory<Change>): Moved<Change> | null {
  const step = past.at(-1);
  return step ? { step, history: { past: past.slice(0, -1), future: [step, ...future] } } : null;
}

/** The step to do again, and the history after it; null when there is none. */
export function redone<Change>({ past, future }: EditHistory<Change>): Moved<Change> | null {
  const step = future[0];
  // A step done again never joins with what comes after it.
  return step ? { step, history: { past: [...past, { ...step, group: null }], future: future.slice(1) } } : null;
}
