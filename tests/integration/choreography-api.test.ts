/** The seed's routes and the plan operations over the whole product: real songs, real moves where the folder is there, real films. */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import type { Blueprint } from '../../src-main/contract/documents/blueprint.ts';
import type { ChoreographyTask } from '../../src-main/contract/documents/choreography-task.ts';
import { ChoreographyTaskSchema } from '../../src-main/contract/documents/choreography-task.ts';
import { type Studio, errorOf, openStudio } from '../fixtures/studio.ts';
import { makeFilm, makeMedia } from '../fixtures/make-media.ts';
import { lastingFolder } from '../fixtures/temp-folder.ts';

const folder = lastingFolder('choreography');
const clips = join(folder, 'clips');
let studio: Studio;
let song: string;

/** A click every half second over 12 s: 120 BPM by construction. */
const CLICKS = "aevalsrc='0.8*sin(2*PI*1000*t)*exp(-60*mod(t,0.5))':s=44100:d=12";
const json = (body: unknown): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

beforeAll(async () => {
  execFileSync('mkdir', ['-p', clips]);
  // Of different lengths: files of the same bytes are one move.
  for (const [at, name] of ['basic_1', 'basic_2', 'spin_1', 'turn_1', 'sidedip_1'].entries()) makeFilm(clips, `${name}.mp4`, { size: '160x90', seconds: 5 + at / 5, extra: ['-g', '15', '-bf', '0'] });
  const sound = makeMedia(folder, 'clicks.wav', ['-f', 'lavfi', '-i', CLICKS]);
  studio = await openStudio();
  const { job_id: add } = await studio.client.call('addLibraryFolder', { body: { paths: [clips] } });
  await finished(add);
  const { items } = await studio.client.call('importMedia', { body: { paths: [sound] } });
  song = items[0]?.item.id ?? '';
}, 60_000);
afterAll(() => studio.close());

async function finished(id: string): Promise<void> {
  await vi.waitFor(async () => expect((await studio.client.call('getJob', { params: { id } })).state).toBe('completed'), { timeout: 60_000, interval: 50 });
}

async function taskOf(id: string): Promise<ChoreographyTask> {
  return ChoreographyTaskSchema.parse(await (await studio.fetch(`/api/choreography/tasks/${id}`)).json());
}

async function tasks(): Promise<number> {
  return (await studio.client.call('listJobs', { query: {} })).jobs.filter(({ kind }) => kind === 'choreography').length;
}

describe('the seed’s routes', () => {
  test('from a song by its number: 202 and a task, then a film with exactly the seed’s result', async () => {
    const { number } = await studio.client.call('getSong', { params: { id: song } });
    const response = await studio.fetch('/api/choreography/generate-from-song', json({ song_id: number, difficulty: 'intermediate', energy_level: 'high', style: 'modern' }));
    expect(response.status).toBe(202);
    const { task_id: id } = (await response.json()) as { task_id: string };
    await expect.poll(async () => (await taskOf(id)).status, { timeout: 60_000, interval: 100 }).toBe('completed');
    const task = await taskOf(id);
    expect(task).toMatchObject({ progress: 100, song_id: song, error: null, duration: 12 });
    expect(Object.keys(task.result ?? {}).sort()).toEqual(['duration', 'file_size', 'video_url']);
    expect([task.video_url, task.file_size]).toEqual([task.result?.video_url, task.result?.file_size]);
    const film = await studio.fetch(task.video_url ?? '');
    expect([film.status, (await film.arrayBuffer()).byteLength]).toEqual([200, task.file_size]);
  }, 90_000);

  test('from words, by the song’s id; the film is not shown what was not wanted', async () => {
    const response = await studio.fetch('/api/choreography/generate-with-ai', json({ query: 'something energetic with hard cuts, no dips', song_id: song }));
    expect(response.status).toBe(202);
    const { task_id: id } = (await response.json()) as { task_id: string };
    await expect.poll(async () => (await taskOf(id)).status, { timeout: 60_000, interval: 100 }).toBe('completed');
    const { result } = await studio.client.call('getJob', { params: { id } });
    const { blueprint } = result as { blueprint: { task_id: string; moves: { video_path: string; start_time: number }[] } };
    expect(blueprint.task_id).toBe(id);
    expect(blueprint.moves.map(({ video_path: path }) => path).filter((path) => path.includes('dip'))).toEqual([]);
    expect(blueprint.moves.every(({ video_path: path }) => path.startsWith('clips/'))).toBe(true);
  }, 90_000);

  test('a song that cannot be analysed is answered with 400 and its details, and leaves no task', async () => {
    const before = await tasks();
    const path = makeMedia(folder, 'gone.wav', ['-f', 'lavfi', '-i', 'sine=duration=3']);
    const { items } = await studio.client.call('importMedia', { body: { paths: [path] } });
    rmSync(path);
    const response = await studio.fetch('/api/choreography/generate-from-song', json({ song_id: items[0]?.item.id }));
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({ code: 'song-unreadable', message: expect.stringContaining('gone.wav'), details: { name: 'gone.wav', code: expect.any(String) } });
    expect(await tasks()).toBe(before);
  }, 30_000);

  test.each([
    ['a song that is not there', { song_id: 99_999 }, 404],
    ['a difficulty that is none', { song_id: 1, difficulty: 'godlike' }, 400],
    ['no song', {}, 400],
  ])('%s is refused and leaves no task', async (_, body, status) => {
    const before = await tasks();
    expect((await studio.fetch('/api/choreography/generate-from-song', json(body))).status).toBe(status);
    expect(await tasks()).toBe(before);
  });

  test('a task that is none is not found, also when it is another job', async () => {
    const { jobs } = await studio.client.call('listJobs', { query: {} });
    const other = jobs.find(({ kind }) => kind !== 'choreography')?.id ?? 'none';
    for (const id of ['nothing', other]) expect((await studio.fetch(`/api/choreography/tasks/${id}`)).status).toBe(404);
  });
});

