/** A plan that was edited by hand: scored anew, and what of it would not assemble. Pure. */
import type { Plan, PlanFault, PlanSegment } from '../../../contract/documents/choreography.ts';
import { choreographyText } from '../../../contract/text/en/choreography.ts';
import type { Clip } from './clip.ts';
import { clipOfSegment } from './fixed.ts';
import { chosenRow, placeOf, scoreOf, segmentFacts } from './row.ts';
import { type Scene, variantFor } from './variants.ts';
import { slotsOfSegments } from './slots.ts';

const say = choreographyText.fault;
/** Borders nearer than this are one. */
const NEAR_S = 1e-3;
/** An assembler holds the last picture for two frames; a person's plan may lean on one of 60 a second. */
const SLACK_S = 1 / 60;

/** Every fault, in the order of the segments. @param songS  length of the song; clips by id, those that are there. */
export function faultsOf(segments: readonly PlanSegment[], songS: number, clips: ReadonlyMap<string, Pick<Clip, 'durationS'>>): PlanFault[] {
  const faults = segments.flatMap((segment, at): PlanFault[] => {
    const { id, name, start_s: start, end_s: end, in_s: from, speed } = segment;
    const clip = clips.get(segment.move_id);
    const needed = from + (end - start) * speed;
    const there = clip?.durationS ?? segment.clip_s;
    return [
      ...(clip === undefined ? [say.missing(name)] : []),
      ...(end - start <= NEAR_S ? [say.empty(name)] : []),
      ...(Math.abs(start - (segments[at - 1]?.end_s ?? 0)) > NEAR_S ? [say.gap(name)] : []),
      ...(needed > there + SLACK_S ? [say.tooShort(name, needed, there)] : []),
    ].map((fault) => ({ segment_id: id, ...fault }));
  });
  const last = segments.at(-1);
  return last && Math.abs(last.end_s - songS) > NEAR_S ? [...faults, { segment_id: last.id, ...say.song() }] : faults;
}

/** The plan with scores, reasons and repeats as they are now; choices, locks and alternatives stay. */
export function rescored(scene: Scene, plan: Plan, clips: ReadonlyMap<string, Clip>): Plan {
  const slots = slotsOfSegments(scene.music, plan.segments, () => false);
  const variants = plan.segments.map((segment, at) => {
    const clip = clips.get(segment.move_id) ?? clipOfSegment(segment);
    return variantFor(scene, clip, slots[at] as (typeof slots)[number], { inS: segment.in_s, speed: segment.speed, place: placeOf(at, slots.length) });
  });
  const row = chosenRow(scene, slots, variants);
  const segments = plan.segments.map((segment, at) => ({ ...segment, ...segmentFacts(scene, row[at] as (typeof row)[number]) }));
  return { ...plan, segments, score: scoreOf(scene, row, segments, null) };
}
