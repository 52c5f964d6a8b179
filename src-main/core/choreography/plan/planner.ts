/** Song + moves → plan: borders, candidates, their best ways into every slot, the best row of all, its reasons. Pure. */
import type { ChoreographyParameters, Plan, PlanNote, PlanSegment } from '../../../contract/documents/choreography.ts';
import type { SongAnalysis } from '../../../contract/documents/song-analysis.ts';
import { AppError } from '../../../contract/errors.ts';
import { choreographyText as say } from '../../../contract/text/en/choreography.ts';
import { type Layer, bestPath } from './best-path.ts';
import type { Clip } from './clip.ts';
import { clipOfSegment } from './fixed.ts';
import { type Matches, randomMatches } from './matches.ts';
import { type Music, musicOf } from './music.ts';
import { WEIGHTS, energyPart, tempoFit, wantedEnergy } from './objective.ts';
import { type Chosen, alternativesAt, chosenRow, placeOf, scoreOf, segmentFacts, transitionsOf } from './row.ts';
import { type Slot, slotsOf, slotsOfSegments } from './slots.ts';
import { MARGIN_S, type Scene, type Variant, canFill, handleS, variantFor, variantsOf } from './variants.ts';
import { type Wishes, candidatesOf, labelsPart, wishesOf } from './wishes.ts';

export interface PlanInput {
  readonly song: { readonly id: string; readonly name: string };
  readonly analysis: SongAnalysis;
  /** The library, ids rising. */
  readonly clips: readonly Clip[];
  readonly parameters: ChoreographyParameters;
  readonly seed: number;
  /** Null when the search failed: moves are drawn at random. */
  readonly matches: Matches | null;
  /** Whose locked segments stay. */
  readonly previous: Plan | null;
  /** Of `previous`: only these are chosen again, all borders stay; null for everything that is not locked. */
  readonly replan: ReadonlySet<string> | null;
  /** Moves proposed for slots, in order, null where none is; made once the slots are known. */
  readonly propose?: (slots: readonly Slot[], clips: readonly Clip[]) => readonly (string | null)[];
  readonly nowMs: number;
}

/** Clips looked at closely for one slot; of larger libraries the best by labels, energy and search. */
const MOST_CLOSE = 64;

/**
 * Cost: about 5 ms a slot with 64 clips.
 * @yields between slots, so that a caller can let others work
 * @throws AppError 'choreography-impossible' where no move is left or all are too short
 */
export function* planned(input: PlanInput): Generator<void, Plan, void> {
  const music = musicOf(input.analysis);
  const wishes = wishesOf(input.parameters);
  const { clips, note: relaxed } = candidatesOf(input.clips, wishes);
  const { slots, isSplit } = cut(input, music, wishes, clips);
  const roles = { intro: clips.some(({ role }) => role === 'intro'), outro: clips.some(({ role }) => role === 'outro') };
  const { of: match } = input.matches ?? randomMatches(input.seed);
  const scene: Scene = { music, wishes, match, roles, seed: input.seed };
  const proposals = proposalsOf(input, slots, clips);
  const layers: Layer[] = [];
  for (const at of slots.keys()) {
    layers.push(layerAt(scene, input, { slots, at, clips, proposed: proposals[at] ?? null }));
    yield;
  }
  const { chosen, bound } = yield* bestPath(layers, wishes.parameters.repeat_window);
  const row = chosenRow(scene, slots, chosen);
  yield;
  const { transitions, cuts } = transitionsOf(scene, row);
  const kept = proposals.filter((proposed, at) => proposed !== null && row[at]?.variant.clip.id === proposed).length;
  const segments: PlanSegment[] = [];
  const ids = freeIds(slots);
  for (const [at, each] of row.entries()) {
    const alternatives = alternativesAt(scene, row, at, variantsForOthers(scene, { slots, at, clips, layers }));
    segments.push({ ...segmentFacts(scene, each), ...keptFacts(each, ids, input, proposals[at] ?? null), transition: transitions[at] ?? 'cut', alternatives });
    yield;
  }
  const score = scoreOf(scene, row, segments, input.seed === 0 ? bound : null);
  const notes = notesOf({ input, scene, row, relaxed, isSplit, cuts, repeats: score.repeats, kept, asked: proposals.filter((each) => each !== null).length });
  return {
    version: 1,
    song_id: input.song.id,
    song_name: input.song.name,
    duration_s: input.analysis.duration,
    tempo: input.analysis.tempo,
    parameters: input.parameters,
    seed: input.seed,
    segments,
    source: input.matches === null ? 'random' : kept > 0 ? 'gemini' : 'local',
    notes,
    score,
    candidates: clips.length,
    created_at: new Date(input.nowMs).toISOString(),
  };
}

