/** Plans over libraries and songs whose best answer is known by construction, and over any others. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type MoveSpec, moveOf, pulses, songOf } from '../../../../tests/fixtures/dance-library.ts';
import { type ChoreographyParameters, DEFAULT_CHOREOGRAPHY_PARAMETERS, type Plan, PlanSchema } from '../../../contract/documents/choreography.ts';
import type { SongAnalysis } from '../../../contract/documents/song-analysis.ts';
import { beatAlignment } from './alignment.ts';
import { faultsOf } from './check.ts';
import { clipsOf } from './clip.ts';
import { matchesOf } from './matches.ts';
import { type PlanInput, planned } from './planner.ts';

interface Given {
  readonly moves: readonly MoveSpec[];
  readonly song?: SongAnalysis;
  readonly parameters?: Partial<ChoreographyParameters>;
  readonly input?: Partial<PlanInput>;
}

function plan({ moves, song = songOf(), parameters = {}, input = {} }: Given): Plan {
  const steps = planned({
    song: { id: 'song', name: 'Song' },
    analysis: song,
    clips: clipsOf(moves.map(moveOf)),
    parameters: { ...DEFAULT_CHOREOGRAPHY_PARAMETERS, ...parameters },
    seed: 0,
    matches: matchesOf([]),
    previous: null,
    replan: null,
    nowMs: 0,
    ...input,
  });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Moves that differ in nothing but their names. */
const plain = (count: number, spec: Partial<MoveSpec> = {}): MoveSpec[] => Array.from({ length: count }, (_, at) => ({ id: `m${String(at).padStart(2, '0')}`, durationS: 10, ...spec }));
const borders = ({ segments }: Plan): number[] => segments.map(({ start_s: start }) => start);
const ids = ({ segments }: Plan): string[] => segments.map(({ move_id: id }) => id);

describe('borders', () => {
  test('stand every eight beats from the first downbeat to the end of the song', () => {
    const { segments, score, duration_s } = plan({ moves: plain(12), song: songOf({ tempo: 120, durationS: 40 }) });
    expect(segments.map(({ start_s, counts }) => [start_s, counts])).toEqual([0, 4, 8, 12, 16, 20, 24, 28, 32, 36].map((start) => [start, 8]));
    expect([segments.at(-1)?.end_s, duration_s, score.cuts_on_beat]).toEqual([40, 40, 1]);
  });

  test('a section begins with a new segment, whatever is left before it', () => {
    const sections = [{ start: 0, end: 14, label: 'verse', energy: 0.5 }, { start: 14, end: 30, label: 'chorus', energy: 0.5 }] as const;
    expect(borders(plan({ moves: plain(12), song: songOf({ durationS: 30, sections }) }))).toEqual([0, 4, 8, 12, 14, 18, 22, 26]);
  });

  test('the liveliest chorus is cut in fours, a quiet intro in sixteens', () => {
    const sections = [{ start: 0, end: 16, label: 'intro', energy: 0 }, { start: 16, end: 32, label: 'chorus', energy: 1 }] as const;
    const energy = Array.from({ length: 32 }, (_, second) => (second < 16 ? 0 : 1));
    const { segments } = plan({ moves: plain(14), song: songOf({ durationS: 32, sections, energy }) });
    expect(segments.map(({ counts }) => counts)).toEqual([16, 16, 4, 4, 4, 4, 4, 4, 4, 4]);
  });

  test('counts that were asked for hold everywhere', () => {
    expect(plan({ moves: plain(16), parameters: { counts: 4 } }).segments.every(({ counts }) => counts === 4)).toBe(true);
  });

  test('a pickup joins the first segment, a long silence before the first beat is a segment of its own', () => {
    expect(borders(plan({ moves: plain(12), song: songOf({ durationS: 20, firstBeatS: 0.7 }) })).slice(0, 2)).toEqual([0, 4.7]);
    expect(borders(plan({ moves: plain(12), song: songOf({ durationS: 20, firstBeatS: 3 }) })).slice(0, 2)).toEqual([0, 3]);
  });

  test('what sounds on after the last beat is shown, not cut off', () => {
    const { segments } = plan({ moves: plain(12), song: songOf({ durationS: 30, tailS: 6 }) });
    expect([segments.at(-1)?.start_s, segments.at(-1)?.end_s]).toEqual([24, 30]);
  });

  test('a waltz is cut on bars of three', () => {
    const song = songOf({ tempo: 90, durationS: 40, beatsPerBar: 3 });
    const downs = new Set(song.downbeats);
    expect(borders(plan({ moves: plain(12), song })).every((start) => downs.has(start))).toBe(true);
  });

  test('music without beats is cut evenly, and that is said', () => {
    const { segments, notes, score } = plan({ moves: plain(12), song: songOf({ tempo: null, durationS: 30 }) });
    expect(new Set(segments.map(({ end_s: end, start_s: start }) => Math.round((end - start) * 1000)))).toEqual(new Set([3750]));
    expect([notes.map(({ kind }) => kind), score.beat_alignment]).toEqual([['no-beat'], 0]);
  });

  test('clips shorter than eight counts are cut more often, on beats, and that is said', () => {
    const { segments, notes } = plan({ moves: plain(12, { durationS: 3 }), song: songOf({ durationS: 20 }) });
    expect(segments.every(({ counts }) => counts === 4)).toBe(true);
    expect(notes.map(({ kind }) => kind)).toContain('split');
  });
});

