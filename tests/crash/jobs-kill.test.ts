/** SIGKILL of real worker processes while they hold jobs: nothing is lost, nothing is done twice in effect. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { describe, expect, onTestFinished, test } from 'vitest';

import { newId } from '../../src-main/adapters/clock/system-clock.ts';
import { newOwnerName, isOwnerAlive } from '../../src-main/adapters/processes/process-identity.ts';
import { openDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { createJobStore } from '../../src-main/adapters/sqlite/job-repository.ts';
import type { JobStore } from '../../src-main/core/jobs/index.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { startNode, type ChildNode } from '../fixtures/child-node.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const WORKER = fileURLToPath(new URL('./jobs-worker.ts', import.meta.url));

const KILLS = Number(process.env['KINETONE_STORM_KILLS'] ?? 6);

interface World {
  readonly folder: string;
  readonly store: JobStore;
  worker(): Promise<ChildNode>;
  enqueue(count: number, work: { steps: number; step_ms: number }): void;
}

function world(): World {
  const folder = tempFolder();
  const database = openDatabase(join(folder, 'kinetone.sqlite'), { log: silentLog });
  onTestFinished(() => void database.close());
  const store = createJobStore(database);
  return {
    folder,
    store,
    async worker() {
      const child = startNode(WORKER, [folder]);
      await child.line(/^ready$/);
      return child;
    },
    enqueue(count, work) {
      for (let number = 0; number < count; number += 1) {
        const job = { id: newId(), kind: 'media-poster', title: `Job ${number}`, payload: { number, ...work }, priority: 0, maxAttempts: 4, stages: [] } as const;
        store.insert({ ...job, dedupeKey: `job-${number}`, idempotencyKey: null, parent: null, mediaId: null, projectId: null }, Date.now());
      }
    },
  };
}

async function until(condition: () => boolean, what: () => string): Promise<void> {
  for (const deadline = Date.now() + 120_000; !condition(); await sleep(20)) if (Date.now() > deadline) throw new Error(`Never came: ${what()}`);
}

const statesOf = (store: JobStore): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { state } of store.list({ limit: 10_000 })) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

describe('kill -9', () => {
  test('a job whose worker was killed is taken up at once by the next one, as its second attempt', async () => {
    const { store, worker, enqueue } = world();
    enqueue(1, { steps: 20, step_ms: 50 });
    const first = await worker();
    await until(() => (store.list({ limit: 1 })[0]?.progress ?? 0) > 0, () => 'progress');
    await first.end('SIGKILL');
    const second = await worker();
    await until(() => statesOf(store)['completed'] === 1, () => JSON.stringify(store.list({ limit: 1 })));
    const [job] = store.list({ limit: 1 });
    expect(job).toMatchObject({ state: 'completed', attempts: 2, result: { pid: second.process.pid } });
  });

  test('a living worker takes over the jobs of a killed one without a restart', async () => {
    const { store, worker, enqueue } = world();
    enqueue(4, { steps: 10, step_ms: 30 });
    const [first] = await Promise.all([worker(), worker()]);
    await until(() => (statesOf(store)['running'] ?? 0) === 4, () => JSON.stringify(statesOf(store)));
    await first.end('SIGKILL');
    await until(() => statesOf(store)['completed'] === 4, () => JSON.stringify(statesOf(store)));
  });

  test('a storm: workers killed at random moments with 60 jobs queued; all complete, each output exists once, no partial is left under its name', async () => {
    const { store, folder, worker, enqueue } = world();
    enqueue(60, { steps: 4, step_ms: 10 });
    const survivor = await worker();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const victim = await worker();
      await sleep(Math.random() * 120);
      await victim.end('SIGKILL');
    }
    await until(() => Object.keys(statesOf(store)).join() === 'completed', () => JSON.stringify(statesOf(store)));
    const outputs = readdirSync(folder).filter((name) => /^out-\d+$/.test(name));
    expect(outputs).toHaveLength(60);
    for (const name of outputs) expect(readFileSync(join(folder, name), 'utf8')).toBe(`made ${name.slice(4)}`);
    const jobs = store.list({ limit: 100 });
    expect(jobs.every(({ progress, error }) => progress === 100 && error === null)).toBe(true);
    // No attempt was run by two processes; one that was killed between its claim and its start left no line.
    const starts = readFileSync(join(folder, 'starts.log'), 'utf8').trim().split('\n');
    expect(new Set(starts).size).toBe(starts.length);
    expect(starts.length).toBeGreaterThanOrEqual(60);
    expect(starts.length).toBeLessThanOrEqual(jobs.reduce((sum, { attempts }) => sum + attempts, 0));
    expect(await survivor.end('SIGTERM')).toBe(0);
  });

  test('a job that kills every process that runs it is given up and does not block the others', async () => {
    const { store, worker, enqueue } = world();
    enqueue(1, { steps: 1000, step_ms: 50 });
    for (let death = 1; death <= 11; death += 1) {
      const victim = await worker();
      await until(() => store.list({ limit: 1 })[0]?.attempts === death && store.list({ limit: 1 })[0]?.state === 'running', () => JSON.stringify(store.list({ limit: 1 })));
      await victim.end('SIGKILL');
    }
    await worker();
    await until(() => store.list({ limit: 1 })[0]?.state === 'failed', () => JSON.stringify(store.list({ limit: 1 })));
    expect(store.list({ limit: 1 })[0]?.error?.code).toBe('job-attempts-spent');
  });

  test('an orderly end gives the lease back unspent', async () => {
    const { store, worker, enqueue } = world();
    enqueue(1, { steps: 100, step_ms: 50 });
    const first = await worker();
    await until(() => statesOf(store)['running'] === 1, () => JSON.stringify(statesOf(store)));
    expect(await first.end('SIGTERM')).toBe(0);
    expect(store.list({ limit: 1 })[0]).toMatchObject({ state: 'pending', attempts: 0 });
  });
});

describe('process identity', () => {
  test('a name is alive with its process, and dead afterwards, for another boot, and for a later process of the same pid', async () => {
    const mine = newOwnerName();
    const [host, boot, pid, ticks, random] = mine.split('.') as [string, string, string, string, string];
    expect(isOwnerAlive(mine)).toBe(true);
    expect(isOwnerAlive([host, 'otherboo', pid, ticks, random].join('.'))).toBe(false);
    expect(isOwnerAlive([host, boot, pid, String(Number(ticks) + 1), random].join('.'))).toBe(false);
    expect(isOwnerAlive([host, boot, '4194305', ticks, random].join('.'))).toBe(false);
    // Another machine on a shared folder cannot be asked: only its lease decides.
    expect(isOwnerAlive(['ffffffff', boot, pid, ticks, random].join('.'))).toBe(true);
  });
});