function cut(input: PlanInput, music: Music, { parameters }: Wishes, clips: readonly Clip[]): { slots: Slot[]; isSplit: boolean } {
  const { previous, replan } = input;
  if (previous !== null && replan !== null) return { slots: slotsOfSegments(music, previous.segments, ({ id }) => !replan.has(id)), isSplit: false };
  const lengths = clips.map(({ durationS }) => durationS).sort((a, b) => b - a);
  const roomy = lengths[Math.min(lengths.length - 1, parameters.repeat_window + 1)] ?? 0;
  const longestS = roomy - MARGIN_S - 2 * handleS(parameters);
  if (longestS <= LEAST_SLOT_S) {
    const longest = (lengths[0] ?? 0) - MARGIN_S;
    if (longest <= LEAST_SLOT_S) throw new AppError('choreography-impossible', say.error.allShort.message, { hint: say.error.allShort.hint });
    return slotsOf(music, { counts: parameters.counts, longestS: longest, fixed: lockedOf(previous, music) });
  }
  return slotsOf(music, { counts: parameters.counts, longestS, fixed: lockedOf(previous, music) });
}

const LEAST_SLOT_S = 0.2;

/** Locked segments inside the song, in order; of two that overlap the earlier one. */
function lockedOf(previous: Plan | null, { analysis: { duration } }: Music): PlanSegment[] {
  const locked: PlanSegment[] = [];
  for (const segment of (previous?.segments ?? []).filter(({ is_locked: isLocked }) => isLocked).sort((a, b) => a.start_s - b.start_s)) {
    const end = Math.min(duration, segment.end_s);
    const fits = segment.start_s >= (locked.at(-1)?.end_s ?? 0) - 1e-6 && end - segment.start_s > 1e-3 && segment.end_s <= duration + 1e-3;
    if (fits) locked.push({ ...segment, end_s: end });
  }
  return locked;
}

interface At {
  readonly slots: readonly Slot[];
  readonly at: number;
  readonly clips: readonly Clip[];
}

function layerAt(scene: Scene, input: PlanInput, { slots, at, clips, proposed }: At & { proposed: string | null }): Layer {
  const slot = slots[at] as Slot;
  const weight = (slot.endS - slot.startS) / input.analysis.duration;
  const place = placeOf(at, slots.length);
  if (slot.fixed !== null) return { variants: [fixedVariant(scene, input.clips, slot, place)], weight, isFixed: true };
  const before = input.replan === null ? null : (input.previous?.segments[at]?.move_id ?? null);
  const close = closeClips(scene, slot, clips, place);
  const wanted = proposed === null ? close : clips.filter(({ id }) => id === proposed);
  const others = close.filter(({ id }) => id !== before);
  const variants = (wanted === close ? others : wanted).flatMap((clip) => variantsOf(scene, clip, slot, place));
  if (variants.length > 0) return { variants, weight, isFixed: false };
  // A move that was to be replaced stays where there is no other.
  const any = [...close, ...clips].flatMap((clip) => variantsOf(scene, clip, slot, place));
  const all = any.length > 0 ? any : input.clips.flatMap((clip) => (isUnwanted(clip, clips) ? [] : variantsOf(scene, clip, slot, place)));
  if (all.length === 0) throw new AppError('choreography-impossible', say.error.allShort.message, { hint: say.error.allShort.hint });
  return { variants: all, weight, isFixed: false };
}

const isUnwanted = (clip: Clip, clips: readonly Clip[]): boolean => !clips.includes(clip);

function fixedVariant(scene: Scene, clips: readonly Clip[], slot: Slot, place: ReturnType<typeof placeOf>): Variant {
  const segment = slot.fixed as PlanSegment;
  const clip = clips.find(({ id }) => id === segment.move_id) ?? clipOfSegment(segment);
  return variantFor(scene, clip, slot, { inS: segment.in_s, speed: segment.speed, place });
}

