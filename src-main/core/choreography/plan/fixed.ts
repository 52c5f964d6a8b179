/** A clip as far as a segment remembers it, for one that is not in the library any more. Pure. */
import type { PlanSegment } from '../../../contract/documents/choreography.ts';
import type { Clip } from './clip.ts';

export function clipOfSegment({ move_id: id, name, path, category, clip_s: durationS }: PlanSegment): Clip {
  return {
    ...{ id, name, path, category, durationS, difficulty: null, energyLevel: null, style: null, folderId: null, words: '', role: null, tempo: null },
    ...{ energy: 0.5, landsS: new Float64Array(0), lands: new Float32Array(0), rateHz: 1, motion: new Float32Array(0), joints: [], posture: new Float32Array(0) },
  };
}