describe('choices', () => {
  test('of moves that land between the beats and one that lands on them, the one is shown, wherever it may be', () => {
    const moves: MoveSpec[] = [...plain(5, { lands: pulses(0.5, { first: 0.25 }) }), { id: 'on', lands: pulses(0.5) }];
    const { segments } = plan({ moves, song: songOf({ durationS: 4 }), parameters: { repeat_window: 0 } });
    expect(segments).toMatchObject([{ move_id: 'on', speed: 1, reason: expect.stringContaining('lands on 8 of 8 beats') }]);
  });

  test.each([0.92, 0.97, 1, 1.04, 1.1])('a clip danced %s times as fast as the song is played at the speed that meets it', (factor) => {
    const { segments, score } = plan({ moves: plain(1, { durationS: 12, lands: pulses(0.5 * factor, { end: 12 }) }), song: songOf({ durationS: 4 }), parameters: { repeat_window: 0 } });
    expect(Math.abs((segments[0]?.speed ?? 0) - factor)).toBeLessThanOrEqual(0.011);
    expect(score.beat_alignment).toBeGreaterThan(0.95);
  });

  test('a landing off the half-second grid is put on the first beat by where the clip is entered', () => {
    const { segments } = plan({ moves: plain(1, { lands: pulses(0.5, { first: 0.23 }) }), song: songOf({ durationS: 4 }), parameters: { repeat_window: 0 } });
    expect(((segments[0]?.in_s ?? 0) - 0.23) % 0.5).toBeCloseTo(0, 2);
  });

  test('lively moves stand in lively parts', () => {
    const moves: MoveSpec[] = (['low', 'high'] as const).flatMap((energy) => plain(10).map(({ id }) => ({ id: `${energy}-${id}`, energy })));
    const energy = Array.from({ length: 40 }, (_, second) => (second < 20 ? 0.1 : 0.9));
    expect(ids(plan({ moves, song: songOf({ durationS: 40, energy }) })).map((id) => id.split('-')[0])).toEqual([...Array(5).fill('low'), ...Array(5).fill('high')]);
  });

  test('the row is the best of all rows that show no move twice, by trying them all', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ energy: fc.constantFrom('low' as const, 'medium' as const, 'high' as const), at: fc.double({ min: 0, max: 0.5, noNaN: true }), height: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: 4, maxLength: 5 }), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 12, maxLength: 12 }), (facts, energy) => {
        const moves = facts.map(({ energy: level, at, height }, number): MoveSpec => ({ id: `m${number}`, durationS: 4.05, energy: level, lands: pulses(0.5, { first: at, end: 4 }), height: () => height }));
        const song = songOf({ durationS: 12, energy });
        const best = Math.max(...rowsOf(moves.map(({ id }) => id), 3).map((row) => forced(moves, song, row)));
        expect(plan({ moves, song }).score.total).toBeCloseTo(best, 6);
      }),
      { numRuns: 15 },
    );
  });

  test('no move comes again within the window while there are enough', () => {
    const { segments, score } = plan({ moves: plain(12), song: songOf({ durationS: 120 }) });
    const seen = ids({ segments } as Plan);
    expect(seen.every((id, at) => !seen.slice(Math.max(0, at - 8), at).includes(id))).toBe(true);
    expect(score.repeats).toBe(0);
  });

  test('a library too small for the window repeats as late as it can, and it is counted and said', () => {
    const { score, notes, segments } = plan({ moves: plain(3), song: songOf({ durationS: 32 }) });
    expect(score.repeats).toBe(segments.length - 3);
    expect(notes).toContainEqual({ kind: 'repeats', text: expect.stringContaining(`${score.repeats} segments`) });
  });

  test('an intro begins, an outro ends, and neither stands in between', () => {
    const moves: MoveSpec[] = [...plain(12), { id: 'x-intro', category: 'intros' }, { id: 'y-outro', name: 'Grand outro' }];
    const seen = ids(plan({ moves, song: songOf({ durationS: 60 }) }));
    expect([seen[0], seen.at(-1), seen.slice(1, -1).filter((id) => /tro$/.test(id))]).toEqual(['x-intro', 'y-outro', []]);
  });

  test('what is not wanted is not shown, even where nothing else fits as well', () => {
    const moves: MoveSpec[] = [...plain(10, { lands: pulses(0.5, { first: 0.25 }) }), { id: 'z', name: 'Sidedip 3', lands: pulses(0.5) }];
    expect(ids(plan({ moves, parameters: { avoid: ['dip'] } }))).not.toContain('z');
    expect(() => plan({ moves: moves.slice(-1), parameters: { avoid: ['dip'] } })).toThrow(expect.objectContaining({ code: 'choreography-impossible', message: expect.stringContaining('dip') }));
  });

  test('filters that leave too few are left out in their order, and it is said which', () => {
    const moves = [...plain(3, { difficulty: 'beginner', style: 'romantic', energy: 'low' }), ...plain(14).map(({ id }): MoveSpec => ({ id: `o${id}`, difficulty: 'beginner', style: 'modern', energy: 'high' }))];
    const { notes, candidates } = plan({ moves, parameters: { difficulty: 'beginner', style: 'romantic', energy_level: 'low' } });
    expect(notes[0]).toEqual({ kind: 'relaxed', text: expect.stringMatching(/energy, style .*17 moves/) });
    expect(candidates).toBe(17);
  });

  test('without moves, or with clips shorter than a beat, it says so', () => {
    expect(() => plan({ moves: [] })).toThrow(expect.objectContaining({ code: 'choreography-impossible' }));
    expect(() => plan({ moves: plain(5, { durationS: 0.2 }) })).toThrow(expect.objectContaining({ code: 'choreography-impossible' }));
  });

  test('a search that failed draws moves by the seed, still on the beat, and says so', () => {
    const draw = (seed: number): Plan => plan({ moves: plain(30), input: { matches: null, seed } });
    expect(draw(1)).toMatchObject({ source: 'random', score: { cuts_on_beat: 1 }, notes: [{ kind: 'search-failed' }] });
    expect(draw(1).segments.every(({ chosen_by: by }) => by === 'random')).toBe(true);
    expect([ids(draw(1)), ids(draw(2))]).toEqual([ids(draw(1)), expect.not.arrayContaining([ids(draw(1))])]);
    expect(ids(draw(2))).not.toEqual(ids(draw(1)));
  });
});