function closeClips(scene: Scene, slot: Slot, clips: readonly Clip[], place: ReturnType<typeof placeOf>): readonly Clip[] {
  const fitting = clips.filter((clip) => canFill(clip, slot));
  if (fitting.length <= MOST_CLOSE) return fitting;
  const wanted = wantedEnergy(slot, scene.wishes);
  const valued = fitting.map((clip) => ({
    clip,
    value:
      WEIGHTS.energy * energyPart(wanted, clip.energy) +
      WEIGHTS.match * scene.match(slot, clip) +
      WEIGHTS.labels * labelsPart(clip, scene.wishes, place, scene.roles) +
      (WEIGHTS.beats / 4) * (tempoFit(scene.music.analysis.tempo, clip.tempo, 1) ?? 0.5),
  }));
  valued.sort((a, b) => b.value - a.value || (a.clip.id < b.clip.id ? -1 : 1));
  return valued.slice(0, MOST_CLOSE).map(({ clip }) => clip);
}

/** The variants to draw alternatives from; a fixed or proposed slot has looked at one clip only. */
function variantsForOthers(scene: Scene, { slots, at, clips, layers }: At & { layers: readonly Layer[] }): readonly Variant[] {
  const layer = layers[at] as Layer;
  if (new Set(layer.variants.map(({ clip }) => clip.id)).size > 1) return layer.variants;
  const slot = { ...(slots[at] as Slot), fixed: null };
  return closeClips(scene, slot, clips, placeOf(at, slots.length)).flatMap((clip) => variantsOf(scene, clip, slot, placeOf(at, slots.length)));
}

function proposalsOf(input: PlanInput, slots: readonly Slot[], clips: readonly Clip[]): readonly (string | null)[] {
  const proposed = input.propose?.(slots, clips) ?? [];
  return slots.map((slot, at) => {
    const clip = clips.find(({ id }) => id === proposed[at]);
    return slot.fixed === null && clip !== undefined && canFill(clip, slot) ? clip.id : null;
  });
}

function freeIds(slots: readonly Slot[]): () => string {
  const taken = new Set(slots.flatMap(({ fixed }) => (fixed === null ? [] : [fixed.id])));
  let next = 0;
  return () => {
    do next += 1;
    while (taken.has(`s${next}`));
    return `s${next}`;
  };
}

function keptFacts({ slot, variant }: Chosen, freeId: () => string, { matches }: PlanInput, proposed: string | null): Pick<PlanSegment, 'id' | 'is_locked' | 'chosen_by'> {
  if (slot.fixed !== null) return { id: slot.fixed.id, is_locked: slot.fixed.is_locked, chosen_by: slot.fixed.chosen_by };
  return { id: freeId(), is_locked: false, chosen_by: proposed === variant.clip.id ? 'gemini' : matches === null ? 'random' : 'planner' };
}

/** A song this far from the tempo most clips were danced at. */
const POOR_FIT = 0.25;

interface Facts {
  readonly input: PlanInput;
  readonly scene: Scene;
  readonly row: readonly Chosen[];
  readonly relaxed: PlanNote | null;
  readonly isSplit: boolean;
  readonly cuts: number;
  readonly repeats: number;
  readonly kept: number;
  readonly asked: number;
}

function notesOf({ input, scene, row, relaxed, isSplit, cuts, repeats, kept, asked }: Facts): PlanNote[] {
  const notes: (PlanNote | null)[] = [
    relaxed,
    input.matches === null ? { kind: 'search-failed', text: say.note.searchFailed } : null,
    asked > 0 ? { kind: 'gemini', text: say.note.gemini(kept, asked) } : null,
    scene.music.hasBeats ? null : { kind: 'no-beat', text: say.note.noBeat },
    isSplit ? { kind: 'split', text: say.note.split } : null,
    repeats > 0 ? { kind: 'repeats', text: say.note.repeats(repeats, input.parameters.repeat_window) } : null,
    cuts > 0 ? { kind: 'transitions', text: say.note.transitions(cuts) } : null,
    tempoNote(scene, row),
  ];
  return notes.filter((note): note is PlanNote => note !== null);
}

function tempoNote({ music }: Scene, row: readonly Chosen[]): PlanNote | null {
  const { tempo } = music.analysis;
  const danced = row.flatMap(({ variant: { clip, speed } }) => (clip.tempo === null ? [] : [{ tempo: clip.tempo, fit: tempoFit(tempo, clip.tempo, speed) ?? 1 }]));
  if (tempo === null || danced.length < row.length / 2) return null;
  const fit = danced.reduce((sum, each) => sum + each.fit, 0) / danced.length;
  const middle = danced.map((each) => each.tempo).sort((a, b) => a - b)[danced.length >> 1] ?? tempo;
  return fit >= POOR_FIT ? null : { kind: 'tempo', text: say.note.tempo(tempo, middle) };
}
