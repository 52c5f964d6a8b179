import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { RecordedEvents } from '../../../tests/fakes/events.ts';
import { songOf } from '../../../tests/fixtures/dance-library.ts';
import { mediaItem } from '../../../tests/fixtures/library-items.ts';
import { tempFolder } from '../../../tests/fixtures/temp-folder.ts';
import { openDatabase } from '../../adapters/sqlite/database.ts';
import { songRepository } from '../../adapters/sqlite/song-repository.ts';
import { SONG_VERSION } from '../../contract/limits.ts';
import type { Jobs } from '../jobs/job-handler.ts';
import { silentLog } from '../log.ts';
import { Songs } from './songs.ts';

const IDS = ['a', 'b', 'c'];

/** Songs over real tables; `read` tells whose analysis was read whole. */
function world() {
  const database = openDatabase(join(tempFolder(), 'kinetone.sqlite'), { log: silentLog });
  onTestFinished(() => void database.close());
  const tables = songRepository(database);
  const read: string[] = [];
  const analysis: typeof tables.analysis = (key) => (read.push(key.identity), tables.analysis(key));
  const store = new Proxy(tables, { get: (target, name) => (name === 'analysis' ? analysis : (target[name as keyof typeof target] as () => unknown).bind(target)) });
  const { probe } = mediaItem('song', { kind: 'audio', seconds: 60 });
  const item = (id: string) => ({ id, name: `${id}.ogg`, path: `/${id}.ogg`, identity: `sha256:${id}`, probe });
  const media = { source: item, identityOf: item, songs: () => IDS.map(item) };
  const model = { name: () => null, activations: () => Promise.reject(new Error('There is none.')) };
  const songs = new Songs({ media, store, model, jobs: () => ({ list: () => [] }) as unknown as Jobs, events: new RecordedEvents() });
  const put = (id: string, version: number, song: ReturnType<typeof songOf>, atMs: number): void => tables.put({ identity: `sha256:${id}`, version, source: 'onsets' }, song, atMs);
  return { songs, put, read };
}

test('a list of songs reads no analysis; an edited song’s is read once for each edit, and both say what the song itself says', () => {
  const { songs, put, read } = world();
  put('a', SONG_VERSION, songOf({ tempo: 120, energy: [0.2, 0.4] }), 1);
  put('a', SONG_VERSION - 1, songOf({ tempo: 90 }), 2);
  put('b', SONG_VERSION - 1, songOf({ tempo: 96 }), 3);
  const shown = () => songs.list().map(({ id, state, tempo, time_signature: signature, energy }) => [id, state, tempo, signature, energy === null ? null : Number(energy.toFixed(6))]);
  expect(shown()).toEqual([['a', 'ready', 120, '4/4', 0.3], ['b', 'stale', 96, '4/4', 0.5], ['c', 'none', null, null, null]]);
  expect(read).toEqual([]);
  songs.changeEdits('a', { tempo_factor: 2, key: 'A minor' });
  read.length = 0;
  for (let time = 0; time < 3; time += 1) expect(songs.list()[0]).toMatchObject({ tempo: 240, key: 'A minor', is_edited: true });
  expect(read.length).toBeLessThanOrEqual(1);
  put('a', SONG_VERSION, songOf({ tempo: 100 }), 4);
  expect(songs.list()[0]).toMatchObject({ tempo: songs.get('a').analysis?.tempo, duration: 60 });
  expect(Math.round(songs.list()[0]?.tempo ?? 0)).toBe(200);
});
