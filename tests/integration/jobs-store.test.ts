/** The job table under SQLite: how statements find their rows, what is kept for how long, what two claimants do to one another. */
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { newId } from '../../src-main/adapters/clock/system-clock.ts';
import { openDatabase, type SqliteDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { createJobStore } from '../../src-main/adapters/sqlite/job-repository.ts';
import * as statements from '../../src-main/adapters/sqlite/job-statements.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import type { JobStore } from '../../src-main/core/jobs/index.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { handlerOf, queueWorld } from '../fixtures/job-queue.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const DAY_MS = 24 * 3600 * 1000;
const NEW = { kind: 'media-poster', title: 't', payload: {}, priority: 0, maxAttempts: 4, stages: [], dedupeKey: null, idempotencyKey: null, parent: null, mediaId: null, projectId: null } as const;

function opened(folder = tempFolder()): { database: SqliteDatabase; store: JobStore } {
  const database = openDatabase(join(folder, 'kinetone.sqlite'), { log: silentLog });
  onTestFinished(() => void database.close());
  return { database, store: createJobStore(database) };
}

test('no statement of the queue reads the whole table or sorts it', () => {
  const { database } = opened();
  const plans = Object.entries(statements).map(([name, text]) => {
    const parameters = Object.fromEntries([...text.matchAll(/@(\w+)/g)].map(([, parameter]) => [parameter, null]));
    const rows = database.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(parameters);
    return [name, rows.map(({ detail }) => detail).filter((detail) => /^SCAN jobs$|TEMP B-TREE FOR ORDER/.test(detail))] as const;
  });
  expect(plans.filter(([, bad]) => bad.length > 0)).toEqual([]);
});

test('a job is claimed by one of many claimants', () => {
  const folder = tempFolder();
  const stores = Array.from({ length: 5 }, () => opened(folder).store);
  for (let i = 0; i < 20; i += 1) stores[0]?.insert({ ...NEW, id: newId() }, 0);
  const claims = Array.from({ length: 8 }, () => stores.map((store, i) => store.claim({ owner: `owner-${i}`, kinds: ['media-poster'], leaseMs: 1000, maxInterruptions: 10, nowMs: 1 })));
  const ids = claims.flat().flatMap((claim) => (claim === null ? [] : [claim.lease.jobId]));
  expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
});

test('an interrupted job waits behind those of its priority that were not', () => {
  const { store } = opened();
  for (const id of ['poison', 'b', 'c']) store.insert({ ...NEW, id }, 0);
  const claim = (owner: string, nowMs: number): string | undefined => store.claim({ owner, kinds: ['media-poster'], leaseMs: 1000, maxInterruptions: 10, nowMs })?.job.id;
  expect(claim('one', 1)).toBe('poison');
  store.sweep({ isOwnerAlive: () => false, maxInterruptions: 10, nowMs: 2 });
  expect(claim('two', 3)).toBe('poison');
  store.sweep({ isOwnerAlive: () => false, maxInterruptions: 10, nowMs: 4 });
  expect([claim('three', 5), claim('three', 6), claim('three', 7)]).toEqual(['b', 'c', 'poison']);
});

test('a change after the newest jobs were pruned is found by another process', () => {
  const folder = tempFolder();
  const [writer, reader] = [opened(folder).store, opened(folder).store];
  for (const id of ['a', 'b', 'c']) writer.insert({ ...NEW, id }, 0);
  for (const id of ['a', 'b']) writer.requestCancel(id, 1);
  const seen = reader.newestRevision();
  expect(writer.prune(DAY_MS)).toEqual(['a', 'b']);
  writer.insert({ ...NEW, id: 'd' }, DAY_MS);
  writer.requestCancel('c', DAY_MS);
  expect(reader.changedSince(seen).map(({ job }) => job.id)).toEqual(['d', 'c']);
});

test('every write with a lease that is not held is rejected and changes nothing', () => {
  const { store } = opened();
  store.insert({ ...NEW, id: 'job1' }, 0);
  const claim = store.claim({ owner: 'me', kinds: ['media-poster'], leaseMs: 1000, maxInterruptions: 10, nowMs: 1 });
  const before = store.get('job1');
  const progress = { stage: null, stages: [], progress: 50, message: null, speed: null, etaS: null };
  const wrong = [{ owner: 'other' }, { attempt: 2 }, { attempt: 0 }, { jobId: 'job2' }].map((part) => ({ jobId: 'job1', owner: 'me', attempt: 1, ...part }));
  expect(claim?.lease).toEqual({ jobId: 'job1', owner: 'me', attempt: 1 });
  for (const lease of wrong) {
    expect(store.heartbeat(lease, 1000, progress, 2)).toBe('lost');
    expect(store.finish(lease, { state: 'completed', result: 1, stages: [] }, 2)).toBeNull();
    expect(store.finish(lease, { state: 'failed', error: new AppError('internal', 'x').toBody() }, 2)).toBeNull();
    expect(store.finish(lease, { state: 'cancelled' }, 2)).toBeNull();
    expect(store.giveBack(lease, 2)).toBeNull();
  }
  expect(store.get('job1')).toEqual(before);
});

test('two live jobs never share a dedupe key, not even through a retry', async () => {
  const { make } = queueWorld();
  const { queue } = make({ handlers: [handlerOf('media-poster', async () => Promise.reject(new AppError('media-unreadable', 'x')))] });
  queue.start();
  const failed = await queue.finished(queue.enqueue({ kind: 'media-poster', title: 't', payload: {}, dedupeKey: 'k' }).id);
  const live = queue.enqueue({ kind: 'media-poster', title: 't', payload: {}, dedupeKey: 'k' });
  queue.pause(live.id);
  expect(() => queue.retry(failed.id)).toThrow(expect.objectContaining({ code: 'job-not-retryable', message: 'The same work is already waiting or running.' }));
  await queue.stop();
});

test('ended jobs and their logs go after 30 days, results that are found by a key stay', async () => {
  const { clock, make } = queueWorld();
  const handlers = [handlerOf('media-poster', async () => 1)];
  const { queue } = make({ handlers });
  queue.start();
  const [plain, keyed, dismissed] = [{}, { idempotencyKey: 'k' }, { idempotencyKey: 'd' }].map((part) => queue.enqueue({ kind: 'media-poster', title: 't', payload: {}, ...part }).id) as [string, string, string];
  await Promise.all([plain, keyed, dismissed].map((id) => queue.finished(id)));
  queue.dismiss(dismissed);
  expect(queue.log(plain).lines).not.toEqual([]);
  await queue.stop();
  await clock.advance(31 * DAY_MS);
  const next = make({ handlers }).queue;
  next.start();
  expect(next.list().map(({ id }) => id)).toEqual([keyed]);
  for (const id of [plain, dismissed]) expect(() => next.get(id)).toThrow(expect.objectContaining({ code: 'job-not-found' }));
  await next.stop();
});

test('a machine that slept past its lease goes on with its own job, even on the last attempt', async () => {
  const { clock, make } = queueWorld();
  let finish = (): void => undefined;
  let runs = 0;
  const { queue } = make({
    isOwnerAlive: () => false,
    handlers: [handlerOf('media-poster', () => new Promise<string>((resolve) => {
      runs += 1;
      finish = () => resolve('slept well');
    }))],
  });
  queue.start();
  const { id } = queue.enqueue({ kind: 'media-poster', title: 't', payload: {} });
  await clock.advance(1000);
  (clock as unknown as { now: number }).now += 8 * 3600 * 1000;
  await clock.advance(1000);
  finish();
  expect(await queue.finished(id)).toMatchObject({ state: 'completed', result: 'slept well', attempts: 1 });
  expect(runs).toBe(1);
  await queue.stop();
});

test('a result that cannot be stored now is stored once the disk has room, without running the work again', async () => {
  const { clock, make, folder } = queueWorld();
  const { store } = opened(folder);
  let runs = 0;
  let isFull = false;
  const fullable = new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        if (isFull && name === 'finish') throw new AppError('disk-full', 'The disk is full.');
        return Reflect.apply(member, target, args);
      };
    },
  });
  const { queue } = make({ store: fullable, handlers: [handlerOf('media-poster', async () => {
    isFull = true;
    return (runs += 1);
  })] });
  queue.start();
  const { id } = queue.enqueue({ kind: 'media-poster', title: 't', payload: {} });
  await clock.advance(60_000);
  expect(queue.get(id).state).toBe('running');
  isFull = false;
  await clock.advance(2000);
  expect(queue.get(id)).toMatchObject({ state: 'completed', result: 1 });
  await queue.stop();
});
