/**
 * What words of a description mean, by area: levels, moods, tempo, transitions, counts and kinds of moves. Entries are
 * folded and without plural; the longest that fits is taken. English, with the words dancers use.
 */
import type { ChoreographyParameters } from '../../../contract/documents/choreography.ts';
import type { Difficulty, EnergyLevel } from '../../../contract/documents/move.ts';

export type Meaning =
  | { readonly kind: 'difficulty'; readonly value: Difficulty }
  | { readonly kind: 'energy'; readonly value: EnergyLevel }
  | { readonly kind: 'style'; readonly value: string }
  | { readonly kind: 'mood'; readonly value: string }
  | { readonly kind: 'tempo'; readonly value: 'slow' | 'medium' | 'fast' }
  | { readonly kind: 'transition'; readonly value: ChoreographyParameters['transition'] }
  | { readonly kind: 'counts'; readonly value: 4 | 8 | 16 }
  | { readonly kind: 'move'; readonly value: string }
  | { readonly kind: 'genre'; readonly value: string };

const DIFFICULTY: Readonly<Record<Difficulty, string>> = {
  beginner: 'beginner, beginner level, easy, simple, novice, starter, newbie, newcomer, first timer, low difficulty, easy level, not hard, not difficult, not complicated',
  intermediate: 'intermediate, intermediate level, improver, medium difficulty, medium level, moderate difficulty, mid level',
  advanced: 'advanced, advanced level, expert, pro, professional, hard, difficult, complex, complicated, challenging, virtuoso, high difficulty, hard level',
};
const ENERGY: Readonly<Record<EnergyLevel, string>> = {
  low: 'low energy, calm, gentle, soft, relaxed, relaxing, chill, chilled, quiet, mellow, laid back, easy going, peaceful, soothing',
  medium: 'medium energy, moderate energy, mid energy, balanced energy',
  high: 'high energy, energetic, powerful, explosive, intense, lively, wild, dynamic, full of energy, vigorous, fiery, party, hot',
};
const STYLES = 'romantic, sensual, playful, modern, traditional, classic, urban, elegant, dominicana, moderna, fusion, lyrical, contemporary, street, freestyle, acrobatic, minimal';
const MOODS = 'happy, joyful, cheerful, sad, melancholic, dreamy, passionate, dramatic, dark, tender, intimate, nostalgic, funny, fun, serious, mysterious, sweet, seductive, flirty, warm, cool, epic, uplifting';
const TEMPO = {
  slow: 'slow, slowly, slow tempo, low tempo, slow song, slow music',
  medium: 'medium tempo, mid tempo, moderate tempo, moderate speed, medium speed, midtempo',
  fast: 'fast, quick, quickly, rapid, upbeat, up tempo, uptempo, fast tempo, high tempo, fast paced, speedy',
} as const;
const TRANSITIONS: Readonly<Record<'cut' | 'crossfade' | 'fade_black' | 'fade_white' | 'dissolve', string>> = {
  cut: 'hard cut, straight cut, clean cut, cut, sharp transition, abrupt transition',
  crossfade: 'smooth, smoothly, smooth transition, smooth cut, crossfade, cross fade, soft transition, soft cut, flowing, flow, fluid, blend, gentle transition, seamless, seamlessly',
  fade_black: 'fade to black, black fade, fade through black, fade out and in',
  fade_white: 'fade to white, white fade, flash transition',
  dissolve: 'dissolve, dissolving',
};
const COUNTS = {
  4: 'four count, 4 count, quick cut, fast cut, short cut, rapid cut, fast cutting, quick cutting',
  8: 'eight count, 8 count',
  16: 'sixteen count, 16 count, long take, long shot, slow cut, slow cutting',
} as const;
/** Kinds of moves: what they are called here, then how else. */
const MOVES: readonly (readonly [string, string])[] = [
  ['dip', 'dip, dipping, side dip, sidedip'],
  ['spin', 'spin, spinning, pirouette'],
  ['turn', 'turn, turning, vuelta, lady turn, ladyturn'],
  ['body wave', 'body wave, bodywave, wave, body roll, bodyroll'],
  ['hip roll', 'hip roll, hiproll, hip'],
  ['head roll', 'head roll, headroll'],
  ['shadow', 'shadow, shadow position'],
  ['hammerlock', 'hammerlock, hammer lock'],
  ['cross body lead', 'cross body lead, cross body, cbl'],
  ['footwork', 'footwork, foot work, footstep, step work'],
  ['basic', 'basic step, basic, basics, basico'],
  ['golpes', 'golpe'],
  ['bolero', 'bolero'],
  ['caricia', 'caricia, caress'],
  ['cambre', 'cambre, back bend, backbend'],
  ['arm styling', 'arm styling, arm, hand styling'],
  ['lift', 'lift, lifting'],
  ['jump', 'jump, jumping, leap'],
  ['kick', 'kick, kicking'],
  ['slide', 'slide, sliding, glide'],
  ['drop', 'drop'],
  ['shine', 'shine'],
  ['isolation', 'isolation'],
  ['floor work', 'floor work, floorwork'],
];
const GENRES = 'bachata, salsa, merengue, kizomba, zouk, tango, reggaeton, hip hop, hiphop, pop, rock, house, techno, disco, funk, jazz, swing, cha cha, rumba, samba, waltz, ballad, rnb, r and b, latin, afrobeat, drum and bass, dubstep';

