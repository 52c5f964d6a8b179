/**
 * Edits of a plan by hand, pure: borders, in-points, moves in other places, pieces joined and divided. Every edit keeps the
 * film without a gap and every piece inside its clip; what cannot be kept so is no edit (null).
 */
import type { Plan, PlanSegment, PlanTransition } from '../../src-main/contract/documents/choreography.ts';
import type { Command, Patch } from '../../src-main/contract/documents/project.ts';
import { between } from './beat-lookup.ts';
import { pointer } from './json-patch.ts';

type Segments = readonly PlanSegment[];

/** What a segment shows, apart from when. */
export type Content = Pick<PlanSegment, 'move_id' | 'name' | 'category' | 'path' | 'clip_s' | 'in_s' | 'speed'>;

/** Shortest piece of a film: three frames at 30 fps. */
export const LEAST_SEGMENT_S = 0.1;
/** A move that is too short for its place is played slower, down to this. */
export const SLOWEST_FIT = 0.5;
/** Speeds a person may choose. */
export const SPEEDS = { slowest: 0.25, fastest: 4, step: 0.01 } as const;

/** Microseconds: finer than any frame, and equal on both sides of a border. */
const rounded = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export const lengthOf = ({ start_s: start, end_s: end }: Pick<PlanSegment, 'start_s' | 'end_s'>): number => end - start;

/** Place in the clip that is seen at a time of the film. */
export const contentAt = (segment: Pick<PlanSegment, 'start_s' | 'in_s' | 'speed'>, timeS: number): number => segment.in_s + (timeS - segment.start_s) * segment.speed;

/** Latest in-point at which the clip still fills its place. */
export const latestIn = (segment: Pick<PlanSegment, 'start_s' | 'end_s' | 'clip_s' | 'speed'>): number => Math.max(0, segment.clip_s - lengthOf(segment) * segment.speed);

/** Index of the segment that is seen at a time; the last one after the end. -1 without any. */
export function segmentAt(segments: Segments, timeS: number): number {
  let [low, high] = [0, segments.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.start_s ?? Infinity) <= timeS) low = middle;
    else high = middle - 1;
  }
  return segments.length === 0 ? -1 : low;
}

const withCounts = (segment: PlanSegment, beats: readonly number[]): PlanSegment => ({
  ...segment,
  counts: between(beats, segment.start_s - 1e-3, segment.end_s - 1e-3).length,
});

/** Times between which the border after a segment can stand; null where the clips leave no room. */
export function borderRange(segments: Segments, index: number): readonly [number, number] | null {
  const [left, right] = [segments[index], segments[index + 1]];
  if (!left || !right) return null;
  const earliest = Math.max(left.start_s + LEAST_SEGMENT_S, right.end_s - right.clip_s / right.speed);
  const latest = Math.min(right.end_s - LEAST_SEGMENT_S, left.start_s + left.clip_s / left.speed);
  return earliest <= latest ? [earliest, latest] : null;
}

/** Moves the border after a segment; what stays in sight stays where it is against the music, as long as the clip has it. */
export function borderMoved(segments: Segments, index: number, toS: number, beats: readonly number[]): PlanSegment[] | null {
  const [left, right] = [segments[index], segments[index + 1]];
  const range = borderRange(segments, index);
  if (!left || !right || !range) return null;
  const at = rounded(clamp(toS, ...range));
  const before = { ...left, end_s: at };
  const after = { ...right, start_s: at };
  const moved = [...segments];
  moved[index] = withCounts({ ...before, in_s: rounded(Math.min(before.in_s, latestIn(before))) }, beats);
  moved[index + 1] = withCounts({ ...after, in_s: rounded(clamp(contentAt(right, at), 0, latestIn(after))) }, beats);
  return moved;
}

/** Enters the clip elsewhere. */
export function entered(segments: Segments, index: number, inS: number): PlanSegment[] | null {
  const segment = segments[index];
  return segment ? segments.with(index, { ...segment, in_s: rounded(clamp(inS, 0, latestIn(segment))) }) : null;
}

/** Plays the clip at another speed, as fast as it still fills its place. */
export function atSpeed(segments: Segments, index: number, speed: number): PlanSegment[] | null {
  const segment = segments[index];
  if (!segment) return null;
  const fastest = Math.min(SPEEDS.fastest, Math.floor((segment.clip_s / lengthOf(segment)) * 100) / 100);
  const next = { ...segment, speed: Math.round(clamp(speed, SPEEDS.slowest, Math.max(SPEEDS.slowest, fastest)) * 100) / 100 };
  return segments.with(index, { ...next, in_s: rounded(Math.min(next.in_s, latestIn(next))) });
}

export function withTransition(segments: Segments, index: number, transition: PlanTransition): PlanSegment[] | null {
  const segment = segments[index];
  return segment ? segments.with(index, { ...segment, transition }) : null;
}

