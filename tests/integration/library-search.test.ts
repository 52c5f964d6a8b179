/** The vector store and the search over it: the same hits on every path, bad days of the store, filters that relax. */
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { SupervisedHost } from '../../src-main/adapters/host-process/supervised-host.ts';
import { nodeHostProcess } from '../../src-main/adapters/host-process/node-host-process.ts';
import { systemClock } from '../../src-main/adapters/clock/system-clock.ts';
import { nativeMatrix } from '../../src-main/adapters/native/vector-matrix.ts';
import { openDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { mediaStore } from '../../src-main/adapters/sqlite/media-store.ts';
import { moveStore } from '../../src-main/adapters/sqlite/move-store.ts';
import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS } from '../../src-main/contract/documents/move.ts';
import { MoveQuerySchema } from '../../src-main/contract/documents/move-search.ts';
import { HostVectors, MoveIndex, MoveSearch, VectorFiling, type MakeMatrix, type MoveStore, plainMatrix } from '../../src-main/core/library/index.ts';
import { setLabels } from '../../src-main/core/library/describe.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { randomOf, randomUnit } from '../fixtures/random-vectors.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const MOVES = 40;
const ENTRY = fileURLToPath(new URL('../../src-main/hosts/vectors.ts', import.meta.url));
const WORDS = ['hip roll', 'spin', 'body wave', 'dip'] as const;

/** Moves with random embeddings and known labels: every fourth an advanced one, every second high in energy. */
function filled(folder: string): MoveStore {
  const database = openDatabase(join(folder, 'kinetone.sqlite'), { log: silentLog });
  onTestFinished(() => void database.close());
  const [items, store, random] = [mediaStore(database), moveStore(database), randomOf(7)];
  const probe = { demuxer: 'mov', duration_s: 8, video: null, audio: null };
  for (let at = 0; at < MOVES; at += 1) {
    const id = `move-${String(at).padStart(2, '0')}`;
    items.insert({ id, kind: 'video', name: `${id}.mp4`, path: `/clips/${id}.mp4`, isOwned: false, sizeBytes: 1, modifiedMs: 1, ends: id, identity: `ends:${id}`, sha256: null, probe, isMissing: false, createdMs: at, removedMs: null });
    store.put({ id, folderId: null, path: `${id}.mp4`, nowMs: at });
    setLabels(store, id, 'annotation', { name: `${WORDS[at % 4] ?? ''} ${at}`, difficulty: at % 4 === 0 ? 'advanced' : 'beginner', energy_level: at % 2 === 0 ? 'high' : 'low' });
    for (const kind of ['pose', 'audio'] as const) if (at % 5 > 0) store.putEmbedding(id, { kind, space: `${kind}-1`, note: null, vector: randomUnit(random, EMBEDDING_DIMENSIONS[kind]) });
    if (at % 3 === 0) store.putEmbedding(id, { kind: 'pose', space: 'imported', note: null, vector: randomUnit(random, 512) });
  }
  return store;
}

function world(folder: string, { makeMatrix = nativeMatrix, cacheS = 3600 }: { makeMatrix?: MakeMatrix; cacheS?: number } = {}) {
  const store = filled(folder);
  const host = new SupervisedHost({ name: 'vectors', start: nodeHostProcess({ entry: ENTRY, tether: null }), clock: systemClock, log: silentLog });
  onTestFinished(() => host.stop());
  const vectors = new HostVectors(host, join(folder, 'library.lance'));
  const filing = new VectorFiling({ store, vectors, log: silentLog, delayMs: 10 });
  const index = new MoveIndex({ store, vectors, makeMatrix, clock: systemClock, log: silentLog, cacheS: () => cacheS, repair: () => filing.soon() });
  const search = new MoveSearch({ index, store, stretch: () => null, log: silentLog, top: () => 20, elapsedMs: () => 0 });
  return { store, filing, index, ask: (query: object) => search.search(MoveQuerySchema.parse(query)) };
}

const QUERIES = [{ like: 'move-01' }, { like: 'move-06', weights: { pose: 1, audio: 0, text: 0.2 }, top: 7 }, { text: 'spin without dips' }, { text: 'hip rol', like: 'move-02' }, { follow: 'move-03' }, { like: 'move-03', prefer: 'imported', top: 40 }] as const;

test('memory, LanceDB, the database’s copy and the plain scan give the same hits, scores and reasons', async () => {
  const folder = tempFolder();
  const { filing, index, ask } = world(folder);
  const plain = world(tempFolder(), { makeMatrix: plainMatrix });
  for (const query of QUERIES) {
    index.forget();
    await filing.now();
    const stored = await ask(query);
    const held = await ask(query);
    rmSync(join(folder, 'library.lance'), { recursive: true });
    index.forget();
    const copied = await ask(query);
    expect([stored.source, held.source, copied.source]).toEqual(['lancedb', 'memory', 'sqlite']);
    expect([held.hits, copied.hits, (await plain.ask(query)).hits]).toEqual([stored.hits, stored.hits, stored.hits]);
    expect(stored.hits.length).toBeGreaterThan(0);
  }
}, 60_000);