export const listOf = (entries: string): string[] => entries.split(', ');

function lexicon(): Map<string, Meaning> {
  const meanings = new Map<string, Meaning>();
  const add = (entries: string, meaning: Meaning): void => listOf(entries).forEach((entry) => meanings.set(entry, meaning));
  for (const style of listOf(STYLES)) add(style, { kind: 'style', value: style });
  for (const mood of listOf(MOODS)) add(mood, { kind: 'mood', value: mood });
  for (const genre of listOf(GENRES)) add(genre, { kind: 'genre', value: genre });
  for (const [value, entries] of Object.entries(DIFFICULTY)) add(entries, { kind: 'difficulty', value: value as Difficulty });
  for (const [value, entries] of Object.entries(ENERGY)) add(entries, { kind: 'energy', value: value as EnergyLevel });
  for (const [value, entries] of Object.entries(TEMPO)) add(entries, { kind: 'tempo', value: value as keyof typeof TEMPO });
  for (const [value, entries] of Object.entries(TRANSITIONS)) add(entries, { kind: 'transition', value: value as keyof typeof TRANSITIONS });
  for (const [value, entries] of Object.entries(COUNTS)) add(entries, { kind: 'counts', value: Number(value) as 4 | 8 | 16 });
  for (const [value, entries] of MOVES) add(entries, { kind: 'move', value });
  return meanings;
}

export const LEXICON: ReadonlyMap<string, Meaning> = lexicon();
export const LONGEST_ENTRY = Math.max(...[...LEXICON.keys()].map((entry) => entry.split(' ').length));

const set = (entries: string): ReadonlySet<string> => new Set(listOf(entries));
/** "don’t" comes folded: "dont". */
export const NEGATIONS = set('no, not, without, never, avoid, except, dont, doesnt, shouldnt, neither, nor, exclude, excluding, skip, minus, zero, isnt, cannot, wont, nothing');
/** Between a negation and what it denies. */
export const FILLERS = set('any, too, very, the, a, an, of, use, using, much, many, more, so, overly, really, kind, type, have, want, do, like, include, single, some, be, with, show, me, or, and, it, i, please');
/** Turn from what is not wanted to what is. */
export const TURNS = set('but, lot, plenty, only, instead, just, mostly, mainly, then, rather, also');
/** Say nothing by themselves. */
export const SILENT = set(
  'a, an, the, for, with, of, to, and, or, in, on, at, my, me, u, we, i, it, is, be, are, that, thi, this, make, create, give, want, need, would, like, please, choreography, choreo, dance, dancing, routine, video, song, music, track, move, transition, step, some, very, really, quite, level, energy, tempo, speed, style, feel, feeling, mood, vibe, look, can, you, should, have, has, lot, many, much, more, most, few, from, by, using, use, couple, dancer, people, person, full, whole, long, short, bit, little, so, too, just, only, but, also, then, every, each, set, something, one, part, show, put, add, include, let, all, not, no',
);
/** After a negation these name no move: "no problem". */
export const NO_THING = set('wait, longer, one, thanks, sense, time, people, music, song, problem, idea, matter, worry, preference, limit, rush, doubt, way, need, reason, hurry, thank');
