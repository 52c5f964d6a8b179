/** The fetch handler itself: validation at the border, errors, limits, files with Range, the page, the documentation. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readlinkSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { createApi, jobHandlers, localFile, type BinaryAnswer } from '../../src-main/api/index.ts';
import { NATIVE_PATH_OPERATIONS } from '../../src-main/api/door-rules.ts';
import { readInput } from '../../src-main/api/input.ts';
import { AppError, ErrorBodySchema, errorStatus } from '../../src-main/contract/errors.ts';
import { allOperations } from '../../src-main/contract/operations/index.ts';
import { projectOperations } from '../../src-main/contract/operations/projects.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { apiOf, jsonRequest } from '../fixtures/api.ts';
import { handlerOf, queueWorld } from '../fixtures/job-queue.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const codeOf = async (response: Response): Promise<[number, string]> => [response.status, ErrorBodySchema.parse(await response.json()).code];

describe('start-up', () => {
  test('an operation without a handler, with two, or a handler of nothing stops the program with its name', () => {
    const options = { log: silentLog, version: '0', uiRoot: null };
    expect(() => createApi({ ...options, handlers: [] })).toThrow('getSystem');
    const all = Object.fromEntries(Object.keys(allOperations).map((id) => [id, () => null]));
    expect(() => createApi({ ...options, handlers: [all, { getJob: () => null }] })).toThrow('getJob has two handlers');
    expect(() => createApi({ ...options, handlers: [all, { getNothing: () => null }] })).toThrow('getNothing belongs to no operation');
    expect(() => createApi({ ...options, handlers: [all] })).not.toThrow();
  });

  test('no two operations share a route, and the table of native paths is what the summaries say', () => {
    const routes = Object.values(allOperations).map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`);
    expect(new Set(routes).size).toBe(routes.length);
    const said = Object.values(allOperations).filter(({ summary }) => summary.includes('desktop shell only'));
    expect(said.map(({ id }) => id).sort()).toEqual([...NATIVE_PATH_OPERATIONS].sort());
  });
});

describe('the border', () => {
  const api = apiOf({ getJob: () => null, createProject: ({ body }: { body: unknown }) => body }, { validatesAnswers: false });

  test.each(['..', '%2e%2e', '..%2f..%2fetc%2fpasswd', 'A', 'a'.repeat(65), "a'--", 'a%00b', '%F0%9F%92%A3', 'a b', '{}'])('the id %s is refused before any handler', async (id) => {
    const response = await api.fetch(new Request(`http://kinetone.local/api/jobs/${id}`));
    const [status, code] = await codeOf(response);
    expect(id.startsWith('..') || id.startsWith('%2e') ? [[400, 'id-invalid'], [404, 'not-found']] : [[400, 'id-invalid']]).toContainEqual([status, code]);
  });

  test.each([
    ['not JSON at all', '{', 'application/json', 'input-invalid'],
    ['text that a form of another site could send', '{}', 'text/plain', 'input-invalid'],
    ['a missing field', '{}', 'application/json', 'input-invalid'],
    ['null', 'null', 'application/json', 'input-invalid'],
    ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0x22]), 'application/json', 'input-invalid'],
    ['more than a mebibyte', JSON.stringify({ name: 'x'.repeat(1 << 20) }), 'application/json', 'request-too-large'],
  ])('a body that is %s is refused', async (_, body, type, code) => {
    const response = await api.fetch(new Request('http://kinetone.local/api/projects', { method: 'POST', body, headers: { 'content-type': type } }));
    expect(await codeOf(response)).toEqual([errorStatus[code as keyof typeof errorStatus], code]);
  });

  test('the plan of a long song is not too large for an edit, and one beyond any plan is', async () => {
    const edit = (bytes: number): Promise<{ body: unknown }> => {
      const body = { base_seq: 0, command: { label: 'Plan', patches: [{ op: 'replace', path: '/plan', value: 'x'.repeat(bytes) }] } };
      const headers = { 'content-type': 'application/json' };
      const request = new Request('http://kinetone.local/api/projects/one/commands', { method: 'POST', body: JSON.stringify(body), headers });
      return readInput(projectOperations.applyCommand, { params: { id: 'one' }, request });
    };
    expect((await edit(4 << 20)).body).toMatchObject({ command: { label: 'Plan' } });
    await expect(edit(16 << 20)).rejects.toMatchObject({ code: 'request-too-large' });
  });

  test('an endless body without a length is cut off at the limit', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => void controller.enqueue(new Uint8Array((sent += 65_536) > 0 ? 65_536 : 0)) });
    const response = await api.fetch(new Request('http://kinetone.local/api/projects', { method: 'POST', body: endless, duplex: 'half', headers: { 'content-type': 'application/json' } } as RequestInit));
    expect(await codeOf(response)).toEqual([413, 'request-too-large']);
    expect(sent).toBeLessThan(2 << 20);
  });

  test('defaults of the schema reach the handler, and what is wrong is named by pointer', async () => {
    const good = await api.fetch(jsonRequest('POST', '/api/projects', { kind: 'sonify', name: 'x' }));
    expect([good.status, await good.json()]).toEqual([201, { kind: 'sonify', name: 'x', media_id: null }]);
    const bad = await api.fetch(jsonRequest('POST', '/api/projects', { kind: 'opera', name: '' }));
    const { details } = ErrorBodySchema.parse(await bad.json());
    expect((details as { issues: { pointer: string }[] }).issues.map(({ pointer }) => pointer)).toEqual(['/kind', '/name']);
  });

  test('a query that does not fit is refused', async () => {
    expect(await codeOf(await api.fetch(jsonRequest('GET', '/api/jobs?limit=0')))).toEqual([400, 'input-invalid']);
    expect(await codeOf(await api.fetch(jsonRequest('GET', '/api/jobs?state=lazy')))).toEqual([400, 'input-invalid']);
  });

  test('unknown routes and methods are 404 as JSON', async () => {
    for (const [method, path] of [['GET', '/api/nothing'], ['GET', '/api'], ['DELETE', '/api/system'], ['PUT', '/'], ['GET', '//'], ['GET', '/api/jobs/x/y/z']] as const) {
      expect(await codeOf(await api.fetch(jsonRequest(method, path)))).toEqual([404, 'not-found']);
    }
  });
});

describe('errors', () => {
  test('an AppError crosses with its status, hint and details; anything else as internal, without a stack', async () => {
    const api = apiOf({
      getJob: () => {
        throw new AppError('disk-full', 'The disk is full.', { hint: 'Free some.', details: { free_bytes: 0 } });
      },
      getSystem: () => {
        throw new TypeError('secret internals at /home/me');
      },
    });
    const full = await api.fetch(jsonRequest('GET', '/api/jobs/x'));
    expect([full.status, await full.json()]).toEqual([507, { code: 'disk-full', message: 'The disk is full.', hint: 'Free some.', details: { free_bytes: 0 }, retryable: false }]);
    const internal = await api.fetch(jsonRequest('GET', '/api/system'));
    const text = await internal.text();
    expect([internal.status, text.includes('secret'), text.includes('at ')]).toEqual([500, false, false]);
  });

  test('an answer that does not fit its schema is caught in tests', async () => {
    const api = apiOf({ getSettings: () => ({ theme: 'pink' }) });
    expect(await codeOf(await api.fetch(jsonRequest('GET', '/api/settings')))).toEqual([500, 'internal']);
  });
});

describe('jobs over the API', () => {
  test('the whole life of a job, every answer valid', async () => {
    const { make } = queueWorld();
    const { queue } = make({
      handlers: [handlerOf('media-poster', async (_, context) => {
        context.command('ffmpeg', ['-i', "it's.mp4", '-y']);
        throw new AppError('media-unreadable', 'It broke.');
      })],
    });
    const api = apiOf(jobHandlers(queue));
    const call = async (method: string, path: string): Promise<unknown> => {
      const response = await api.fetch(jsonRequest(method, path));
      return response.status === 204 ? 204 : response.json();
    };
    const { id } = queue.enqueue({ kind: 'media-poster', title: 'Poster', payload: {} });
    expect(await call('POST', `/api/jobs/${id}/pause`)).toMatchObject({ paused: true });
    expect(await call('POST', `/api/jobs/${id}/resume`)).toMatchObject({ paused: false });
    queue.start();
    await queue.finished(id);
    expect(await call('GET', `/api/jobs/${id}`)).toMatchObject({ state: 'failed', error: { code: 'media-unreadable' } });
    expect(await call('GET', '/api/jobs?state=failed')).toMatchObject({ jobs: [{ id }] });
    expect(await call('GET', `/api/jobs/${id}/log`)).toMatchObject({ commands: ["ffmpeg -i 'it'\\''s.mp4' -y"] });
    expect(await call('POST', `/api/jobs/${id}/cancel`)).toMatchObject({ state: 'failed' });
    expect(await call('DELETE', `/api/jobs/${id}`)).toBe(204);
    expect(await call('GET', '/api/jobs')).toEqual({ jobs: [] });
    expect(await call('GET', '/api/jobs/nosuchjob')).toMatchObject({ code: 'job-not-found' });
    await queue.stop();
  });
});

describe('files', () => {
  const bytes = randomBytes(1_000_000);
  const fileApi = (options: object = {}): { path: string; get: (headers?: Record<string, string>, method?: string) => Promise<Response> } => {
    const path = join(tempFolder(), 'film.mp4');
    writeFileSync(path, bytes);
    const api = apiOf({ getMediaFile: (): Promise<BinaryAnswer> => localFile(path, { mimeType: 'video/mp4', ...options }) });
    return { path, get: (headers = {}, method = 'GET') => api.fetch(new Request('http://kinetone.local/api/media/x/file', { method, headers })) };
  };
  const openFiles = (path: string): number => readdirSync('/proc/self/fd').filter((fd) => linkOf(fd) === path).length;
  const linkOf = (fd: string): string => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  };

  test('whole, with its exact length and validators', async () => {
    const { get } = fileApi();
    const response = await get();
    expect([response.status, response.headers.get('content-length'), response.headers.get('accept-ranges'), response.headers.get('content-type')]).toEqual([200, '1000000', 'bytes', 'video/mp4']);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test.each([
    ['bytes=0-', 0, 1_000_000],
    ['bytes=262144-262143', null, 0],
    ['bytes=262143-262144', 262_143, 262_145],
    ['bytes=-1', 999_999, 1_000_000],
    ['bytes=999000-5000000', 999_000, 1_000_000],
  ])('the range %s', async (range, start, end) => {
    const response = await fileApi().get({ range });
    if (start === null) return expect(response.status).toBe(200);
    expect([response.status, response.headers.get('content-range'), response.headers.get('content-length')]).toEqual([206, `bytes ${start}-${end - 1}/1000000`, String(end - start)]);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes.subarray(start, end))).toBe(true);
  });

  test('past the end is 416 with the size', async () => {
    const response = await fileApi().get({ range: 'bytes=1000000-' });
    expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([416, 'bytes */1000000', '']);
  });

  test('an unchanged file is 304 by tag and by time, and If-Range joins no two versions', async () => {
    const { get, path } = fileApi();
    const { headers } = await get({}, 'HEAD');
    const [etag, modified] = [headers.get('etag') ?? '', headers.get('last-modified') ?? ''];
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    expect((await get({ 'if-modified-since': modified })).status).toBe(304);
    expect((await get({ 'if-range': etag, range: 'bytes=0-9' })).status).toBe(206);
    writeFileSync(path, randomBytes(1_000_000));
    expect((await get({ 'if-none-match': etag })).status).toBe(200);
    expect((await get({ 'if-range': etag, range: 'bytes=0-9' })).status).toBe(200);
  });

  test('HEAD says the same without a body and opens nothing', async () => {
    const { get, path } = fileApi();
    const response = await get({}, 'HEAD');
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '1000000', '']);
    expect(openFiles(path)).toBe(0);
  });

  test('a client that goes away in the middle leaves no file open', async () => {
    const { get, path } = fileApi();
    const reader = (await get()).body?.getReader();
    await reader?.read();
    expect(openFiles(path)).toBe(1);
    await reader?.cancel();
    expect(openFiles(path)).toBe(0);
  });

  test('a file that shrinks while it is sent breaks off instead of ending early in silence', async () => {
    const { get, path } = fileApi();
    const response = await get();
    const reader = response.body?.getReader();
    await reader?.read();
    truncateSync(path, 300_000);
    const rest = async (): Promise<void> => {
      for (let chunk = await reader?.read(); chunk?.done === false; chunk = await reader?.read());
    };
    await expect(rest()).rejects.toMatchObject({ code: 'media-missing' });
    expect(openFiles(path)).toBe(0);
  });

  test('a name for saving survives quotes, line breaks and every script', async () => {
    const response = await fileApi({ downloadName: 'Größe "1"\r\nX: y 🎬.mp4' }).get();
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="Gr__e _1___X: y __.mp4"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22%0D%0AX%3A%20y%20%F0%9F%8E%AC.mp4`);
  });

  test('a file that is gone, or a folder, is media-missing', async () => {
    const folder = tempFolder();
    const api = (path: string): Promise<Response> => apiOf({ getMediaFile: () => localFile(path, { mimeType: 'video/mp4' }) }).fetch(jsonRequest('GET', '/api/media/x/file'));
    expect(await codeOf(await api(join(folder, 'gone')))).toEqual([410, 'media-missing']);
    expect(await codeOf(await api(folder))).toEqual([410, 'media-missing']);
  });
});

describe('the page', () => {
  const site = (): { root: string; get: (path: string) => Promise<Response> } => {
    const root = join(tempFolder(), 'renderer');
    mkdirSync(join(root, 'assets'), { recursive: true });
    writeFileSync(join(root, 'index.html'), '<!doctype html>');
    writeFileSync(join(root, 'assets/main-a1B2c3D4.js'), 'export {};');
    writeFileSync(join(root, '../secret.json'), '{}');
    symlinkSync(join(root, '../secret.json'), join(root, 'link.json'));
    const api = apiOf({}, { uiRoot: root });
    return { root, get: (path) => api.fetch(new Request(`http://kinetone.local${path}`)) };
  };

  test('is served with its policy and never cached, its hashed files for ever', async () => {
    const { get } = site();
    const page = await get('/');
    expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([200, 'text/html; charset=utf-8', 'no-cache']);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const script = await get('/assets/main-a1B2c3D4.js');
    expect([script.headers.get('content-type'), script.headers.get('cache-control')]).toEqual(['text/javascript; charset=utf-8', 'public, max-age=31536000, immutable']);
  });

  test.each(['/../secret.json', '/..%2fsecret.json', '/%2e%2e/secret.json', '/assets/..%5c..%5csecret.json', '/link.json', '//secret.json', '/assets', '/assets/', '/.hidden.json', '/index.html%00.js'])('%s leads nowhere', async (path) => {
    expect((await site().get(path)).status).toBe(404);
  });
});

test('an address without a built page says how to get one', async () => {
  const response = await apiOf({}, { uiRoot: join(tempFolder(), 'renderer') }).fetch(new Request('http://kinetone.local/'));
  expect([response.status, ErrorBodySchema.parse(await response.json()).hint]).toEqual([404, expect.stringContaining('npm start')]);
});

describe('the documentation', () => {
  test('openapi.json lists every operation of the table and /docs shows them under a policy that allows nothing else', async () => {
    const api = apiOf({});
    const document = (await (await api.fetch(jsonRequest('GET', '/openapi.json'))).json()) as { openapi: string; paths: Record<string, Record<string, { operationId: string }>> };
    const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(ids.sort()).toEqual(Object.keys(allOperations).sort());
    const page = await api.fetch(jsonRequest('GET', '/docs'));
    const html = await page.text();
    expect(Object.keys(allOperations).filter((id) => !html.includes(`>${id}<`))).toEqual([]);
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';
    expect(page.headers.get('content-security-policy')).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });
});
