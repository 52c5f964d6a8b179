/** The library over real parts: folders of clips, annotations with faults, what moves and goes away, the vector store, search. */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import { nodeHostProcess } from '../../src-main/adapters/host-process/node-host-process.ts';
import type { StartHostProcess } from '../../src-main/app.ts';
import { libraryWorld } from '../fixtures/library-world.ts';
import { makeMedia } from '../fixtures/make-media.ts';
import { tether } from '../fixtures/media-world.ts';
import { lastingFolder, tempFolder } from '../fixtures/temp-folder.ts';

const source = lastingFolder('clips');
const CLIPS = { 'spin/spin_left.mp4': 'hue=h=0', 'spin/lady_turn2.mp4': 'hue=h=120', 'hiprolls/slow_hiproll.mp4': 'hue=h=240', 'basic/basic_step.mp4': 'negate' };

beforeAll(() => {
  for (const [path, filter] of Object.entries(CLIPS)) {
    mkdirSync(join(source, path, '..'), { recursive: true });
    const sound = path.startsWith('basic') ? [] : ['-f', 'lavfi', '-i', `sine=frequency=${200 + path.length * 17}:duration=0.6`];
    makeMedia(source, path, ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=30:duration=0.6', ...sound, '-vf', filter, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac']);
  }
});

/** A copy of the clips that a test may spoil. */
function clips(): string {
  const folder = join(tempFolder(), 'bachata');
  for (const path of Object.keys(CLIPS)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    copyFileSync(join(source, path), join(folder, path));
  }
  return folder;
}

