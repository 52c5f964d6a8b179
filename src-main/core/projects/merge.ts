/** Two edits of one gesture as one undo step: a knob being dragged sends many, and Undo takes back the drag. */
import type { Patch } from '../../contract/documents/project.ts';

export interface Edit {
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** Edits of one merge key within this time of one another are one step. */
export const MERGE_WINDOW_MS = 1000;
/** A step that grew to this many patches is closed. */
export const MOST_MERGED_PATCHES = 1000;

/** First `earlier`, then `later`. Replacing the same places again keeps only the newest values. */
export function mergedEdit(earlier: Edit, later: Edit): Edit {
  if (replacesTheSame(earlier.patches, later.patches)) return { patches: later.patches, inverse: earlier.inverse };
  return { patches: [...earlier.patches, ...later.patches], inverse: [...later.inverse, ...earlier.inverse] };
}

function replacesTheSame(earlier: readonly Patch[], later: readonly Patch[]): boolean {
  return earlier.length === later.length && earlier.every((patch, i) => patch.op === 'replace' && later[i]?.op === 'replace' && later[i].path === patch.path);
}
