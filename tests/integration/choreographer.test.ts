/** The choreographer: songs chosen, plans kept, searches and proposers that fail, blueprints. */
import { describe, expect, test } from 'vitest';

import { BlueprintSchema } from '../../src-main/contract/documents/blueprint.ts';
import type { Plan } from '../../src-main/contract/documents/choreography.ts';
import { edlOf, otioOf, validateBlueprint } from '../../src-main/core/assembly/index.ts';
import { choreographerOver, never, planRequest } from '../fixtures/choreographer.ts';
import { moveOf, pulses, songOf } from '../fixtures/dance-library.ts';

const moves = Array.from({ length: 14 }, (_, at) => moveOf({ id: `m${String(at).padStart(2, '0')}`, name: at === 3 ? 'Side dip' : `Move ${at}`, category: 'basic', tempo: 120, durationS: 10, lands: pulses(0.5, { first: at / 30 }) }));
const slow = songOf({ tempo: 80, durationS: 40 });
const fast = songOf({ tempo: 150, durationS: 40 });
const middle = songOf({ tempo: 120, durationS: 40 });
const ids = ({ segments }: Plan): string[] => segments.map(({ move_id: id }) => id);

describe('the song', () => {
  const stage = { moves, songs: { slow, fast, middle, unheard: null }, infos: { slow: { title: 'Amor', artist: 'Someone', genre: 'Bachata' }, fast: { tags: ['party'] } } };

  test.each([
    ['a slow dance', 'slow'],
    ['something fast', 'fast'],
    ['between 110 and 130 bpm', 'middle'],
    ['dance to "Amor"', 'slow'],
    ['a bachata', 'slow'],
    ['anything at all', 'middle'],
  ])('for “%s”', (text, song) => {
    const [first] = choreographerOver(stage).choreographer.suggestSongs(text, 4);
    expect(first?.song_id).toBe(song);
    expect(first?.reasons.length).toBeGreaterThan(0);
  });

  test('one that was not listened to comes last and says so', () => {
    const last = choreographerOver(stage).choreographer.suggestSongs('fast', 10).at(-1);
    expect(last).toMatchObject({ song_id: 'unheard', reasons: expect.arrayContaining(['not listened to yet']) });
  });

  test('is chosen by the words where none is named, and the answer says why', async () => {
    const { choreographer } = choreographerOver(stage);
    const { plan, song_choice: choice, request } = await choreographer.plan(planRequest({ text: 'a slow dance, no dips' }), never);
    expect([plan.song_id, choice?.song_id, request?.parameters.avoid]).toEqual(['slow', 'slow', ['dip']]);
    expect(ids(plan)).not.toContain('m03');
  });

  test('without any, or with one that was not heard, the error says so', async () => {
    await expect(choreographerOver({ moves, songs: {} }).choreographer.plan(planRequest(), never)).rejects.toMatchObject({ code: 'choreography-impossible' });
    await expect(choreographerOver(stage).choreographer.plan(planRequest({ song_id: 'unheard' }), never)).rejects.toMatchObject({ code: 'song-not-analyzed' });
  });
});

