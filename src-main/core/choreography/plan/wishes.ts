/** What a person asked for, held against a clip: labels, words, roles; and which clips are left to choose from. Pure. */
import type { ChoreographyParameters, PlanNote } from '../../../contract/documents/choreography.ts';
import { DIFFICULTIES } from '../../../contract/documents/move.ts';
import { AppError } from '../../../contract/errors.ts';
import { choreographyText as say } from '../../../contract/text/en/choreography.ts';
import { stemOf } from '../describe/words.ts';
import type { Clip } from './clip.ts';

export interface Wishes {
  readonly parameters: ChoreographyParameters;
  /** Prepared once: stems of the words wanted and not wanted. */
  readonly prefer: readonly string[];
  readonly avoid: readonly string[];
}

const stems = (word: string): string => word.split(/[\s_-]+/).map(stemOf).join(' ');

export function wishesOf(parameters: ChoreographyParameters): Wishes {
  return { parameters, prefer: parameters.prefer.map(stems), avoid: parameters.avoid.map(stems) };
}

/** "dip" is in "sidedip 3" and in "side dips"; "hip roll" is in "hiprolls". */
export function isAbout(clip: Clip, stem: string): boolean {
  return clip.words.includes(stem) || clip.words.replaceAll(' ', '').includes(stem.replaceAll(' ', ''));
}

const sameWord = (a: string | null, b: string | null): boolean => a !== null && b !== null && a.toLowerCase() === b.toLowerCase();

/** Steps that leave out one filter after another until there are enough, in the order in which they are missed least. */
const LADDER = [[], ['energy_level'], ['energy_level', 'style'], ['energy_level', 'style', 'folder'], ['energy_level', 'style', 'folder', 'difficulty']] as const;
type Filter = (typeof LADDER)[4][number];

function passes(clip: Clip, { parameters }: Wishes, dropped: readonly Filter[]): boolean {
  const holds: Readonly<Record<Filter, boolean>> = {
    energy_level: parameters.energy_level === null || clip.energyLevel === parameters.energy_level,
    style: parameters.style === null || sameWord(clip.style, parameters.style) || isAbout(clip, stems(parameters.style)),
    folder: parameters.folder_id === null || clip.folderId === parameters.folder_id,
    difficulty: parameters.difficulty === null || clip.difficulty === parameters.difficulty,
  };
  return LADDER[4].every((filter) => holds[filter] || dropped.includes(filter));
}

/** What a dance of a few minutes can be made of without the same at every turn. */
const ENOUGH = 8;
/** The difficulty is left out last, and only where there is next to nothing: nobody wants to be shown what they cannot dance. */
const FEW = 4;

/**
 * The clips to choose from: never one that was not wanted; of those, what fits every filter, with filters left out one by
 * one while there are too few.
 * @throws AppError 'choreography-impossible' where nothing is left
 */
export function candidatesOf(clips: readonly Clip[], wishes: Wishes): { clips: readonly Clip[]; note: PlanNote | null } {
  if (clips.length === 0) throw new AppError('choreography-impossible', say.error.noMoves.message, { hint: say.error.noMoves.hint });
  const wanted = clips.filter((clip) => !wishes.avoid.some((stem) => isAbout(clip, stem)));
  if (wanted.length === 0) {
    const { message, hint } = say.error.noneLeft(wishes.parameters.avoid.join(', '));
    throw new AppError('choreography-impossible', message, { hint });
  }
  for (const dropped of LADDER) {
    const left = wanted.filter((clip) => passes(clip, wishes, dropped));
    const isLastButDifficulty = dropped === LADDER[3];
    if (left.length >= Math.min(isLastButDifficulty ? FEW : ENOUGH, wanted.length)) return { clips: left, note: relaxedNote(wishes, dropped, left.length) };
  }
  return { clips: wanted, note: null };
}

function relaxedNote({ parameters }: Wishes, dropped: readonly Filter[], found: number): PlanNote | null {
  const asked = { energy_level: parameters.energy_level, style: parameters.style, folder: parameters.folder_id, difficulty: parameters.difficulty };
  const names = dropped.filter((filter) => asked[filter] !== null).map((filter) => say.note.dropped[filter]);
  return names.length === 0 ? null : { kind: 'relaxed', text: say.note.relaxed(names.join(', '), found) };
}

export interface Place {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** An intro where nothing begins, an outro where nothing ends. */
const WRONG_ROLE = 0.1;
/** A beginning without an intro, where the library has some. */
const MISSING_ROLE = 0.6;
const UNKNOWN = 0.5;

/** 0..1: difficulty, style, words and role as asked. */
export function labelsPart(clip: Clip, wishes: Wishes, place: Place, roles: { readonly intro: boolean; readonly outro: boolean }): number {
  return meetsWords(clip, wishes) * roleShare(clip, place, roles);
}

function meetsWords(clip: Clip, { parameters, prefer }: Wishes): number {
  const parts: number[] = [];
  if (parameters.difficulty !== null) parts.push(difficultyLikeness(clip.difficulty, parameters.difficulty));
  if (parameters.style !== null) parts.push(sameWord(clip.style, parameters.style) || isAbout(clip, stems(parameters.style)) ? 1 : clip.style === null ? UNKNOWN : 0);
  if (prefer.length > 0) parts.push(prefer.some((stem) => isAbout(clip, stem)) ? 1 : 0.3);
  return parts.length === 0 ? 1 : parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

function difficultyLikeness(has: string | null, wanted: string): number {
  if (has === null) return UNKNOWN;
  const steps = Math.abs(DIFFICULTIES.indexOf(has as never) - DIFFICULTIES.indexOf(wanted as never));
  return 1 - steps / 2;
}

function roleShare({ role }: Clip, { isFirst, isLast }: Place, roles: { readonly intro: boolean; readonly outro: boolean }): number {
  if (role === 'intro') return isFirst ? 1 : WRONG_ROLE;
  if (role === 'outro') return isLast ? 1 : WRONG_ROLE;
  return (isFirst && roles.intro) || (isLast && roles.outro) ? MISSING_ROLE : 1;
}