describe('the workspace’s operations', () => {
  test('clips that entered the library are made ready for films by themselves, and a plan’s before its film is asked for', async () => {
    const { client } = studio;
    const copies = async () => (await client.call('listJobs', { query: {} })).jobs.filter(({ kind }) => kind === 'clip-copies');
    await vi.waitFor(async () => expect((await copies()).filter(({ state }) => state === 'completed').map(({ result }) => result)).toContainEqual({ copies: 5, copies_made: expect.any(Number) }), { timeout: 60_000, interval: 100 });
    const { plan } = await client.call('planChoreography', { body: { song_id: song, seed: 5 } });
    const { job_id: ready } = await client.call('prepareChoreography', { body: { plan } });
    await finished(ready);
    const { job_id: film } = await client.call('renderChoreography', { body: { plan } });
    await finished(film);
    expect((await client.call('getJob', { params: { id: film } })).result).toMatchObject({ copies_made: 0 });
  }, 90_000);

  test('a plan enters a project, is planned again with a lock, rendered, and the film enters the project', async () => {
    const { client } = studio;
    const { project } = await client.call('createProject', { body: { kind: 'choreography', name: 'Dance', media_id: song } });
    const { plan } = await client.call('planChoreography', { body: { song_id: song, parameters: { repeat_window: 2 } } });
    expect([plan.score.cuts_on_beat, plan.segments.at(-1)?.end_s]).toEqual([1, 12]);
    const { project: edited } = await client.call('applyCommand', { params: { id: project.id }, body: { base_seq: 0, command: { label: 'Plan', patches: [{ op: 'replace', path: '/plan', value: plan }] } } });
    const previous = { ...plan, segments: plan.segments.map((segment, at) => ({ ...segment, is_locked: at === 0 })) };
    const again = await client.call('planChoreography', { body: { previous, seed: 9 } });
    expect(again.plan.segments[0]).toMatchObject({ move_id: plan.segments[0]?.move_id, is_locked: true });
    expect((await client.call('checkPlan', { body: { plan: again.plan } })).faults).toEqual([]);
    const { job_id: job } = await client.call('renderChoreography', { body: { plan: again.plan, project_id: project.id } });
    await finished(job);
    const { document } = await client.call('openProject', { params: { id: project.id } });
    expect(document).toMatchObject({ kind: 'choreography', plan: { song_id: song }, result_artifact_id: expect.any(String) });
    expect(edited.undo_label).toBe('Plan');
    expect((await client.call('undoProject', { params: { id: project.id } })).document.result_artifact_id).toBeNull();
  }, 90_000);

  test('a page may estimate and assemble a plan’s blueprint, and learns of no other folder or file whether it is there', async () => {
    const { client, app } = studio;
    const { plan } = await client.call('planChoreography', { body: { song_id: song, seed: 7 } });
    const blueprint = (await client.call('blueprintOfPlan', { body: { plan } })) as Blueprint;
    const page = (path: string, document: unknown): Promise<Response> => app.fetch(new Request(`http://kinetone.local${path}`, json({ blueprint: document })), 'browser');
    const estimated = await page('/api/assemblies/estimate', blueprint);
    expect([estimated.status, Object.keys(blueprint.roots)]).toEqual([200, [`song-${song}`]]);
    const elsewhere = lastingFolder('elsewhere');
    const refusal = async (path: string, change: object): Promise<string> => JSON.stringify((await errorOf(await page(path, { ...blueprint, ...change }))).toBody());
    for (const path of ['/api/assemblies/estimate', '/api/assemblies']) {
      const roots = await Promise.all([elsewhere, join(elsewhere, 'none'), `${clips}/..`, '/etc', '/etc/passwd', '/none'].map((given) => refusal(path, { roots: { ...blueprint.roots, probe: given } })));
      expect([new Set(roots).size, roots[0]]).toEqual([1, expect.stringContaining('blueprint-invalid')]);
      expect(new Set(await Promise.all([elsewhere, '/none'].map((given) => refusal(path, { roots: { [`song-${song}`]: given } })))).size).toBe(1);
    }
    // The song's own folder is a root, and of the files beside the song nothing is said.
    writeFileSync(join(folder, 'beside.wav'), 'x');
    const [there, away] = await Promise.all(['beside.wav', 'nobody.wav'].map((name) => refusal('/api/assemblies/estimate', { audio_path: `song-${song}/${name}` })));
    expect(there?.replaceAll('beside', 'nobody')).toBe(away);
  }, 60_000);

  test('the same plan asked for twice is the stored one', async () => {
    const ask = () => studio.client.call('planChoreography', { body: { song_id: song, seed: 77 } });
    expect([(await ask()).is_cached, (await ask()).is_cached]).toEqual([false, true]);
  });

  test('words are read without a song or a network, and Gemini is off', async () => {
    const request = await studio.client.call('parseChoreography', { body: { text: 'slow and romantic, no spins', use_gemini: true } });
    expect(request).toMatchObject({ source: 'local', parameters: { style: 'romantic', avoid: ['spin'] }, notes: [expect.stringContaining('Gemini')] });
    expect((await studio.client.call('getGemini')).state).toBe('off');
    expect((await studio.client.call('suggestSongs', { body: { text: 'anything' } })).songs[0]?.song_id).toBe(song);
    expect(existsSync(join(studio.dataDir, 'gemini.key'))).toBe(false);
  });
});
