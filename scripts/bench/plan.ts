/**
 * Plans of real songs over the real moves, against the original document's method on the same objective: score, beat
 * alignment of the plan and of the rendered film, and the time a plan of four minutes over 200 moves takes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { type App, openApp } from '../../src-main/app.ts';
import { DEFAULT_CHOREOGRAPHY_PARAMETERS, type Plan } from '../../src-main/contract/documents/choreography.ts';
import type { SongAnalysis } from '../../src-main/contract/documents/song-analysis.ts';
import { beatAlignment } from '../../src-main/core/choreography/plan/alignment.ts';
import { type Clip, clipsOf } from '../../src-main/core/choreography/plan/clip.ts';
import { matchesOf } from '../../src-main/core/choreography/plan/matches.ts';
import { planned } from '../../src-main/core/choreography/plan/planner.ts';
import type { PlannableMove } from '../../src-main/core/choreography/ports.ts';
import { Client } from '../../src-main/shells/cli/client.ts';
import { type BenchContext, type BenchRow, median } from './row.ts';
import { seedMethod } from './seed-method.ts';

const SONGS = ['vibe_ace.ogg', 'ultrastar_code_monkey/audio.ogg', 'stepmania_goin_under/audio.ogg', 'lets_go_fishin.ogg'];
/** The one that is rendered both ways. */
const RENDERED = 'vibe_ace.ogg';
const MANY_MOVES = 200;
const LONG_S = 240;
const RUNS = 5;

interface Studio {
  readonly client: Client;
  readonly moves: readonly PlannableMove[];
  readonly clips: readonly Clip[];
}