describe('plans', () => {
  test('of the same request are made once; another seed, library or song makes another', async () => {
    const { choreographer, plans } = choreographerOver({ moves, songs: { middle, slow } });
    const first = await choreographer.plan(planRequest({ song_id: 'middle' }), never);
    const again = await choreographer.plan(planRequest({ song_id: 'middle' }), never);
    expect([first.is_cached, again.is_cached, again.plan]).toEqual([false, true, first.plan]);
    await choreographer.plan(planRequest({ song_id: 'middle', seed: 1 }), never);
    await choreographer.plan(planRequest({ song_id: 'slow' }), never);
    await choreographer.plan(planRequest({ song_id: 'middle', parameters: { counts: 4 } }), never);
    expect(plans.size).toBe(4);
  });

  test('parameters that are given win over the words', async () => {
    const { choreographer } = choreographerOver({ moves, songs: { middle } });
    const { plan } = await choreographer.plan(planRequest({ text: 'smooth transitions every four counts', parameters: { transition: 'fade_black' } }), never);
    expect(plan.parameters).toMatchObject({ transition: 'fade_black', counts: 4 });
  });

  test.each([
    ['throws', () => Promise.reject(new Error('index'))],
    ['draws at random itself', () => Promise.resolve({ hits: [], source: 'random' as const })],
  ])('go on at random when the search %s, say so, and are not kept', async (_, search) => {
    const { choreographer, plans } = choreographerOver({ moves, songs: { middle }, search });
    const { plan } = await choreographer.plan(planRequest({ song_id: 'middle', seed: 4 }), never);
    expect([plan.source, plan.notes[0]?.kind, plans.size]).toEqual(['random', 'search-failed', 0]);
    expect(choreographer.blueprint(plan).generation_parameters).toMatchObject({ is_random: true, seed: 4 });
  });

  test('what search finds for the words is preferred', async () => {
    const hits = moves.map(({ move }, at) => ({ id: move.id, path: '', name: '', category: null, score: at === 9 ? 1 : 0, reason: '', parts: { pose: null, audio: null, text: null } }));
    const { choreographer } = choreographerOver({ moves: moves.map(({ move }) => ({ move, curves: null })), songs: { middle }, search: () => Promise.resolve({ hits, source: 'memory' }) });
    expect(ids((await choreographer.plan(planRequest({ song_id: 'middle' }), never)).plan)).toContain('m09');
  });

  test('a plan with a gap cannot be planned again in parts', async () => {
    const { choreographer } = choreographerOver({ moves, songs: { middle } });
    const { plan } = await choreographer.plan(planRequest({ song_id: 'middle' }), never);
    const holed = { ...plan, segments: plan.segments.toSpliced(2, 1) };
    await expect(choreographer.plan(planRequest({ previous: holed, replan: ['s1'] }), never)).rejects.toMatchObject({ code: 'input-invalid' });
  });

  test('planning is given up when it is not wanted any more', async () => {
    const controller = new AbortController();
    controller.abort();
    const { choreographer } = choreographerOver({ moves, songs: { long: songOf({ durationS: 600 }) } });
    await expect(choreographer.plan(planRequest({ song_id: 'long' }), controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a plan edited by hand', () => {
  test('is scored anew; what would not assemble is named with its segment', async () => {
    const { choreographer } = choreographerOver({ moves, songs: { middle } });
    const { plan } = await choreographer.plan(planRequest({ song_id: 'middle' }), never);
    expect((await choreographer.check(plan)).faults).toEqual([]);
    expect((await choreographer.check(plan)).plan.score.total).toBeCloseTo(plan.score.total, 9);
    const [first, second] = plan.segments as [Plan['segments'][number], Plan['segments'][number]];
    const worse = { ...plan, segments: [{ ...first, in_s: 9 }, { ...second, move_id: 'gone' }, ...plan.segments.slice(2)] };
    const { faults, plan: checked } = await choreographer.check(worse);
    expect(faults.map(({ segment_id: id }) => id)).toEqual([first.id, second.id]);
    expect(checked.score.total).toBeLessThan(plan.score.total);
    expect(() => choreographer.blueprint(worse)).toThrow(expect.objectContaining({ code: 'choreography-impossible', details: { faults: expect.any(Array) } }));
  });

  test('a swap to the best alternative is what the alternative said', async () => {
    const { choreographer } = choreographerOver({ moves, songs: { middle } });
    const { plan } = await choreographer.plan(planRequest({ song_id: 'middle' }), never);
    const alternatives = await choreographer.alternatives(plan, 's3', 50);
    expect(alternatives.length).toBeGreaterThan(8);
    const best = alternatives.find(({ reason }) => !reason.includes('a little before'));
    const segments = plan.segments.map((segment) => (segment.id === 's3' && best ? { ...segment, move_id: best.move_id, in_s: best.in_s, speed: best.speed } : segment));
    const { plan: swapped } = await choreographer.check({ ...plan, segments });
    expect(swapped.segments[2]?.parts).toEqual(best?.parts);
    await expect(choreographer.alternatives(plan, 'nothing', 5)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a blueprint', () => {
  test('is called after its song, in letters a task may have, and so are the edit lists made of it', async () => {
    const { choreographer } = choreographerOver({ moves, songs: { middle } });
    const { plan } = await choreographer.plan(planRequest({ song_id: 'middle' }), never);
    const blueprint = choreographer.blueprint({ ...plan, song_name: 'Corazón / Sin Ti.ogg' });
    expect(blueprint.task_id).toBe('Corazon-Sin-Ti-dance');
    expect([edlOf(blueprint).split('\r\n')[0], JSON.parse(otioOf(blueprint))]).toEqual(['TITLE: Corazon-Sin-Ti-dance', expect.objectContaining({ name: 'Corazon-Sin-Ti-dance' })]);
  });

  test('holds every border, in-point and speed of the plan, the library’s paths, and passes the assembler’s validation', async () => {
    const { choreographer } = choreographerOver({ moves, songs: { middle } });
    const { plan } = await choreographer.plan(planRequest({ text: 'smooth, for beginners', song_id: 'middle' }), never);
    const blueprint = choreographer.blueprint(plan, undefined, 'task-1');
    expect(validateBlueprint(JSON.parse(JSON.stringify(blueprint)))).toMatchObject({ faults: [] });
    expect(BlueprintSchema.parse(blueprint)).toMatchObject({ task_id: 'task-1', audio_path: 'song/middle.ogg', roots: { song: '/songs' }, audio_tempo: 120, total_duration: 40, difficulty_level: 'beginner', output_config: { transition_duration: 0.5 } });
    expect(blueprint.moves.map(({ start_time: at, trim_start: from, speed, video_path: path }) => [at, from, speed, path])).toEqual(plan.segments.map(({ start_s: at, in_s: from, speed, path }) => [at, from, speed, path]));
    expect(Math.max(...blueprint.moves.map(({ start_time: at, duration }) => at + duration))).toBeCloseTo(40, 6);
  });
});
