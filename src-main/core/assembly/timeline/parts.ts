/**
 * A timeline as a row of parts: stretches of the clips' normalised copies that go into the film byte for byte, and joints
 * between them that are encoded. A stretch begins on a keyframe and ends anywhere: the copies have no B-frames. Pure.
 */
import { type PlacedClip, type Timeline, type Transition, isFade } from './timeline.ts';

/** A normalised copy, as far as planning needs it. */
export interface CopyFacts {
  /** The clip's frame (at the film's rate and the clip's speed) that is the copy's frame 0. */
  readonly first: number;
  readonly frames: number;
  /** Frames of the copy that can be entered, ascending, the first 0. */
  readonly keys: readonly number[];
}

/** Frames of a copy; those before 0 show its first and those from `frames` on its last. */
export interface Stretch {
  /** Index of the placed clip. */
  readonly clip: number;
  readonly from: number;
  readonly to: number;
}

export interface CopyPart {
  readonly kind: 'copy';
  readonly start: number;
  readonly stretch: Stretch;
}

export interface JointPart {
  readonly kind: 'joint';
  /** Film frame it begins on. */
  readonly start: number;
  readonly frames: number;
  /** What is left; null where a clip is only entered between keyframes. */
  readonly leaving: Stretch | null;
  /** What is entered, the frames after the transition included. */
  readonly entering: Stretch;
  readonly transition: Pick<Transition, 'kind' | 'before' | 'after'> | null;
}

export type Part = CopyPart | JointPart;

/** First keyframe at or after a frame; the end of the copy when there is none. */
function keyFrom(copy: CopyFacts, frame: number): number {
  let [low, high] = [0, copy.keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((copy.keys[middle] ?? 0) < frame) low = middle + 1;
    else high = middle;
  }
  return copy.keys[low] ?? copy.frames;
}

/** The copy's frame that is shown on a film frame. */
const frameAt = (clip: PlacedClip, copy: CopyFacts, film: number): number => film - clip.start + clip.offset - copy.first;

function leavingOf(index: number, clips: readonly PlacedClip[], copies: readonly CopyFacts[], { kind, before, after }: Transition, boundary: number): Stretch {
  const [clip, copy] = [clips[index] as PlacedClip, copies[index] as CopyFacts];
  const from = frameAt(clip, copy, boundary - before);
  return { clip: index, from, to: from + (isFade(kind) ? before : before + after) };
}

/**
 * @param copies  one per placed clip
 * @returns parts without a gap from frame 0 to the film's last.
 */
export function partsOf({ clips, frames }: Timeline, copies: readonly CopyFacts[]): Part[] {
  const parts: Part[] = [];
  clips.forEach((clip, index) => {
    const copy = copies[index] as CopyFacts;
    const { into } = clip;
    const alone = { start: clip.start + (into?.after ?? 0), end: (clips[index + 1]?.start ?? frames) - (clips[index + 1]?.into?.before ?? 0) };
    const from = frameAt(clip, copy, alone.start);
    const to = frameAt(clip, copy, alone.end);
    const there = Math.min(to, copy.frames);
    const key = keyFrom(copy, Math.max(0, from));
    // Nothing to copy between the transitions: all of it is encoded with the first.
    const entered = key < there && from >= 0 ? key : to;
    if (into !== null) {
      const start = clip.start - into.before;
      const shownFrom = isFade(into.kind) ? clip.start : start;
      parts.push({
        kind: 'joint',
        start,
        frames: into.before + into.after + (entered - from),
        leaving: leavingOf(index - 1, clips, copies, into, clip.start),
        entering: { clip: index, from: frameAt(clip, copy, shownFrom), to: entered },
        transition: { kind: into.kind, before: into.before, after: into.after },
      });
    } else if (entered > from) {
      parts.push({ kind: 'joint', start: alone.start, frames: entered - from, leaving: null, entering: { clip: index, from, to: entered }, transition: null });
    }
    if (entered >= to) return;
    parts.push({ kind: 'copy', start: alone.start + entered - from, stretch: { clip: index, from: entered, to: there } });
    if (there < to) parts.push({ kind: 'joint', start: alone.start + there - from, frames: to - there, leaving: null, entering: { clip: index, from: there, to }, transition: null });
  });
  return parts;
}

export function framesOfPart(part: Part): number {
  return part.kind === 'copy' ? part.stretch.to - part.stretch.from : part.frames;
}

/** Frames that are encoded, not copied. */
export function jointFrames(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + (part.kind === 'joint' ? part.frames : 0), 0);
}