/** Songs and moves analysed in a data folder; KINETONE_BENCH_DATA names one that is kept between runs. */
export async function planRows(context: BenchContext): Promise<BenchRow[]> {
  const media = process.env['KINETONE_SHARED_MEDIA'] ?? join(context.repository, '../shared/media');
  if (!existsSync(media)) {
    context.say('plan: the folder of real media is not beside the repository');
    return [];
  }
  const dataDir = process.env['KINETONE_BENCH_DATA'] ?? join(context.folder, 'plan-data');
  const kinetone = (...words: string[]): string => execFileSync(process.execPath, [join(context.repository, 'src-main/shells/cli/main.ts'), ...words, '--data-dir', dataDir], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  context.say('plan: analysing the moves and songs');
  kinetone('library', 'add', join(media, 'dance/clips'), '--annotations', join(media, 'dance/bachata_annotations.json'), '--quiet');
  for (const song of SONGS) kinetone('song', join(media, 'music', song), '--quiet');
  const app = await openApp({ dataDir, role: 'studio' });
  try {
    return [...(await against(app, media, context)), timed(await studioOf(app))];
  } finally {
    await app.close();
  }
}

async function studioOf(app: App): Promise<Studio> {
  const client = new Client((request) => app.fetch(request, 'program'), new AbortController().signal);
  const { moves } = await client.call('listMoves');
  const plannable = await Promise.all(moves.map(async (move) => ({ move, curves: move.state === 'ready' ? await client.call('getMoveCurves', { params: { id: move.id } }) : null })));
  return { client, moves: plannable, clips: clipsOf(plannable) };
}

async function against(app: App, media: string, context: BenchContext): Promise<BenchRow[]> {
  const studio = await studioOf(app);
  const rows: BenchRow[] = [];
  for (const song of SONGS) {
    const { items } = await studio.client.call('importMedia', { body: { paths: [join(media, 'music', song)] } });
    const id = items[0]?.item.id ?? '';
    const analysis = await studio.client.call('getSongAnalysis', { params: { id }, query: {} });
    const { plan } = await studio.client.call('planChoreography', { body: { song_id: id } });
    const seed = await seedPlan(studio, plan, analysis);
    const [ours, theirs] = [plan.score, seed.score];
    const name = song.split('/')[0] ?? song;
    rows.push({ what: `plan ${name}: objective`, ours: ours.total.toFixed(3), peer: `${theirs.total.toFixed(3)} nearest move, 8 s`, ratio: ours.total / theirs.total, bar: '> 1' });
    rows.push({ what: `plan ${name}: beat alignment`, ours: ours.beat_alignment.toFixed(3), peer: theirs.beat_alignment.toFixed(3), ratio: ours.beat_alignment / theirs.beat_alignment, bar: '> 1' });
    if (song === RENDERED) rows.push(await rendered(studio, { plan, seed, analysis, name }, context));
  }
  return rows;
}

async function seedPlan({ client, clips }: Studio, plan: Plan, analysis: SongAnalysis): Promise<Plan> {
  const found = new Map<number, readonly string[]>();
  for (let start = 0; start < analysis.duration; start += 8) {
    const { hits } = await client.call('searchMoves', { body: { section: { song_id: plan.song_id, start, end: Math.min(analysis.duration, start + 8) }, top: 1000 } });
    found.set(start, hits.map(({ id }) => id));
  }
  const byId = new Map(clips.map((clip) => [clip.id, clip]));
  const made = seedMethod(plan, analysis, byId, (start) => found.get(start) ?? []);
  const { plan: scored } = await client.call('checkPlan', { body: { plan: made } });
  return scored;
}

/** Both films, looked at as any clip is: their movement's landings against the music's beats. */
async function rendered(studio: Studio, { plan, seed, analysis, name }: { plan: Plan; seed: Plan; analysis: SongAnalysis; name: string }, context: BenchContext): Promise<BenchRow> {
  const of = async (which: string, made: Plan): Promise<number> => {
    context.say(`plan: rendering ${which}`);
    const blueprint = await studio.client.call('blueprintOfPlan', { body: { plan: made } });
    const path = join(context.folder, `${which}.mp4`);
    const { job_id: job } = await studio.client.call('startAssembly', { body: { blueprint, output: { path, overwrite: true } } });
    await finished(studio.client, job);
    const { items } = await studio.client.call('importMedia', { body: { paths: [path] } });
    const id = items[0]?.item.id ?? '';
    await studio.client.call('addMovesFromMedia', { body: { media_ids: [id] } });
    await studio.client.call('analyzeMoves', { body: { ids: [id] } });
    await analysed(studio.client, id);
    const { kinematic_beats: beats } = await studio.client.call('getMoveCurves', { params: { id } });
    await studio.client.call('removeMoves', { body: { ids: [id] } });
    return beatAlignment(beats.map(({ time }) => time), analysis.beats);
  };
  const [ours, theirs] = [await of('plan', plan), await of('seed', seed)];
  return { what: `plan ${name}: beat alignment of the film`, ours: ours.toFixed(3), peer: theirs.toFixed(3), ratio: ours / theirs, bar: '> 1' };
}

async function analysed(client: Client, id: string): Promise<void> {
  for (;;) {
    const { state, problem } = await client.call('getMove', { params: { id } });
    if (state === 'ready') return;
    if (state === 'failed') throw new Error(problem ?? state);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function finished(client: Client, id: string): Promise<void> {
  for (;;) {
    const { state, error } = await client.call('getJob', { params: { id } });
    if (state === 'completed') return;
    if (state === 'failed' || state === 'cancelled') throw new Error(error?.message ?? state);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Real moves, made into 200 by small differences of their lengths; a song of four minutes at 129 BPM. */
function timed({ moves }: Studio): BenchRow {
  const many = Array.from({ length: MANY_MOVES }, (_, at): PlannableMove => {
    const { move, curves } = moves[at % moves.length] as PlannableMove;
    return { move: { ...move, id: `${move.id.slice(0, 50)}-${at}`, duration: move.duration - 0.01 * Math.floor(at / moves.length) }, curves };
  });
  const period = 60 / 129.2;
  const beats = Array.from({ length: Math.floor(LONG_S / period) }, (_, at) => at * period);
  const sections = Array.from({ length: 8 }, (_, at) => ({ start: at * 30, end: at * 30 + 30, label: (['intro', 'verse', 'chorus', 'verse', 'chorus', 'bridge', 'chorus', 'outro'] as const)[at] ?? 'verse', energy: 0.3 + 0.08 * at }));
  const analysis: SongAnalysis = {
    ...{ version: 1, duration: LONG_S, tempo: 129.2, tempo_confidence: 1, tempo_alternatives: [], is_tempo_variable: false, beats, downbeats: beats.filter((_, at) => at % 4 === 0), time_signature: '4/4' },
    ...{ sections, energy: Array.from({ length: LONG_S }, (_, at) => 0.5 + 0.4 * Math.sin(at / 17)), rhythm_strength: 0.8, syncopation: 0.5, key: null, key_confidence: 0, key_moments: [], beat_source: 'onsets' },
  };
  const times = Array.from({ length: RUNS }, () => {
    const begin = performance.now();
    const steps = planned({ song: { id: 'song', name: 'song' }, analysis, clips: clipsOf(many), parameters: DEFAULT_CHOREOGRAPHY_PARAMETERS, seed: 0, matches: matchesOf([]), previous: null, replan: null, nowMs: 0 });
    while (steps.next().done !== true);
    return performance.now() - begin;
  });
  return { what: `plan ${LONG_S / 60} min song, ${MANY_MOVES} moves, analysed`, ours: `${(median(times) / 1000).toFixed(2)} s`, peer: '10 s', ratio: median(times) / 10_000, bar: '≤ 0.1 (1 s)' };
}
