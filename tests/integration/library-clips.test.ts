/** The library over clips that are calm and lively by construction: embeddings from elsewhere, a song's sections, real dance clips. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import type { MediaItem } from '../../src-main/contract/documents/media-item.ts';
import type { Move } from '../../src-main/contract/documents/move.ts';
import { type LibraryWorld, libraryWorld } from '../fixtures/library-world.ts';
import { makeMedia } from '../fixtures/make-media.ts';
import { randomOf, randomUnit } from '../fixtures/random-vectors.ts';
import { hasSharedMedia, sharedMedia, sharedMediaReason } from '../fixtures/shared-media.ts';
import { lastingFolder, tempFolder } from '../fixtures/temp-folder.ts';

/** Pixels a second a textured picture 320 wide moves sideways. */
const SPEEDS = { 'a.mp4': 0, 'b.mp4': 400, 'c.mp4': 4, 'd.mp4': 300 } as const;
const LIVELY = ['clips/b.mp4', 'clips/d.mp4'];
const folder = join(lastingFolder('calm-and-lively'), 'clips');

beforeAll(() => {
  mkdirSync(folder);
  for (const [name, speed] of Object.entries(SPEEDS)) {
    const start = name.charCodeAt(0);
    const picture = `nullsrc=size=320x180:rate=30:duration=1.5,geq=lum='128+50*sin((X+${speed}*sin(2*PI*2*T)/6)/9+${start})+40*sin(Y/7)*cos((X+${speed}*sin(2*PI*2*T)/6)/17)':cb=128:cr=128`;
    makeMedia(folder, name, ['-f', 'lavfi', '-i', picture, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']);
  }
});

const named = (moves: readonly Move[], name: string): Move => moves.find(({ path }) => path.endsWith(`/${name}`)) as Move;

test('embeddings from a file live in a space of their own: searched by where nothing is computed, never compared with what is, faults said', async () => {
  const world = await libraryWorld(tempFolder());
  await world.add([folder]);
  const random = randomOf(5);
  const pose = randomUnit(random, 512);
  // Nearly that of a.mp4: the nearest by far.
  const near = pose.map((value, at) => value + (at % 7 === 0 ? 0.002 : 0));
  const audio = randomUnit(random, 128);
  const file = join(tempFolder(), 'move_embeddings.json');
  const embedding = (clip: string, vectors: object): object => ({ clip_id: clip, move_name: clip, video_path: `${clip}.mp4`, ...vectors });
  writeFileSync(
    file,
    JSON.stringify({
      generated_at: '2026-01-01T00:00:00',
      total_embeddings: 6,
      embedding_dimensions: { pose: 512, audio: 128, text: 384 },
      embeddings: [
        embedding('a', { pose_embedding: [...pose], audio_embedding: [...audio] }),
        embedding('b', { pose_embedding: [...randomUnit(random, 512)], audio_embedding: [...randomUnit(random, 128)] }),
        embedding('c', { pose_embedding: [...near], audio_embedding: [1, 2, 3] }),
        embedding('nobody', { pose_embedding: [...pose] }),
        embedding('d', { pose_embedding: Array.from({ length: 512 }, () => 0), audio_embedding: 'loud' }),
        17,
      ],
    }),
  );
  const { imported, notes } = await world.client.call('importEmbeddings', { body: { path: file, space: 'seed' } });
  expect(imported).toBe(3);
  for (const said of [/audio embedding of c\.mp4 has 3 numbers instead of 128/, /pose embedding of d\.mp4 is all zero/, /audio embedding of d\.mp4 holds something that is not a number/, /^1 clip of the file is not in the library/]) expect(notes.some((note) => said.test(note)), String(said)).toBe(true);
  const moves = await world.analysed();
  // Analysed now: what is computed stands in front, what was imported is still there to be asked for.
  expect(named(moves, 'a.mp4').embeddings.pose).toMatchObject({ space: 'motion-1' });
  const weights = { pose: 1, audio: 0, text: 0 };
  const byImported = await world.search({ like: named(moves, 'a.mp4').id, prefer: 'imported-seed', weights, relax: false });
  expect(byImported.hits[0]).toMatchObject({ path: 'clips/c.mp4', parts: { pose: expect.closeTo(1, 2) as number } });
  expect(byImported.hits.find(({ path }) => path === 'clips/d.mp4')?.parts.pose ?? null).toBeNull();
  expect(byImported.notes).toContain('Compared by the imported embeddings (imported-seed).');
  const byComputed = await world.search({ like: named(moves, 'b.mp4').id, weights });
  expect([byComputed.hits[0]?.path, byComputed.notes]).toEqual(['clips/d.mp4', []]);
  // The clips have no sound of their own: the imported ones are all there is.
  const bySound = await world.search({ like: named(moves, 'a.mp4').id, weights: { pose: 0, audio: 1, text: 0 } });
  expect(bySound.notes).toContain('Compared by the imported embeddings (imported-seed).');
  expect(bySound.hits.map(({ path, parts }) => [path, parts.audio !== null]).filter(([, isCompared]) => isCompared)).toEqual([['clips/b.mp4', true]]);
});

/** Clicks at 150 BPM that are faint for 16 s and loud from then on. */
const SONG = "if(lt(t,16),0.04,0.9)*sin(2*PI*1200*t)*exp(-25*mod(t,0.4))";

async function heardSong(world: LibraryWorld): Promise<string> {
  const path = makeMedia(tempFolder(), 'song.wav', ['-f', 'lavfi', '-i', `aevalsrc='${SONG}':s=22050:d=32`]);
  const { items } = await world.client.call('importMedia', { body: { paths: [path] } });
  const { id } = (items[0] as { item: MediaItem }).item;
  const { job_id: job } = await world.client.call('analyzeSong', { params: { id }, body: {} });
  if (job !== null) await world.finished(job);
  return id;
}

test('a loud fast section of a song finds lively clips before calm ones, a faint one the other way round', async () => {
  const world = await libraryWorld(tempFolder());
  await world.add([folder]);
  const moves = await world.analysed();
  expect(moves.map(({ path, labels }) => [path, labels.energy_level?.value]).filter(([, energy]) => energy === 'high').map(([path]) => path).sort()).toEqual(LIVELY);
  const song = await heardSong(world);
  const loud = await world.search({ section: { song_id: song, start: 20, end: 30 } });
  expect(loud.hits.slice(0, 2).map(({ path }) => path).sort()).toEqual(LIVELY);
  expect(loud.hits[0]?.reason).toMatch(/suits high energy at 1(49|50|51) BPM/);
  const faint = await world.search({ section: { song_id: song, start: 2, end: 12 } });
  expect(faint.hits.slice(-2).map(({ path }) => path).sort()).toEqual(LIVELY);
});

const DANCE = ['hiprolls/hiproll_basic.mp4', 'headrolls/double_headroll.mp4'] as const;

test.skipIf(!hasSharedMedia)(`two real dance clips take their labels from the annotations, are analysed, and are found by words${hasSharedMedia ? '' : ` (skipped: ${sharedMediaReason})`}`, async () => {
  const dance = join(tempFolder(), 'bachata');
  for (const path of DANCE) {
    mkdirSync(join(dance, path, '..'), { recursive: true });
    copyFileSync(sharedMedia('dance/clips', path), join(dance, path));
  }
  const { clips } = JSON.parse(readFileSync(sharedMedia('dance/bachata_annotations.json'), 'utf8')) as { clips: { video_path: string; energy_level: string; estimated_tempo: number }[] };
  const told = DANCE.map((path) => clips.find(({ video_path: of }) => of === path));
  const world = await libraryWorld(tempFolder());
  const report = await world.add([dance], sharedMedia('dance/bachata_annotations.json'));
  expect(report).toMatchObject({ added: 2, annotated: 2, rejected: [] });
  const moves = await world.analysed();
  for (const [at, path] of DANCE.entries()) {
    const move = named(moves, path.split('/')[1] as string);
    expect(move).toMatchObject({ state: 'ready', problem: null, labels: { energy_level: { value: told[at]?.energy_level, origin: 'annotation' }, tempo: { value: told[at]?.estimated_tempo, origin: 'annotation' } } });
    expect(move.embeddings).toMatchObject({ pose: { space: 'motion-1' }, text: { space: 'lexical-1' } });
    const [words, other] = at === 0 ? ['basic hip rolls', 'head'] : ['the lady circles her head twice, head roll', 'hip'];
    const { hits } = await world.search({ text: words });
    expect([hits[0]?.id, hits[0]?.reason.includes(other)]).toEqual([move.id, false]);
  }
});
