import { expect, test } from 'vitest';

import { FakeClock } from '../../../../tests/fakes/clock.ts';
import { plainMapping } from '../../../../tests/fixtures/mapping.ts';
import { silentLog } from '../../log.ts';
import { LiveSessions, type LiveSessionsPorts } from './live-sessions.ts';
import { MemorySessionStore } from './memory-session-store.ts';
import type { LiveHost } from './ports.ts';

/** A host that sounds until it is told to stop, and then takes its time; one that hangs answers nothing any more. */
function slowHost(sounding: Set<string>, hangs: () => boolean): LiveHost {
  const stops = new Map<string, () => void>();
  return {
    play: ({ session_id: id }, { onEvent }) => {
      sounding.add(id);
      queueMicrotask(() => onEvent({ type: 'stream', stream: { device: 'a', host_api: 'b', sample_rate: 48_000, buffer_frames: 256, latency_ms: 5, engine_latency_ms: 3, channels: 2, channel_pair: 0, is_fallback: false, is_null: true } as never }));
      return new Promise((resolve) => {
        stops.set(id, () => void setTimeout(() => resolve(void sounding.delete(id)), 20));
      });
    },
    command: (id, { kind }) => {
      if (hangs()) return new Promise(() => undefined);
      if (kind === 'stop') stops.get(id)?.();
      return Promise.resolve(null);
    },
    stopRecording: () => Promise.reject(new Error('nothing is recorded')),
  };
}

function world({ hangs = () => false }: { hangs?: () => boolean } = {}) {
  const sounding = new Set<string>();
  const clock = new FakeClock();
  const store = new MemorySessionStore();
  const told: string[] = [];
  const ports: LiveSessionsPorts = {
    host: slowHost(sounding, hangs),
    media: { get: () => { throw new Error('no media here'); } },
    features: {} as LiveSessionsPorts['features'],
    recordings: { discard: () => Promise.resolve() } as unknown as LiveSessionsPorts['recordings'],
    store,
    events: { state: (event: { type: string }) => void told.push(event.type), rate: () => undefined } as unknown as LiveSessionsPorts['events'],
    clock,
    log: silentLog,
    newId: (() => {
      let count = 0;
      return () => `session${(count += 1)}`;
    })(),
    defaultMapping: () => plainMapping,
    checkProject: () => undefined,
    onClosed: (id) => void told.push(`closed ${id}`),
  };
  const sessions = new LiveSessions(ports);
  const create = () => sessions.create({ project_id: 'project', source: { kind: 'camera' }, seed: 1 });
  return { sessions, store, told, create, sounding, clock };
}

test('of two sessions that a project asks for at the same time one is left, also while the one before still fades', async () => {
  const { sessions, store, create } = world();
  const before = await create();
  await sessions.get(before.id).generate({ parameters: {} });
  const [, second] = await Promise.all([create(), create()]);
  expect(sessions.list().map(({ id }) => id)).toEqual([second.id]);
  expect(store.list().map(({ id }) => id)).toEqual([second.id]);
});

test('a session closed twice at the same time is closed once, and nothing of it comes back', async () => {
  const { sessions, store, told, create } = world();
  const { id } = await create();
  await sessions.get(id).generate({ parameters: {} });
  const ends = await Promise.allSettled([sessions.remove(id), sessions.remove(id)]);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(told.filter((text) => text.startsWith('closed'))).toEqual([`closed ${id}`]);
  expect([sessions.list(), store.list()]).toEqual([[], []]);
  expect(told.at(-1)).toBe('session-closed');
});

test('a session that is asked to sound while it is being closed does not sound on', async () => {
  const { sessions, sounding, create } = world();
  const { id } = await create();
  const session = sessions.get(id);
  await session.generate({ parameters: {} });
  const removed = sessions.remove(id);
  await Promise.resolve();
  await expect(session.generate({ parameters: {} })).rejects.toMatchObject({ code: 'session-not-found' });
  await removed;
  expect([...sounding]).toEqual([]);
});

test('a host that does not answer holds a session up for its time, and the others no longer than that', async () => {
  let hangs = false;
  const { sessions, create, clock } = world({ hangs: () => hangs });
  const { id } = await create();
  await sessions.get(id).generate({ parameters: {} });
  hangs = true;
  const [removed, next] = [sessions.remove(id), sessions.create({ project_id: null, source: { kind: 'camera' }, seed: 1 })];
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await clock.advance(2000);
  await removed;
  expect(sessions.list().map((session) => session.id)).toEqual([(await next).id]);
});