describe('a folder of clips', () => {
  test('becomes moves with labels from its places and its annotations, is analysed, found by words and example, and importing again is a no-op', async () => {
    const folder = clips();
    writeFileSync(
      join(folder, 'annotations.json'),
      JSON.stringify({ clips: [{ clip_id: 'slow_hiproll', video_path: 'hiprolls/slow_hiproll.mp4', move_label: 'hiprolls', energy_level: 'low', estimated_tempo: 96, difficulty: 'medium', mood: 'sensual' }] }),
    );
    const world = await libraryWorld(tempFolder());
    const report = await world.add([folder]);
    expect(report).toMatchObject({ added: 4, unchanged: 0, annotated: 1, rejected: [] });
    expect(report.notes.join(' ')).toContain('read as beginner, intermediate and advanced');
    const moves = await world.analysed();
    expect(moves.map(({ state, path }) => `${path} ${state}`).sort()).toEqual(Object.keys(CLIPS).map((path) => `bachata/${path} ready`).sort());
    const hiproll = moves.find(({ path }) => path.endsWith('slow_hiproll.mp4'));
    expect(hiproll?.labels).toMatchObject({ difficulty: { value: 'intermediate', origin: 'annotation' }, energy_level: { value: 'low', origin: 'annotation' }, style: { value: 'sensual', origin: 'annotation' }, name: { origin: 'estimate' } });
    expect(hiproll?.embeddings).toMatchObject({ pose: { space: 'motion-1', note: expect.stringContaining('No pose model') as string }, audio: { space: 'sound-1' }, text: { space: 'lexical-1' } });
    expect(moves.find(({ path }) => path.endsWith('basic_step.mp4'))).toMatchObject({ embeddings: { audio: null }, labels: { difficulty: { origin: 'estimate' }, category: { value: 'basic', origin: 'estimate' } } });
    const found = await world.search({ text: 'slow sensual hip roll' });
    expect(found.hits[0]).toMatchObject({ id: hiproll?.id, category: 'hiprolls', reason: expect.stringMatching(/matches .*hip roll/) as string });
    const alike = await world.search({ like: hiproll?.id, top: 2 });
    expect(alike.hits).toHaveLength(2);
    expect(alike.hits.every(({ id, parts }) => id !== hiproll?.id && parts.pose !== null && parts.text !== null)).toBe(true);
    const after = await world.search({ follow: hiproll?.id });
    expect(after.hits.map(({ id }) => id)).not.toContain(hiproll?.id);
    const curves = await world.client.call('getMoveCurves', { params: { id: hiproll?.id ?? '' } });
    expect([curves.motion.length > 5, Math.max(...curves.motion), curves.pose]).toEqual([true, 1, []]);
    expect(await world.add([folder])).toMatchObject({ added: 0, unchanged: 4, changed: 0, relinked: 0, missing: 0, annotated: 1 });
    expect((await world.client.call('analyzeMoves', { body: {} })).job_id).toBeNull();
  });

  test('says what was changed, moved, taken away and is no video, and keeps the labels a person gave', async () => {
    const folder = clips();
    const world = await libraryWorld(tempFolder());
    await world.add([folder]);
    const moved = (await world.moves()).find(({ path }) => path.endsWith('spin_left.mp4'));
    const { undo } = await world.client.call('changeMoveLabels', { body: { changes: [{ ids: [moved?.id ?? ''], labels: { style: 'modern', difficulty: 'advanced' } }] } });
    expect(undo).toEqual([{ ids: [moved?.id], labels: { style: null, difficulty: null } }]);
    mkdirSync(join(folder, 'turns'));
    renameSync(join(folder, 'spin/spin_left.mp4'), join(folder, 'turns/left_turn.mp4'));
    copyFileSync(join(source, 'basic/basic_step.mp4'), join(folder, 'hiprolls/slow_hiproll.mp4'));
    writeFileSync(join(folder, 'hiprolls/slow_hiproll.mp4'), Buffer.alloc(3000, 7), { flag: 'a' });
    rmSync(join(folder, 'spin/lady_turn2.mp4'));
    writeFileSync(join(folder, 'broken.mp4'), Buffer.alloc(5000, 1));
    writeFileSync(join(folder, 'notes.txt'), 'not a clip');
    const report = await world.add([folder]);
    expect(report).toMatchObject({ added: 0, unchanged: 1, changed: 1, relinked: 1, missing: 1 });
    expect(report.rejected).toEqual([{ name: 'broken.mp4', message: expect.stringMatching(/broken\.mp4/) as string }]);
    const now = await world.moves();
    expect(now.find(({ id }) => id === moved?.id)).toMatchObject({ path: 'bachata/turns/left_turn.mp4', labels: { style: { value: 'modern', origin: 'user' }, difficulty: { value: 'advanced', origin: 'user' }, category: { value: 'turns' } } });
    expect(now.find(({ path }) => path.endsWith('lady_turn2.mp4'))?.is_missing).toBe(true);
    await world.client.call('changeMoveLabels', { body: { changes: undo } });
    expect((await world.moves()).find(({ id }) => id === moved?.id)?.labels).toMatchObject({ style: null, difficulty: null });
  });

  test('on a disk that goes away is said to be away, is left out of searches, and comes back with everything', async () => {
    const folder = clips();
    const world = await libraryWorld(tempFolder());
    await world.add([folder]);
    const [{ id } = { id: '' }] = (await world.client.call('listLibraryFolders')).folders;
    renameSync(folder, `${folder}-elsewhere`);
    expect((await world.client.call('listLibraryFolders')).folders[0]).toMatchObject({ is_away: true, moves: 4, missing: 4 });
    const { job_id: scan } = await world.client.call('scanLibraryFolder', { params: { id } });
    expect(await world.finished(scan)).toMatchObject({ state: 'completed', result: { notes: [expect.stringContaining('cannot be reached; its 4 clips are kept') as string] } });
    const away = await world.search({ text: 'spin' });
    expect([away.hits, away.notes.join(' ')]).toEqual([[], expect.stringContaining('4 moves were left out')]);
    renameSync(`${folder}-elsewhere`, folder);
    expect(await world.add([folder])).toMatchObject({ added: 0, missing: 0 });
    expect((await world.client.call('listLibraryFolders')).folders[0]).toMatchObject({ is_away: false, missing: 0 });
    expect((await world.search({ text: 'spin' })).hits.length).toBeGreaterThan(0);
  });

  test('a removed move stays out of its folder, under another name too, until its file is named, and comes back with its labels', async () => {
    const folder = clips();
    const world = await libraryWorld(tempFolder());
    await world.add([folder]);
    const [{ id: folderId } = { id: '' }] = (await world.client.call('listLibraryFolders')).folders;
    const scan = async (): Promise<unknown> => (await world.finished((await world.client.call('scanLibraryFolder', { params: { id: folderId } })).job_id)).result;
    const id = (await world.moves()).find(({ path }) => path.endsWith('spin_left.mp4'))?.id ?? '';
    await world.client.call('changeMoveLabels', { body: { changes: [{ ids: [id], labels: { tags: ['favourite'] } }] } });
    expect(await world.client.call('removeMoves', { body: { ids: [id, 'unknown'] } })).toEqual({ removed: 1 });
    await world.client.call('removeMedia', { params: { id } });
    const out = { added: 0, unchanged: 3, relinked: 0, notes: [expect.stringContaining('stays out') as string] };
    expect(await scan()).toMatchObject(out);
    renameSync(join(folder, 'spin/spin_left.mp4'), join(folder, 'left_turn.mp4'));
    expect(await world.add([folder])).toMatchObject(out);
    expect([await world.moves(), (await world.client.call('listMedia', { query: {} })).items]).toEqual([expect.objectContaining({ length: 3 }), expect.objectContaining({ length: 3 })]);
    expect(await world.add([join(folder, 'left_turn.mp4')])).toMatchObject({ added: 1, notes: [] });
    expect((await world.moves()).find((move) => move.id === id)).toMatchObject({ path: 'bachata/left_turn.mp4', labels: { tags: { value: ['favourite'], origin: 'user' } } });
    expect(await scan()).toMatchObject({ unchanged: 4, notes: [] });
  });

  test('a removed folder takes its moves along, and added again it has all of them, those that were removed before too', async () => {
    const folder = clips();
    const world = await libraryWorld(tempFolder());
    await world.add([folder]);
    const ids = (await world.moves()).map(({ id }) => id);
    const [{ id } = { id: '' }] = (await world.client.call('listLibraryFolders')).folders;
    await world.client.call('removeMoves', { body: { ids: [ids[0] ?? ''] } });
    await world.client.call('addMovesFromMedia', { body: { media_ids: [ids[0] ?? ''] } });
    expect((await world.moves()).map(({ folder_id: of }) => of)).toEqual([id, id, id, id]);
    await world.client.call('removeMoves', { body: { ids: [ids[0] ?? ''] } });
    await world.client.call('removeLibraryFolder', { params: { id } });
    expect([await world.moves(), (await world.client.call('listLibraryFolders')).folders]).toEqual([[], []]);
    expect(readdirSync(folder).length).toBeGreaterThan(0);
    expect(await world.add([folder])).toMatchObject({ added: 4, notes: [] });
    expect((await world.moves()).map((move) => move.id).sort()).toEqual(ids.sort());
  });
});

