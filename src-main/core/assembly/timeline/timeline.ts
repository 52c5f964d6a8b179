/**
 * Where everything of a film lies, in integer frames: boundaries on the grid, transitions borrowed from the clips' unused
 * footage, and what had to give where there was none. Pure; seconds are converted here and nowhere later.
 *
 * A boundary stands at round(start_time × rate). A transition of length d covers it ± d/2; where one clip has no footage
 * left it moves towards the other, then it is shortened to no less than half, then the edge picture is held.
 */
import type { Blueprint, BlueprintMove, TransitionKind } from '../../../contract/documents/blueprint.ts';
import { type Rational, framesOf } from '../../../contract/units.ts';
import { filmRate } from './film-rate.ts';

/** Material missing by so many frames is held. */
export const HOLD_FRAMES = 2;

export interface PlacedClip {
  /** In the blueprint's list. */
  readonly move: number;
  /** Film frames [start, end). */
  readonly start: number;
  readonly end: number;
  /** The clip's frame shown at `start`, counted at the film's rate and the clip's speed. */
  readonly offset: number;
  /** Frames the clip has, counted the same way. */
  readonly footage: number;
  readonly into: Transition | null;
}

export interface Transition {
  readonly kind: Exclude<TransitionKind, 'cut'>;
  /** Both clips are seen, or the one and then the other fades, over film frames [boundary - before, boundary + after). */
  readonly before: number;
  readonly after: number;
  /** What was asked for, in all. */
  readonly asked: number;
  /** How far its middle lies after the boundary, in frames. */
  readonly moved: number;
  /** Frames for which an edge picture is held, the longer of both sides. */
  readonly held: number;
}

export interface Timeline {
  readonly rate: Rational;
  /** Of the whole film. */
  readonly frames: number;
  readonly clips: readonly PlacedClip[];
}

/** Frames of unused footage after and before a boundary, and the room its neighbours leave there. */
interface Sides {
  readonly footageBefore: number;
  readonly footageAfter: number;
  readonly roomBefore: number;
  readonly roomAfter: number;
}

export const isFade = (kind: TransitionKind): boolean => kind === 'fade_black' || kind === 'fade_white';

/** A mixture of both clips: needs footage of each beyond the boundary. */
function mixed(kind: Transition['kind'], asked: number, sides: Sides): Transition | null {
  const wanted = { before: Math.floor(asked / 2), after: asked - Math.floor(asked / 2) };
  // What is shown before the boundary borrows from the clip that comes, and the other way round.
  const most = { before: Math.min(sides.footageBefore, sides.roomBefore), after: Math.min(sides.footageAfter, sides.roomAfter) };
  let before = Math.min(wanted.before, most.before);
  let after = Math.min(wanted.after, most.after);
  after += Math.min(asked - before - after, most.after - after);
  before += Math.min(asked - before - after, most.before - before);
  const least = Math.ceil(asked / 2);
  if (before + after < least) {
    before = Math.max(before, Math.min(Math.floor(least / 2), sides.roomBefore));
    after = Math.max(after, Math.min(least - before, sides.roomAfter));
  }
  if (before + after < 2) return null;
  const held = Math.max(0, before - sides.footageBefore, after - sides.footageAfter);
  return { kind, before, after, asked, moved: Math.trunc((after - before - (wanted.after - wanted.before)) / 2), held };
}

function placed(kind: TransitionKind, lengths: { transition: number; fade: number }, sides: Sides): Transition | null {
  if (kind === 'cut') return null;
  if (!isFade(kind)) return lengths.transition < 2 ? null : mixed(kind, lengths.transition, sides);
  const before = Math.min(lengths.fade, sides.roomBefore);
  const after = Math.min(lengths.fade, sides.roomAfter);
  return before + after < 2 ? null : { kind, before, after, asked: 2 * lengths.fade, moved: 0, held: 0 };
}

const clipFrames = (seconds: number, move: BlueprintMove, rate: Rational): number => framesOf(seconds / move.speed, rate);

/**
 * @param footage  frames each move's clip has at the film's rate and the move's speed, in the order of the moves
 */
export function timelineOf(blueprint: Blueprint, footage: readonly number[]): Timeline {
  const { moves, output_config: output, total_duration: total } = blueprint;
  const rate = filmRate(output.frame_rate);
  const frames = Math.max(1, framesOf(total, rate));
  const starts = moves.map((move, i) => (i === 0 ? 0 : Math.min(frames, framesOf(move.start_time, rate))));
  // A move of less than half a frame is on no frame of the film.
  const shown = moves.flatMap((_, i) => ((starts[i + 1] ?? frames) > (starts[i] ?? 0) ? [i] : []));
  const bare = shown.map((i, at) => ({
    move: i,
    start: starts[i] ?? 0,
    end: starts[shown[at + 1] ?? moves.length] ?? frames,
    offset: clipFrames(moves[i]?.trim_start ?? 0, moves[i] as BlueprintMove, rate),
    footage: footage[i] ?? 0,
    kind: at === 0 ? ('cut' as const) : (moves[i]?.transition_type ?? 'cut'),
  }));
  const lengths = { transition: framesOf(output.transition_duration, rate), fade: framesOf(output.fade_duration, rate) };
  const clips = bare.map(({ kind, ...clip }, at): PlacedClip => {
    const previous = bare[at - 1];
    if (previous === undefined) return { ...clip, into: null };
    const [length, lengthBefore] = [clip.end - clip.start, previous.end - previous.start];
    const isFollowed = (bare[at + 1]?.kind ?? 'cut') !== 'cut';
    const into = placed(kind, lengths, {
      footageBefore: clip.offset,
      footageAfter: Math.max(0, previous.footage - previous.offset - lengthBefore),
      roomBefore: previous.kind === 'cut' ? lengthBefore : Math.ceil(lengthBefore / 2),
      roomAfter: isFollowed ? Math.floor(length / 2) : length,
    });
    return { ...clip, into };
  });
  return { rate, frames, clips };
}

export interface Shortfall {
  readonly move: number;
  /** Frames that are missing. */
  readonly frames: number;
}

/** Clips with less footage than they are shown, beyond what is held; `trim_end` is not for showing. */
export function shortfalls(timeline: Timeline, moves: readonly BlueprintMove[]): Shortfall[] {
  return timeline.clips.flatMap(({ move, start, end, offset, footage }) => {
    const { trim_end: trimEnd = 0 } = moves[move] ?? {};
    const usable = footage - clipFrames(trimEnd, moves[move] as BlueprintMove, timeline.rate);
    const frames = offset + (end - start) - usable;
    return frames > HOLD_FRAMES ? [{ move, frames }] : [];
  });
}
