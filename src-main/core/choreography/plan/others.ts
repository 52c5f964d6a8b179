/** Moves that could stand in one segment's place, with its neighbours as they are. Pure. */
import type { Alternative, Plan } from '../../../contract/documents/choreography.ts';
import type { Clip } from './clip.ts';
import { clipOfSegment } from './fixed.ts';
import { alternativesAt, chosenRow, placeOf } from './row.ts';
import { type Slot, slotsOfSegments } from './slots.ts';
import { type Scene, variantFor, variantsOf } from './variants.ts';
import { candidatesOf } from './wishes.ts';

export interface Others {
  readonly at: number;
  readonly top: number;
  readonly library: { readonly clips: readonly Clip[]; readonly byId: ReadonlyMap<string, Clip> };
}

/** Best first; moves that fit the wishes, and of all of these as many as asked for. */
export function alternativesFor(scene: Scene, plan: Plan, { at, top, library }: Others): Alternative[] {
  const slots = slotsOfSegments(scene.music, plan.segments, () => false);
  const variants = plan.segments.map((segment, index) => {
    const clip = library.byId.get(segment.move_id) ?? clipOfSegment(segment);
    return variantFor(scene, clip, slots[index] as Slot, { inS: segment.in_s, speed: segment.speed, place: placeOf(index, slots.length) });
  });
  const row = chosenRow(scene, slots, variants);
  const { clips } = candidatesOf(library.clips, scene.wishes);
  const ways = clips.flatMap((clip) => variantsOf(scene, clip, slots[at] as Slot, placeOf(at, slots.length)));
  return alternativesAt(scene, row, at, ways, top);
}