describe('a clip that ends the analysis process', () => {
  test('is looked at once more alone, is remembered as failed with the reason, holds up no other, and is tried again when it is named', async () => {
    let isFatal = true;
    const tried: string[] = [];
    const startHost = (entry: string): StartHostProcess => () => {
      const host = nodeHostProcess({ entry, tether })();
      const post = (message: unknown): void => {
        host.post(message);
        const { method, input } = message as { method?: string; input?: { file?: { name: string } } };
        if (method !== 'analyze' || input?.file?.name !== 'lady_turn2.mp4') return;
        tried.push(input.file.name);
        if (isFatal) host.kill();
      };
      return { ...host, post };
    };
    const world = await libraryWorld(tempFolder(), 'command', { startHost });
    await world.add([clips()]);
    const moves = await world.analysed();
    const states = (all: typeof moves): string[] => all.map(({ path, state }) => `${path.split('/').at(-1) ?? ''} ${state}`).sort();
    expect(states(moves)).toEqual(['basic_step.mp4 ready', 'lady_turn2.mp4 failed', 'slow_hiproll.mp4 ready', 'spin_left.mp4 ready']);
    const bad = moves.find(({ state }) => state === 'failed');
    expect([bad?.problem, tried.length]).toEqual([expect.stringMatching(/ended twice at lady_turn2\.mp4.*analyse it once more/) as string, 2]);
    expect((await world.client.call('analyzeMoves', { body: {} })).job_id).toBeNull();
    isFatal = false;
    const { job_id: again } = await world.client.call('analyzeMoves', { body: { ids: [bad?.id ?? ''] } });
    await world.finished(again ?? '');
    expect(await world.client.call('getMove', { params: { id: bad?.id ?? '' } })).toMatchObject({ state: 'ready', problem: null });
  });
});

