/** From a blueprint and its files to what must be made: profile, copies, timeline. Pure but for the encoder's probe. */
import type { AssemblePayload, MadeTransition } from '../../../contract/documents/assembly.ts';
import type { Blueprint, BlueprintMove } from '../../../contract/documents/blueprint.ts';
import { AppError } from '../../../contract/errors.ts';
import { assemblyText } from '../../../contract/text/en/assembly.ts';
import { framesOf, secondsOfFrames } from '../../../contract/units.ts';
import { type EncodeProfile, profileOf } from '../graphs/profile.ts';
import type { AssemblyTools } from '../ports.ts';
import { type Timeline, shortfalls, timelineOf } from '../timeline/timeline.ts';
import type { FoundMedia, FoundVideo } from './clips.ts';
import { type ClipCopy, type CopyOrder, copyOrder, statedFootage } from './copies.ts';

export interface RoughPlan {
  readonly profile: EncodeProfile;
  /** One per placed clip. */
  readonly orders: readonly CopyOrder[];
  readonly notes: readonly string[];
}

/** A clip whose stated length is off by more deserves a word. */
const ORIGINAL_TOLERANCE_S = 0.25;

async function chosenProfile(tools: AssemblyTools, blueprint: Blueprint, media: FoundMedia, signal: AbortSignal): Promise<{ profile: EncodeProfile; notes: string[] }> {
  const { output_config: output, moves } = blueprint;
  const shown = media.clips.map(({ video }, i) => ({ video, shownS: moves[i]?.duration ?? 0 }));
  const why = output.video_codec === 'libx264' ? null : await tools.encoderFault(output.video_codec, signal);
  if (why === null) return { profile: profileOf(output, shown), notes: [] };
  return { profile: profileOf(output, shown, 'libx264'), notes: [assemblyText.note.codec(output.video_codec, why)] };
}

/** @throws AppError 'clip-too-short' naming every clip that is. */
function requireFootage(timeline: Timeline, blueprint: Blueprint, clips: readonly FoundVideo[]): void {
  const short = shortfalls(timeline, blueprint.moves);
  if (short.length === 0) return;
  const words = short.map(({ move, frames }) => {
    const { clip_id: id, duration, speed } = blueprint.moves[move] as BlueprintMove;
    const needed = duration * speed;
    return { pointer: `/moves/${move}/duration`, ...assemblyText.tooShort(id, clips[move]?.name ?? '', needed, Math.max(0, needed - secondsOfFrames(frames, timeline.rate) * speed)) };
  });
  const more = words.length > 3 ? ` And ${words.length - 3} more.` : '';
  throw new AppError('clip-too-short', `${words.slice(0, 3).map(({ message }) => `${message}.`).join(' ')}${more}`, { hint: words[0]?.hint ?? '', details: { faults: words } });
}

export async function roughPlan(tools: AssemblyTools, { blueprint }: Pick<AssemblePayload, 'blueprint'>, media: FoundMedia, signal: AbortSignal): Promise<RoughPlan> {
  const { profile, notes } = await chosenProfile(tools, blueprint, media, signal);
  const { moves, output_config: output } = blueprint;
  const timeline = timelineOf(blueprint, moves.map((move, i) => statedFootage(media.clips[i] as FoundVideo, move, profile)));
  requireFootage(timeline, blueprint, media.clips);
  const handles = framesOf(output.transition_duration, profile.rate) + 2;
  const orders = timeline.clips.map((place) => copyOrder(media.clips[place.move] as FoundVideo, moves[place.move] as BlueprintMove, place, profile, handles));
  const others = moves.flatMap(({ clip_id: id, original_duration: planned }, i) => {
    const real = media.clips[i]?.probe.duration_s ?? 0;
    return planned !== null && Math.abs(planned - real) > ORIGINAL_TOLERANCE_S ? [{ id, planned, real }] : [];
  });
  const lengths = others[0] === undefined ? [] : [assemblyText.note.original(others[0].id, others[0].planned, others[0].real, others.length - 1)];
  const songS = media.song?.probe.duration_s ?? Number.POSITIVE_INFINITY;
  const song = songS < blueprint.total_duration - 0.1 ? [assemblyText.note.songShort(songS, blueprint.total_duration)] : [];
  return { profile, orders, notes: [...notes, ...lengths, ...song] };
}

/** The film's timeline over the copies as they are. @param copies  one per placed clip of the rough plan */
export function finalTimeline(blueprint: Blueprint, media: FoundMedia, copies: readonly ClipCopy[], rough: RoughPlan): Timeline {
  const stated = blueprint.moves.map((move, i) => statedFootage(media.clips[i] as FoundVideo, move, rough.profile));
  const places = timelineOf(blueprint, stated).clips;
  const footage = [...stated];
  for (const [index, { move }] of places.entries()) footage[move] = (copies[index]?.first ?? 0) + (copies[index]?.frames ?? 0);
  const timeline = timelineOf(blueprint, footage);
  requireFootage(timeline, blueprint, media.clips);
  return timeline;
}

export function madeTransitions(timeline: Timeline, moves: readonly BlueprintMove[]): MadeTransition[] {
  return timeline.clips.flatMap(({ move, start, into }) =>
    into === null
      ? []
      : [{ clip_id: moves[move]?.clip_id ?? '', kind: into.kind, cut_frame: start, first_frame: start - into.before, frames: into.before + into.after, asked_frames: into.asked, moved_frames: into.moved, held_frames: into.held }],
  );
}

/** What the film had to give up, in sentences. */
export function timelineNotes(timeline: Timeline, moves: readonly BlueprintMove[]): string[] {
  const { note } = assemblyText;
  return timeline.clips.flatMap(({ move, start, end, offset, footage, into }) => {
    const id = moves[move]?.clip_id ?? '';
    const late = offset + (end - start) - footage;
    const length = into === null ? 0 : into.before + into.after;
    return [
      ...(into !== null && into.moved !== 0 ? [note.moved(id, into.moved)] : []),
      ...(into !== null && length < into.asked ? [note.shortened(id, into.asked, length)] : []),
      ...(into !== null && into.held > 0 ? [note.held(id, into.held)] : []),
      ...(late > 0 ? [note.late(id, late)] : []),
    ];
  });
}
