/** Both stores of sessions, in memory and in SQLite, do the same; the second one over restarts. */
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { sessionRepository } from '../../src-main/adapters/sqlite/session-repository.ts';
import type { Session } from '../../src-main/contract/documents/session.ts';
import { SessionSchema } from '../../src-main/contract/documents/session.ts';
import { featureLayout } from '../../src-main/contract/feature-layout.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { MemorySessionStore } from '../../src-main/core/sonify/index.ts';
import type { SessionStore } from '../../src-main/core/sonify/ports.ts';
import { plainMapping } from '../fixtures/mapping.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const openFile = (path: string) => openDatabase(path, { log: silentLog });
const stores: [string, () => SessionStore][] = [
  ['in memory', () => new MemorySessionStore()],
  ['in SQLite', () => sessionRepository(openFile(join(tempFolder(), 'kinetone.sqlite')))],
];

const row = (value: number): Float32Array => new Float32Array(featureLayout.columns).fill(value);

function session(id: string, createdAt = '2026-11-01T10:00:00.000Z'): Session {
  return SessionSchema.parse({
    id,
    project_id: null,
    source: { kind: 'camera' },
    mapping: plainMapping,
    seed: 7,
    parameters: { bpm: 128 },
    transport: { is_playing: false, speed: 1, is_looping: false, start_s: 0, end_s: 0 },
    output: {},
    ceiling_db: -1,
    volume: 1,
    stream: null,
    is_recording: false,
    created_at: createdAt,
    expires_at: '2026-11-02T10:00:00.000Z',
  });
}

describe.each(stores)('a store %s', (_, open) => {
  test('lists sessions as they were saved last, the oldest first', () => {
    const store = open();
    store.save(session('b', '2026-11-01T11:00:00.000Z'));
    store.save(session('a'));
    store.save({ ...session('b', '2026-11-01T11:00:00.000Z'), volume: 0.5 });
    expect(store.list()).toEqual([session('a'), { ...session('b', '2026-11-01T11:00:00.000Z'), volume: 0.5 }]);
  });

  test('gives a frame back bit for bit, and the one stored last under a number', () => {
    const store = open();
    const seen = row(0).map(() => Math.fround(Math.random()));
    store.putFrame('a', { frame: 5, timestampS: 1 / 3, row: row(1) });
    store.putFrame('a', { frame: 5, timestampS: 2 / 3, row: seen });
    expect(store.frame('a', 5)).toEqual({ frame: 5, timestampS: 2 / 3, row: seen });
    expect([store.frame('a', 4), store.frame('b', 5), store.countFrames('a'), store.countFrames('b')]).toEqual([null, null, 1, 0]);
  });

  test('keeps its own copy of what it is given', () => {
    const store = open();
    const given = row(1);
    store.putFrame('a', { frame: 0, timestampS: 0, row: given });
    given.fill(2);
    expect(store.frame('a', 0)?.row).toEqual(row(1));
  });

  test('answers any range in order, as a list of everything would', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(2 ** 31 - 1), { maxLength: 40 }), fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1), fc.integer({ min: 1, max: 50 }), (numbers, one, other, most) => {
        const store = open();
        for (const frame of numbers) store.putFrame('a', { frame, timestampS: frame, row: row(frame % 97) });
        store.putFrame('b', { frame: one, timestampS: 0, row: row(1) });
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        const expected = numbers.filter((frame) => frame >= first && frame <= last).sort((x, y) => x - y).slice(0, most);
        expect(store.frames('a', first, last, most).map(({ frame }) => frame)).toEqual(expected);
        expect(store.countFrames('a')).toBe(numbers.length);
      }),
      { numRuns: 20 },
    );
  });

  test('drops the lowest number whatever comes between two drops', () => {
    const put = fc.record({ number: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(fc.option(put, { freq: 3 }), { maxLength: 80 }), (steps) => {
        const store = open();
        const expected = new Set<number>();
        for (const step of steps) {
          if (step) {
            store.putFrame('a', { frame: step.number, timestampS: 0, row: row(1) });
            expected.add(step.number);
          } else {
            store.dropFirstFrame('a');
            expected.delete(Math.min(...expected));
          }
        }
        expect(store.frames('a', 0, 100, 100).map(({ frame }) => frame)).toEqual([...expected].sort((x, y) => x - y));
      }),
      { numRuns: 40 },
    );
  });

  test('drops the frame with the lowest number', () => {
    const store = open();
    for (const frame of [9, 2, 5]) store.putFrame('a', { frame, timestampS: 0, row: row(frame) });
    store.dropFirstFrame('a');
    store.dropFirstFrame('nobody');
    expect(store.frames('a', 0, 100, 10).map(({ frame }) => frame)).toEqual([5, 9]);
  });

  test('has nothing of a removed session, and everything of the others', async () => {
    const store = open();
    for (const id of ['a', 'b']) {
      store.save(session(id));
      for (let frame = 0; frame < 5000; frame += 1) store.putFrame(id, { frame, timestampS: frame, row: row(frame) });
    }
    store.remove('a');
    expect([store.frame('a', 0), store.countFrames('a'), store.list().map(({ id }) => id)]).toEqual([null, 0, ['b']]);
    for (let i = 0; i < 10; i += 1) await turn();
    expect([store.countFrames('a'), store.countFrames('b')]).toEqual([0, 5000]);
  });
});

test('what SQLite stored is there when the file is opened again, and frames of a session removed just before are not', () => {
  const path = join(tempFolder(), 'kinetone.sqlite');
  const first = openFile(path);
  const before = sessionRepository(first);
  for (const id of ['a', 'b']) {
    before.save(session(id));
    before.putFrame(id, { frame: 3, timestampS: 0.1, row: row(3) });
  }
  before.remove('a');
  // Closed before the frames of the removed one are deleted.
  first.close();
  const second = openFile(path);
  const after = sessionRepository(second);
  expect(after.list()).toEqual([session('b')]);
  expect([after.frame('a', 3), after.frame('b', 3)]).toEqual([null, { frame: 3, timestampS: 0.1, row: row(3) }]);
  second.close();
});

test('a session of a project goes with it', () => {
  const database = openFile(join(tempFolder(), 'kinetone.sqlite'));
  database.exec("INSERT INTO projects (id, kind, name, seq, head, created_ms, updated_ms) VALUES ('p', 'sonify', 'P', 0, 0, 0, 0)");
  const store = sessionRepository(database);
  store.save({ ...session('a'), project_id: 'p', expires_at: null });
  database.exec("DELETE FROM projects WHERE id = 'p'");
  expect(store.list()).toEqual([]);
  database.close();
});