test('words that no move has, nor anything spelt like them, find nothing and say so; beside an example they do no harm', async () => {
  const { ask } = world(tempFolder());
  const nothing = await ask({ text: 'zzzqqq' });
  expect([nothing.hits, nothing.notes]).toEqual([[], ['No move is described or spelt like that.']]);
  // Letters that no move has share places of the vectors with those of some.
  const letters = (seed: number): string => Array.from({ length: 5 }, (_, i) => 'bcdfghjkqvwxz'[(seed * 31 + i * i * 7 + seed * i * 3) % 13]).join('');
  for (let seed = 0; seed < 60; seed += 1) expect((await ask({ text: letters(seed) })).hits).toEqual([]);
  expect((await ask({ text: 'zzzqqq', like: 'move-01' })).hits.length).toBeGreaterThan(0);
  const spins = (await ask({ text: 'spin', top: 40 })).hits;
  expect(spins.length).toBeGreaterThanOrEqual(10);
  expect(spins.every(({ reason }) => reason !== 'in the library')).toBe(true);
}, 30_000);

test('vectors of different spaces are never compared', async () => {
  const { ask } = world(tempFolder());
  const { hits, notes } = await ask({ like: 'move-03', prefer: 'imported', top: 40, relax: false });
  for (const { id, parts } of hits) expect(parts.pose === null).toBe(Number(id.slice(-2)) % 3 !== 0);
  expect(notes).toContain('Compared by the imported embeddings (imported).');
});

test('a half-written, emptied or unreadable store is said, searched around and made anew', async () => {
  const folder = tempFolder();
  const { filing, index, ask } = world(folder);
  const lance = join(folder, 'library.lance');
  await filing.now();
  const before = await ask({ like: 'move-01' });
  const versions = join(lance, 'pose.lance', '_versions');
  for (const file of readdirSync(versions)) writeFileSync(join(versions, file), 'half');
  index.forget();
  const during = await ask({ like: 'move-01' });
  expect([during.source, during.hits, during.notes.join(' ')]).toEqual(['sqlite', before.hits, expect.stringContaining('vector store could not be read')]);
  await filing.now();
  index.forget();
  expect(await ask({ like: 'move-01' })).toMatchObject({ source: 'lancedb', hits: before.hits, notes: [] });
  rmSync(lance, { recursive: true });
  writeFileSync(lance, 'a file where the folder was');
  index.forget();
  expect((await ask({ like: 'move-01' })).hits).toEqual(before.hits);
  await filing.now();
  expect(existsSync(join(lance, 'pose.lance'))).toBe(true);
  chmodSync(lance, 0o700);
}, 60_000);

test('a change is seen by the next search, in memory and in the store', async () => {
  const { store, filing, index, ask } = world(tempFolder());
  await filing.now();
  await ask({ text: 'lift' });
  setLabels(store, 'move-09', 'user', { name: 'great lift' });
  expect((await ask({ text: 'lift' })).hits[0]?.id).toBe('move-09');
  store.remove(['move-09'], 1);
  expect((await ask({ text: 'lift', top: 40 })).hits.map(({ id }) => id)).not.toContain('move-09');
  await filing.now();
  index.forget();
  expect((await ask({ text: 'lift', top: 40 })).source).toBe('lancedb');
});

test('filters hold before the scan; where they leave too few they are relaxed step by step, and it is said', async () => {
  const { ask } = world(tempFolder());
  const exact = await ask({ text: 'spin', filters: { difficulty: 'beginner', energy_level: 'low' }, top: 40 });
  expect([exact.candidates, exact.notes, exact.hits.every(({ id }) => Number(id.slice(-2)) % 2 === 1)]).toEqual([20, [], true]);
  const relaxed = await ask({ text: 'hip roll', filters: { difficulty: 'advanced', energy_level: 'low', style: 'modern' } });
  expect(relaxed.filters).toEqual({ difficulty: 'advanced' });
  expect(relaxed.notes).toEqual(['Too few moves match: energy and style were left out, 10 match.']);
  expect((await ask({ text: 'spin', filters: { difficulty: 'advanced', energy_level: 'low' }, relax: false })).hits).toEqual([]);
  expect((await ask({ text: 'spin', filters: { difficulty: 'intermediate' } })).notes).toEqual(['No filter leaves enough moves: all 40 were searched.']);
});

test('equal scores come in order of ids, and a failing scan draws the same moves for the same query', async () => {
  const { ask, store } = world(tempFolder());
  for (const id of ['move-31', 'move-11', 'move-21']) setLabels(store, id, 'user', { name: 'quebradita', difficulty: 'beginner', energy_level: 'low' });
  expect((await ask({ text: 'quebradita', top: 3 })).hits.map(({ id }) => id)).toEqual(['move-11', 'move-21', 'move-31']);
  const broken: MakeMatrix = () => {
    throw new Error('no memory');
  };
  const failing = world(tempFolder(), { makeMatrix: broken });
  const [first, again, other] = [await failing.ask({ text: 'spin', top: 5 }), await failing.ask({ text: 'spin', top: 5 }), await failing.ask({ text: 'dip', top: 5 })];
  expect([first.source, first.hits.length, first.notes.join(' ')]).toEqual(['random', 5, expect.stringContaining('drawn at random')]);
  expect(again.hits).toEqual(first.hits);
  expect(other.hits).not.toEqual(first.hits);
  expect(EMBEDDING_KINDS).toHaveLength(3);
});
