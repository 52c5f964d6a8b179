/** A studio killed at random moments, over and over: it always opens again, finishes its jobs, and leaves no process. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Job } from '../../src-main/contract/documents/job.ts';
import type { MappingEntry } from '../../src-main/contract/operations/sonify.ts';
import { film } from '../fixtures/films.ts';
import { type Serving, serve, temporaryFolder } from '../fixtures/program.ts';
import { SLACK_MS, soakMs } from './duration.ts';

const folder = temporaryFolder('storm');
afterAll(() => folder.remove());
const dataDir = join(folder.path, 'data');
let source = '';
beforeAll(() => {
  source = film(folder.path, 'film.mp4', { seconds: 4, toneHz: 200 });
});

async function json<T>(serving: Serving, path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await serving.fetch(path, init);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

async function startWork(serving: Serving, seed: number): Promise<void> {
  const { items } = await json<{ items: { item: { id: string } }[] }>(serving, '/api/media', { paths: [source] });
  const { mappings } = await json<{ mappings: MappingEntry[] }>(serving, '/api/mappings');
  const mapping = mappings[seed % mappings.length]?.mapping;
  const settings = { format: seed % 2 === 0 ? 'mp4' : 'wav', loudness: -14, original: 'mix', stems: false };
  await json(serving, '/api/sonify/renders', { media_id: items[0]?.item.id, mapping, seed, settings });
}

function processes(): string[] {
  return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n').filter((line) => line.includes(folder.path) && !line.includes('ps -eo'));
}

async function settled(serving: Serving): Promise<Job[]> {
  for (let tries = 0; tries < 900; tries += 1) {
    const { jobs } = await json<{ jobs: Job[] }>(serving, '/api/jobs?limit=1000');
    if (jobs.every((job) => job.state !== 'pending' && job.state !== 'running')) return jobs;
    await sleep(200);
  }
  throw new Error('jobs did not settle');
}

test('a studio killed at random moments loses no job and leaves nothing behind', { timeout: soakMs + SLACK_MS * 2 }, async () => {
  const until = Date.now() + soakMs;
  let kills = 0;
  while (Date.now() < until) {
    const serving = await serve({ dataDir });
    await startWork(serving, kills);
    await sleep(Math.random() * 2500);
    await serving.stop('SIGKILL');
    kills += 1;
    for (let tries = 0; tries < 60 && processes().length > 0; tries += 1) await sleep(50);
    expect(processes()).toEqual([]);
  }
  const serving = await serve({ dataDir });
  const jobs = await settled(serving);
  await serving.stop();
  expect(jobs.filter((job) => job.state !== 'completed').map((job) => [job.kind, job.state, job.error?.code])).toEqual([]);
  const database = new Database(join(dataDir, 'kinetone.sqlite'), { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
  const made = readdirSync(join(dataDir, 'artifacts')).filter((name) => /\.(mp4|wav)$/.test(name));
  expect(made.length).toBe(jobs.filter((job) => job.kind === 'sonify').length);
});