export function withLock(segments: Segments, indices: readonly number[], isLocked: boolean): PlanSegment[] {
  return segments.map((segment, i) => (indices.includes(i) && segment.is_locked !== isLocked ? { ...segment, is_locked: isLocked } : segment));
}

/** A place showing other content, entered earlier or played slower where the clip is short; null when it is too short. */
export function showing(segment: PlanSegment, content: Content): PlanSegment | null {
  const speed = Math.min(content.speed, Math.floor((content.clip_s / lengthOf(segment)) * 100 + 1e-6) / 100);
  if (speed < SLOWEST_FIT) return null;
  const { move_id, name, category, path, clip_s } = content;
  const next: PlanSegment = { ...segment, move_id, name, category, path, clip_s, speed, chosen_by: 'user' };
  return { ...next, in_s: rounded(clamp(content.in_s, 0, latestIn(next))) };
}

export function replaced(segments: Segments, index: number, content: Content): PlanSegment[] | null {
  const segment = segments[index];
  const next = segment ? showing(segment, content) : null;
  return next ? segments.with(index, next) : null;
}

/** Two places exchange what they show. */
export function exchanged(segments: Segments, a: number, b: number): PlanSegment[] | null {
  const [one, other] = [segments[a], segments[b]];
  if (!one || !other || a === b) return null;
  const [first, second] = [showing(one, other), showing(other, one)];
  return first && second ? segments.with(a, first).with(b, second) : null;
}

/** Takes a segment out; the one before goes on in its place, else the one after begins earlier. */
export function removed(segments: Segments, index: number, beats: readonly number[]): PlanSegment[] | null {
  const gone = segments[index];
  if (!gone || segments.length < 2) return null;
  const before = segments[index - 1];
  const longer = before && { ...before, end_s: gone.end_s };
  if (longer && lengthOf(longer) * longer.speed <= longer.clip_s + 1e-6)
    return segments.with(index - 1, withCounts({ ...longer, in_s: rounded(Math.min(longer.in_s, latestIn(longer))) }, beats)).toSpliced(index, 1);
  const after = segments[index + 1];
  const earlier = after && { ...after, start_s: gone.start_s };
  if (!after || !earlier || lengthOf(earlier) * earlier.speed > earlier.clip_s + 1e-6) return null;
  const in_s = rounded(clamp(contentAt(after, gone.start_s), 0, latestIn(earlier)));
  return segments.with(index + 1, withCounts({ ...earlier, in_s }, beats)).toSpliced(index, 1);
}

/** Divides the segment at a time; the second part goes on where the first stops. */
export function divided(segments: Segments, atS: number, newId: string, beats: readonly number[]): PlanSegment[] | null {
  const index = segmentAt(segments, atS);
  const segment = segments[index];
  const at = rounded(atS);
  if (!segment || at - segment.start_s < LEAST_SEGMENT_S || segment.end_s - at < LEAST_SEGMENT_S) return null;
  const second: PlanSegment = { ...segment, id: newId, start_s: at, in_s: rounded(contentAt(segment, at)), transition: 'cut' };
  return segments.with(index, withCounts({ ...segment, end_s: at }, beats)).toSpliced(index + 1, 0, withCounts(second, beats));
}

/** Segments whose middle lies in a stretch of the song. */
export function within(segments: Segments, startS: number, endS: number): number[] {
  return segments.flatMap((segment, i) => {
    const middle = (segment.start_s + segment.end_s) / 2;
    return middle >= startS && middle < endS ? [i] : [];
  });
}

/** How many segments away a move is shown nearest to a place; null when nowhere else. */
export function nearestUse(segments: Segments, index: number, moveId: string): number | null {
  const distances = segments.flatMap((segment, i) => (i !== index && segment.move_id === moveId ? [Math.abs(i - index)] : []));
  return distances.length === 0 ? null : Math.min(...distances);
}

function patchesOf(before: Segments, after: Segments): Patch[] {
  if (before.length !== after.length) return [{ op: 'replace', path: '/plan/segments', value: after }];
  const changed = after.flatMap((segment, i) => (segment === before[i] ? [] : [{ op: 'replace' as const, path: pointer('plan', 'segments', i), value: segment }]));
  return changed.length > 100 ? [{ op: 'replace', path: '/plan/segments', value: after }] : changed;
}

/** The command of an edit; null when nothing changes. */
export function planCommand(label: string, plan: Plan, after: PlanSegment[] | null, mergeKey?: string): Command | null {
  const patches = after ? patchesOf(plan.segments, after) : [];
  return patches.length === 0 ? null : { label, patches, ...(mergeKey === undefined ? {} : { merge_key: mergeKey }) };
}