/** Every row of `length` different ids. */
function rowsOf(all: readonly string[], length: number): string[][] {
  if (length === 0) return [[]];
  return all.flatMap((id) => rowsOf(all.filter((other) => other !== id), length - 1).map((rest) => [id, ...rest]));
}

/** The score of one row, by proposing it. */
function forced(moves: readonly MoveSpec[], song: SongAnalysis, row: readonly string[]): number {
  return plan({ moves, song, input: { propose: () => row } }).score.total;
}

describe('transitions', () => {
  test('smooth ones overlap only where both clips have footage left', () => {
    const { segments } = plan({ moves: plain(12), parameters: { transition: 'crossfade' } });
    expect(segments.slice(1).every(({ transition }) => transition === 'crossfade')).toBe(true);
    for (const { in_s: from, start_s: start, end_s: end, speed, clip_s: length } of segments.slice(1, -1)) {
      expect(from).toBeGreaterThanOrEqual(0.25 * speed - 1e-6);
      expect(from + (end - start + 0.25) * speed).toBeLessThanOrEqual(length + 1e-6);
    }
  });

  test('become cuts where the clips are used up, and it is said', () => {
    const { segments, notes } = plan({ moves: plain(12, { durationS: 4.06 }), song: songOf({ durationS: 40 }), parameters: { transition: 'crossfade', transition_s: 0.5 }, input: {} });
    const lacking = segments.filter(({ transition }, at) => at > 0 && transition === 'cut').length;
    expect(lacking === 0 || notes.some(({ kind }) => kind === 'transitions')).toBe(true);
  });
});

