/** What is done to a plan: made, made again in parts, edited by hand. Each is one command of the project's journal. */
import { create } from 'zustand';

import type { Alternative, ChoreographyParameters, Plan, PlanSegment, PlanTransition } from '../../../src-main/contract/documents/choreography.ts';
import type { Move } from '../../../src-main/contract/documents/move.ts';
import type { ChoreographyDocument, Patch } from '../../../src-main/contract/documents/project.ts';
import type { Planned } from '../../../src-main/contract/operations/choreography.ts';
import { AppError, toAppError } from '../../../src-main/contract/errors.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { atSpeed, divided, entered, exchanged, planCommand, removed, replaced, withLock, within, withTransition } from '../../model/plan-edit.ts';
import type { Content } from '../../model/plan-edit.ts';
import { nearestOf } from '../../model/beat-lookup.ts';
import { announce } from '../../stores/announcements.ts';
import { whenOver } from '../../stores/jobs-store.ts';
import { useMoves } from '../../stores/move-store.ts';
import { say as toast, sayError } from '../../stores/toast-store.ts';
import { songPlayer } from '../song/song-player.ts';
import { useSongDocument } from '../song/song-document.ts';
import { documentNow, edit, planNow, selectedIndex, useDance } from './dance-store.ts';

const say = en.dance;

interface PlanningState {
  readonly stage: 'idle' | 'listening' | 'planning';
  /** The analysis of the song that is waited for. */
  readonly jobId: string | null;
  readonly error: AppError | null;
  /** What the last plan was answered with. */
  readonly last: Pick<Planned, 'is_cached' | 'duration_ms' | 'song_choice'> | null;
  readonly usesGemini: boolean;
}

export const usePlanning = create<PlanningState>()(() => ({ stage: 'idle', jobId: null, error: null, last: null, usesGemini: false }));

const beats = (): readonly number[] => useSongDocument.getState().song?.analysis?.beats ?? [];