describe('an annotations file with faults', () => {
  test('labels what it can, says the rest, and touches nothing outside the folder', async () => {
    const folder = clips();
    const secret = join(folder, '..', 'secret.mp4');
    copyFileSync(join(source, 'basic/basic_step.mp4'), secret);
    utimesSync(secret, 1, 1);
    symlinkSync(secret, join(folder, 'link.mp4'));
    writeFileSync(
      join(folder, 'my_annotations.json'),
      JSON.stringify([
        { video_path: 'spin/spin_left.mp4', difficulty: 'easy', aura: 7 },
        { video_path: 'spin/spin_left.mp4', difficulty: 'impossible', energy_level: 'high', estimated_tempo: 'fast' },
        { video_path: '../secret.mp4', difficulty: 'hard' },
        { video_path: '/etc/passwd' },
        { video_path: 'link.mp4' },
        { video_path: 'spin/none.mp4' },
        { clip_id: 'LADY_TURN2', style: 'romantic' },
        17,
        { difficulty: 'easy' },
        { video_path: { a: 1 }, clip_id: ['x'] },
      ]),
    );
    const world = await libraryWorld(tempFolder());
    const { annotated, notes } = await world.add([folder]);
    expect(annotated).toBe(2);
    const said = notes.join('\n');
    for (const sentence of ['aura', 'more than once', '../secret.mp4, which lies outside', '/etc/passwd, which lies outside', 'link.mp4, which lies outside', 'spin/none.mp4, which is not', 'entry 8 is no object', 'entry 9 names no clip', '"impossible", not beginner', '"fast", not a tempo']) expect(said).toContain(sentence);
    const moves = await world.moves();
    expect(moves.map(({ path }) => path)).not.toContain('bachata/link.mp4');
    expect(moves.find(({ path }) => path.endsWith('lady_turn2.mp4'))?.labels.style).toEqual({ value: 'romantic', origin: 'annotation' });
    expect(statSync(secret).mtimeMs).toBe(1000);
  });

  test('CSV labels by its header, and what is no annotations file is said without ending the import', async () => {
    const folder = clips();
    writeFileSync(join(folder, 'labels.csv'), 'Video Path;move_name;difficulty;tags\r\n"spin/spin_left.mp4";"Left ""spin""";advanced;"sharp, quick"\r\n');
    const world = await libraryWorld(tempFolder());
    expect(await world.add([folder])).toMatchObject({ added: 4, annotated: 1 });
    expect((await world.moves()).find(({ path }) => path.endsWith('spin_left.mp4'))?.labels).toMatchObject({ name: { value: 'Left "spin"' }, difficulty: { value: 'advanced' }, tags: { value: ['sharp', 'quick'] } });
    writeFileSync(join(folder, 'labels.csv'), '{ not, "a table');
    expect(await world.add([folder])).toMatchObject({ unchanged: 4, annotated: 0, notes: [expect.stringContaining('labels.csv has')] });
  });
});