describe('seeds, locks and planning again', () => {
  const moves = plain(30).map((move, at): MoveSpec => ({ ...move, lands: pulses(0.5, { first: at / 60 }), energy: (['low', 'medium', 'high'] as const)[at % 3] as 'low' }));
  const song = songOf({ durationS: 60, energy: Array.from({ length: 60 }, (_, second) => 0.5 + 0.4 * Math.sin(second / 8)) });

  test('the same seed gives the same plan to the last digit, other seeds give others', () => {
    const of = (seed: number): Plan => plan({ moves, song, input: { seed } });
    expect(of(7)).toEqual(of(7));
    expect(new Set([0, 1, 2, 3, 4].map((seed) => ids(of(seed)).join())).size).toBe(5);
  });

  test('no seed beats seed 0, and its score stays under its bound', () => {
    const { score } = plan({ moves, song });
    expect(score.total).toBeLessThanOrEqual((score.bound ?? 0) + 1e-9);
    for (const seed of [1, 2, 3]) expect(plan({ moves, song, input: { seed } }).score.total).toBeLessThanOrEqual(score.total + 1e-3);
  });

  test('a locked segment stays with its borders, move, in-point and speed while all else is planned again', () => {
    const first = plan({ moves, song });
    const kept = { ...(first.segments[3] as Plan['segments'][number]), is_locked: true, start_s: 11, end_s: 15.5, in_s: 1.2, speed: 0.95 };
    const again = plan({ moves, song, input: { seed: 5, previous: { ...first, segments: first.segments.with(3, kept) } } });
    expect(again.segments.find(({ id }) => id === kept.id)).toMatchObject({ start_s: 11, end_s: 15.5, in_s: 1.2, speed: 0.95, move_id: kept.move_id, is_locked: true });
    expect(new Set(again.segments.map(({ id }) => id)).size).toBe(again.segments.length);
    expect(again.segments.every(({ start_s: start }, at) => at === 0 || start === again.segments[at - 1]?.end_s)).toBe(true);
  });

  test('locks that overlap or leave the song are let go, the earlier one stays, and there is no gap', () => {
    const first = plan({ moves, song });
    const locks = [{ start_s: 8, end_s: 13 }, { start_s: 12, end_s: 16 }, { start_s: 58, end_s: 70 }].map((place, at) => ({ ...(first.segments[at] as Plan['segments'][number]), ...place, is_locked: true }));
    const { segments, duration_s: end } = plan({ moves, song, input: { previous: { ...first, segments: locks.reverse() } } });
    expect(segments.filter(({ is_locked: isLocked }) => isLocked).map(({ start_s, end_s }) => [start_s, end_s])).toEqual([[8, 13]]);
    expect([...segments.map(({ start_s: start }) => start), end]).toEqual([0, ...segments.map(({ end_s: each }) => each)]);
  });

  test('one segment planned again shows another move; every other one stays as it was', () => {
    const first = plan({ moves, song });
    const again = plan({ moves, song, input: { seed: 3, previous: first, replan: new Set(['s4']) } });
    const changed = again.segments.filter(({ move_id: id }, at) => id !== first.segments[at]?.move_id);
    expect(changed).toHaveLength(1);
    expect([borders(again), again.segments.filter((_, at) => at !== 3).map(({ id, in_s, speed }) => [id, in_s, speed])]).toEqual([borders(first), first.segments.filter((_, at) => at !== 3).map(({ id, in_s, speed }) => [id, in_s, speed])]);
  });

  test('a locked move that left the library stays in the plan', () => {
    const first = plan({ moves, song });
    const kept = first.segments.map((segment, at) => ({ ...segment, is_locked: at === 2 }));
    const gone = kept[2]?.move_id;
    const again = plan({ moves: moves.filter(({ id }) => id !== gone), song, input: { previous: { ...first, segments: kept } } });
    expect(ids(again)).toContain(gone);
  });

  test('alternatives are other moves with reasons, best first, and none is chosen already', () => {
    const posed = moves.map((move, at): MoveSpec => ({ ...move, height: (time) => 0.5 + 0.4 * Math.sin(at + time * (1 + (at % 4))) }));
    for (const { move_id: id, alternatives } of plan({ moves: posed, song }).segments) {
      expect(alternatives.length).toBeGreaterThan(2);
      expect(alternatives.map((other) => other.move_id)).not.toContain(id);
      expect(alternatives.every(({ reason }) => reason !== '')).toBe(true);
      expect(alternatives.map(({ score }) => score)).toEqual(alternatives.map(({ score }) => score).toSorted((a, b) => b - a));
    }
  });
});