/** Another number for another plan; the same row of them each time. */
const nextSeed = (seed: number): number => (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;

/** Sees to it that the song has been listened to. @throws AppError when that fails */
async function listened(songId: string): Promise<void> {
  const song = await call('getSong', { params: { id: songId } });
  if (song.analysis !== null && song.state !== 'making') return;
  const { job_id: started } = await call('analyzeSong', { params: { id: songId }, body: { again: false } });
  const jobId = started ?? song.job_id;
  if (jobId === null) return;
  usePlanning.setState({ stage: 'listening', jobId });
  const job = await whenOver(jobId);
  if (job.error) throw AppError.fromBody(job.error);
}

type PlanAsk = Partial<{ readonly previous: Plan; readonly replan: string[] }>;

async function asked(document: ChoreographyDocument, seed: number, ask: PlanAsk): Promise<Planned> {
  const { media_id: songId, parameters, text } = document;
  if (songId !== null) await listened(songId);
  usePlanning.setState({ stage: 'planning', jobId: null });
  const words = text.trim() === '' ? null : text;
  return call('planChoreography', { body: { song_id: songId, text: words, parameters, seed, use_gemini: usePlanning.getState().usesGemini && !ask.replan, ...ask } });
}

/** Asks for a plan and puts it into the project as one step. */
async function plan(label: string, ask: PlanAsk, seed: number): Promise<void> {
  const document = documentNow();
  if (!document || usePlanning.getState().stage !== 'idle') return;
  usePlanning.setState({ stage: 'planning', error: null });
  try {
    const { plan: made, is_cached, duration_ms, song_choice } = await asked(document, seed, ask);
    const patches: Patch[] = [{ op: 'replace', path: '/plan', value: made }];
    if (seed !== document.seed && !ask.replan) patches.push({ op: 'replace', path: '/seed', value: seed });
    if (document.media_id === null) patches.push({ op: 'replace', path: '/media_id', value: made.song_id });
    edit({ label, patches });
    usePlanning.setState({ last: { is_cached, duration_ms, song_choice } });
    announce(say.plan.facts(made.segments.length, made.score.different_moves, made.candidates));
  } catch (error) {
    usePlanning.setState({ error: toAppError(error) });
  } finally {
    usePlanning.setState({ stage: 'idle', jobId: null });
  }
}

const run = (work: Promise<void>): void => void work.catch((error: unknown) => sayError(error));

/** Plans the whole song; locked clips of a plan that is there stay. */
export function makePlan(): void {
  const document = documentNow();
  if (!document) return;
  const locked = document.plan?.segments.some((segment) => segment.is_locked);
  run(plan(say.edit.plan, locked && document.plan ? { previous: document.plan } : {}, document.seed));
}

export function rerollAll(): void {
  const document = documentNow();
  if (document?.plan) run(plan(say.edit.rerollAll, { previous: document.plan }, nextSeed(document.seed)));
}

function reroll(label: string, segments: readonly PlanSegment[]): void {
  const current = planNow();
  const ids = segments.filter((segment) => !segment.is_locked).map(({ id }) => id);
  if (current && ids.length > 0) run(plan(label, { previous: current, replan: ids }, nextSeed(current.seed)));
}

export function rerollSelected(): void {
  const segment = planNow()?.segments[selectedIndex()];
  if (segment) reroll(say.edit.reroll(segment.name), [segment]);
}

/** Everything in the section of the selected clip, or of the playhead. */
export function rerollSection(): void {
  const current = planNow();
  const sections = useSongDocument.getState().song?.analysis?.sections ?? [];
  const chosen = current?.segments[selectedIndex()];
  const atS = chosen ? (chosen.start_s + chosen.end_s) / 2 : songPlayer.positionS;
  const section = sections.find(({ start, end }) => atS >= start && atS < end);
  if (!current || !section) return;
  reroll(say.edit.rerollSection, within(current.segments, section.start, section.end).flatMap((i) => current.segments[i] ?? []));
}

export function toggleLock(index = selectedIndex()): void {
  const current = planNow();
  const segment = current?.segments[index];
  if (!current || !segment) return;
  const label = segment.is_locked ? say.edit.unlock(segment.name) : say.edit.lock(segment.name);
  edit(planCommand(label, current, withLock(current.segments, [index], !segment.is_locked)));
  announce(label);
}

export function unlockAll(): void {
  const current = planNow();
  if (current) edit(planCommand(say.edit.unlockAll, current, withLock(current.segments, [...current.segments.keys()], false)));
}

export function contentOfMove(move: Move, speed = 1): Content {
  const name = move.labels.name?.value ?? move.path.split('/').at(-1) ?? move.path;
  return { move_id: move.id, name, category: move.labels.category?.value ?? null, path: move.path, clip_s: move.duration, in_s: 0, speed };
}

function show(index: number, content: Content): void {
  const current = planNow();
  const before = current?.segments[index];
  if (!current || !before) return;
  const after = replaced(current.segments, index, content);
  if (!after) {
    toast(say.clip.tooShort(content.name));
    return;
  }
  edit(planCommand(say.edit.swap(before.name, content.name), current, after));
  announce(say.said.swapped(content.name));
}

/** Shows an alternative in a clip's place. */
export function takeAlternative(index: number, { move_id: moveId, in_s, speed, name }: Alternative): void {
  const move = useMoves.getState().moves.get(moveId);
  if (move) show(index, { ...contentOfMove(move, speed), name, in_s });
}

/** Shows a move of the library in a clip's place, entered at its beginning. */
export function placeMove(index: number, moveId: string): void {
  const move = useMoves.getState().moves.get(moveId);
  if (move) show(index, contentOfMove(move));
}

export function exchange(a: number, b: number): void {
  const current = planNow();
  const [one, other] = [current?.segments[a], current?.segments[b]];
  if (!current || !one || !other || a === b) return;
  const after = exchanged(current.segments, a, b);
  if (after) edit(planCommand(say.edit.exchange(one.name, other.name), current, after));
  else toast(say.clip.tooShort(one.clip_s < other.clip_s ? one.name : other.name));
}

export function removeSelected(): void {
  const current = planNow();
  const index = selectedIndex();
  const segment = current?.segments[index];
  if (!current || !segment) return;
  const after = removed(current.segments, index, beats());
  if (!after) {
    toast(say.clip.noRoom);
    return;
  }
  edit(planCommand(say.edit.remove(segment.name), current, after));
  useDance.setState({ selectedId: after[Math.min(index, after.length - 1)]?.id ?? null });
}

/** How near a beat the playhead must be to split on it, seconds. */
const BEAT_REACH_S = 0.25;

export function splitHere(): void {
  const current = planNow();
  if (!current) return;
  const atS = songPlayer.positionS;
  const beat = nearestOf(beats(), atS);
  const onS = beat !== null && Math.abs(beat - atS) < BEAT_REACH_S ? beat : atS;
  const after = divided(current.segments, onS, crypto.randomUUID(), beats());
  const name = current.segments.find(({ start_s, end_s }) => onS >= start_s && onS < end_s)?.name ?? '';
  edit(planCommand(say.edit.split(name), current, after));
}

export function setTransition(index: number, transition: PlanTransition): void {
  const current = planNow();
  if (current) edit(planCommand(say.edit.transition, current, withTransition(current.segments, index, transition)));
}

export function setIn(index: number, inS: number): void {
  const current = planNow();
  if (current) edit(planCommand(say.edit.slip, current, entered(current.segments, index, inS), `slip:${index}`));
}

export function setSpeed(index: number, speed: number): void {
  const current = planNow();
  if (current) edit(planCommand(say.edit.speed, current, atSpeed(current.segments, index, speed), `speed:${index}`));
}

export function setParameter<Field extends keyof ChoreographyParameters>(field: Field, value: ChoreographyParameters[Field]): void {
  const patches: Patch[] = [{ op: 'replace', path: `/parameters/${field}`, value }];
  // How long transitions take is seen at once; the rest is for the next plan.
  if (field === 'transition_s' && planNow()) patches.push({ op: 'replace', path: '/plan/parameters/transition_s', value });
  edit({ label: say.edit.settings, patches, merge_key: `parameter:${field}` });
}

export function setSeed(seed: number): void {
  edit({ label: say.edit.settings, patches: [{ op: 'replace', path: '/seed', value: seed }], merge_key: 'seed' });
}
