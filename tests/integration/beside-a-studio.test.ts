/** One studio per data folder, commands beside it, and the seam between them: jobs done once, seen by both. */
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Job } from '../../src-main/contract/documents/job.ts';
import { film, streamsOf } from '../fixtures/films.ts';
import { type Serving, kinetone, serve, temporaryFolder } from '../fixtures/program.ts';

const folder = temporaryFolder('beside');
let studio: Serving;
let source = '';
beforeAll(async () => {
  source = film(folder.path, 'film.mp4', { seconds: 2 });
  studio = await serve({ dataDir: join(folder.path, 'data') });
});
afterAll(async () => {
  await studio.stop();
  folder.remove();
});

test('a second studio on the data folder is refused and told where the first is', async () => {
  const second = await kinetone(['serve', '--data-dir', studio.dataDir]);
  expect([second.code, second.stdout]).toEqual([1, '']);
  expect(second.stderr).toContain('[data-folder-in-use]');
  expect(second.stderr).toContain(studio.address);
  expect((await studio.fetch('/api/system')).status).toBe(200);
});

test('a command beside the studio makes its film, and the studio knows the item and the finished job', async () => {
  const output = join(folder.path, 'out.mp4');
  const ended = await kinetone(['sonify', source, '-o', output, '--quiet', '--data-dir', studio.dataDir]);
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  expect(streamsOf(output)['audio']).toBeDefined();
  const { jobs } = (await (await studio.fetch('/api/jobs')).json()) as { jobs: Job[] };
  expect(jobs.filter((job) => job.kind === 'sonify').map((job) => [job.state, job.attempts])).toEqual([['completed', 1]]);
  const { items } = (await (await studio.fetch('/api/media')).json()) as { items: { name: string }[] };
  expect(items.map((item) => item.name)).toEqual(['film.mp4']);
});

test('a page may not name paths of this computer, a program may', async () => {
  const { url } = (await (await studio.fetch('/shell/boot', { method: 'POST' })).json()) as { url: string };
  const boot = await fetch(url, { redirect: 'manual' });
  const cookie = boot.headers.get('set-cookie')?.split(';')[0] ?? '';
  const ask = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${studio.address}/api/media`, { method: 'POST', body: JSON.stringify({ paths: [source] }), headers: { 'content-type': 'application/json', ...headers } });
  expect((await ask({ cookie })).status).toBe(403);
  expect((await ask({ authorization: `Bearer ${studio.token}` })).status).toBe(200);
  expect((await ask({})).status).toBe(401);
});