describe('any library and any song', () => {
  const moveSpec = fc.record({
    durationS: fc.double({ min: 0.1, max: 20, noNaN: true }),
    energy: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
    tempo: fc.integer({ min: 60, max: 200 }),
    lands: fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { maxLength: 30 }).map((times) => times.sort((a, b) => a - b)),
  });
  const song = fc.record({ tempo: fc.oneof(fc.constant(null), fc.double({ min: 50, max: 220, noNaN: true })), durationS: fc.double({ min: 0.5, max: 90, noNaN: true }), firstBeatS: fc.double({ min: 0, max: 4, noNaN: true }), tailS: fc.double({ min: 0, max: 8, noNaN: true }) });
  const parameters = fc.record({ counts: fc.constantFrom('auto' as const, 4 as const, 8 as const, 16 as const), transition: fc.constantFrom('cut' as const, 'crossfade' as const, 'fade_black' as const), repeat_window: fc.integer({ min: 0, max: 20 }) });

  test('a plan covers the song without a gap, within speeds, never needs footage that is not there, and fits its schema', () => {
    fc.assert(
      fc.property(fc.array(moveSpec, { minLength: 1, maxLength: 12 }), song, parameters, fc.integer({ min: 0, max: 99 }), (specs, songSpec, wishes, seed) => {
        const moves = specs.map((spec, at): MoveSpec => ({ id: `m${at}`, ...spec }));
        const analysis = songOf(songSpec);
        let made: Plan;
        try {
          made = plan({ moves, song: analysis, parameters: wishes, input: { seed } });
        } catch (error) {
          expect(error).toMatchObject({ code: 'choreography-impossible' });
          expect(Math.max(...specs.map(({ durationS }) => durationS))).toBeLessThan(0.4);
          return;
        }
        PlanSchema.parse(made);
        expect(faultsOf(made.segments, analysis.duration, new Map(moves.map(({ id, durationS }) => [id, { durationS: durationS ?? 0 }])))).toEqual([]);
        for (const { in_s: from, start_s: start, end_s: end, speed, clip_s: length } of made.segments) {
          expect([speed >= 0.9, speed <= 1.1, from >= 0]).toEqual([true, true, true]);
          expect(from + (end - start) * speed).toBeLessThanOrEqual(length + 1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the beat alignment score', () => {
  test('is 1 on the beats, exp(-1/2) one sigma away, 0 between, and the mean over the dance’s beats', () => {
    const music = pulses(1, { end: 10 });
    expect(beatAlignment(music, music)).toBe(1);
    expect(beatAlignment([2.05], music)).toBeCloseTo(Math.exp(-0.5), 6);
    expect(beatAlignment([2.5], music)).toBeLessThan(1e-10);
    expect(beatAlignment([2, 2.5], music)).toBeCloseTo(0.5, 6);
    expect([beatAlignment([], music), beatAlignment(music, [])]).toEqual([0, 0]);
  });
});
