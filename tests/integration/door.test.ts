/** The loopback door over real HTTP: who gets in, who does not, and what a request is once it is in. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { systemHandlers } from '../../src-main/api/index.ts';
import { BootTokens } from '../../src-main/shells/browser/boot-tokens.ts';
import { findBrowser } from '../../src-main/adapters/machine/browsers.ts';
import { windowArguments } from '../../src-main/shells/browser/installed-browser.ts';
import { linkOfRunningStudio } from '../../src-main/shells/browser/running-studio.ts';
import { DEFAULT_SETTINGS } from '../../src-main/core/settings.ts';
import { apiOf } from '../fixtures/api.ts';
import { openDoor, pageCookie, raw } from '../fixtures/door.ts';

const system = systemHandlers({
  version: '1.2.3',
  platform: 'linux',
  workspaces: [{ id: 'sonify', is_available: true }],
  settings: { read: () => DEFAULT_SETTINGS, change: (fields) => ({ ...DEFAULT_SETTINGS, ...fields }) },
  doctor: async () => ({ checks: [] }),
  startDemo: () => 'demo',
});
const json = (body: Buffer): { code?: string; door?: string } => JSON.parse(body.toString()) as { code?: string; door?: string };
const open = (): ReturnType<typeof openDoor> => openDoor(apiOf(system));

describe('without a secret', () => {
  test('the API answers 401 as JSON and a page sees how to get in', async () => {
    const { file } = await open();
    const api = await raw(file.address, '/api/system');
    expect([api.status, json(api.body).code]).toEqual([401, 'request-unauthorized']);
    const page = await raw(file.address, '/', { headers: { accept: 'text/html' } });
    expect([page.status, page.headers['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
  });

  test.each([
    ['another site', { host: 'evil.example' }],
    ['another port', { host: '127.0.0.1:1' }],
    ['localhost by name', { host: 'localhost' }],
  ])('a Host of %s is refused even with the token (DNS rebinding)', async (_, headers) => {
    const { file } = await open();
    const answer = await raw(file.address, '/api/system', { headers: { ...headers, authorization: `Bearer ${file.token}` } });
    expect([answer.status, json(answer.body).code]).toEqual([403, 'request-forbidden']);
  });

  test.each([
    ['Origin of another site', { origin: 'https://evil.example' }],
    ['Origin null', { origin: 'null' }],
    ['Origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['fetch from another site', { 'sec-fetch-site': 'cross-site' }],
    ['fetch from another port of this machine', { 'sec-fetch-site': 'same-site' }],
  ])('a request with %s is refused even with the cookie', async (_, headers) => {
    const door = await open();
    const answer = await raw(door.file.address, '/api/system', { headers: { ...headers, cookie: await pageCookie(door) } });
    expect([answer.status, json(answer.body).code]).toEqual([403, 'request-forbidden']);
  });

  test.each(['Bearer wrong', 'Bearer ', 'Basic eDp5', ''])('the authorization "%s" is refused', async (authorization) => {
    const { file } = await open();
    expect((await raw(file.address, '/api/system', { headers: { authorization } })).status).toBe(401);
  });

  test('the cookie of another start is refused', async () => {
    const door = await open();
    const [name] = (await pageCookie(door)).split('=');
    expect((await raw(door.file.address, '/api/system', { headers: { cookie: `${name}=${'A'.repeat(43)}` } })).status).toBe(401);
  });

  test('no answer allows another origin to read it', async () => {
    const { file } = await open();
    for (const [path, headers] of [['/api/system', {}], ['/api/system', { authorization: `Bearer ${file.token}` }], ['/nowhere', { authorization: `Bearer ${file.token}` }]] as const) {
      const { headers: answered } = await raw(file.address, path, { method: 'GET', headers });
      expect(Object.keys(answered).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    const preflight = await raw(file.address, '/api/system', { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' } });
    expect(preflight.status).toBe(403);
  });
});

describe('the one-time link', () => {
  test('is traded once for an HttpOnly, SameSite=Strict cookie named after the port', async () => {
    const { shell, file } = await open();
    const url = new URL(shell.bootUrl());
    const path = url.pathname + url.search;
    const first = await raw(file.address, path);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    expect(first.headers['set-cookie']?.[0]).toMatch(new RegExp(`^kinetone_${url.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`));
    const replay = await raw(file.address, path);
    expect([replay.status, replay.headers['set-cookie']]).toEqual([401, undefined]);
  });

  test('dies after 30 seconds', () => {
    let nowMs = 0;
    const tokens = new BootTokens(() => nowMs);
    const [early, late] = [tokens.issue(), tokens.issue()];
    nowMs = 29_999;
    expect(tokens.redeem(early)).toBe(true);
    nowMs = 30_000;
    expect(tokens.redeem(late)).toBe(false);
  });

  test('is not spent by a HEAD request', async () => {
    const { shell, file } = await open();
    const url = new URL(shell.bootUrl());
    await raw(file.address, url.pathname + url.search, { method: 'HEAD' });
    expect((await raw(file.address, url.pathname + url.search)).status).toBe(303);
  });

  test('a second start finds the first by serve.json and gets a link of its own', async () => {
    const { dataDir, shell } = await open();
    const link = new URL((await linkOfRunningStudio(dataDir)) ?? 'http://nothing');
    expect(link.origin).toBe(shell.address);
    expect((await raw(shell.address, link.pathname + link.search)).status).toBe(303);
  });
});

describe('once inside', () => {
  test('the page is the browser door, the token the program door', async () => {
    const door = await open();
    const page = await raw(door.file.address, '/api/system', { headers: { cookie: await pageCookie(door), origin: door.file.address, 'sec-fetch-site': 'same-origin' } });
    expect([page.status, json(page.body).door]).toEqual([200, 'browser']);
    const program = await raw(door.file.address, '/api/system', { headers: { authorization: `Bearer ${door.file.token}` } });
    expect(json(program.body).door).toBe('program');
    expect(program.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer' });
  });

  test.each([
    ['POST', '/api/media', { paths: ['/etc/passwd'] }],
    ['POST', '/api/media/x/relink', { path: '/etc/passwd' }],
    ['POST', '/api/artifacts/x/save', { path: '/home/me/.bashrc', overwrite: true }],
  ])('a page may not name a file of this computer: %s %s', async (method, path, body) => {
    const door = await open();
    const send = async (headers: Record<string, string>): Promise<string | undefined> =>
      json((await raw(door.file.address, path, { method, headers: { ...headers, 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) })).body).code;
    expect(await send({ cookie: await pageCookie(door) })).toBe('request-forbidden');
    expect(await send({ authorization: `Bearer ${door.file.token}` })).toBe('internal');
  });

  test('only a program can ask for another link', async () => {
    const door = await open();
    const answer = await raw(door.file.address, '/shell/boot', { method: 'POST', headers: { cookie: await pageCookie(door) } });
    expect(answer.status).toBe(403);
  });
});

describe('serve.json', () => {
  test('is readable by its owner only and gone after the end', async () => {
    const { dataDir, shell, file } = await open();
    const path = join(dataDir, 'serve.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(file).toMatchObject({ pid: process.pid, address: shell.address });
    await shell.close();
    expect(() => readFileSync(path)).toThrow('ENOENT');
    expect(await linkOfRunningStudio(dataDir)).toBeNull();
  });

  test('a port that is taken says so', async () => {
    const { shell } = await open();
    const { listen } = await import('../../src-main/shells/browser/loopback-server.ts');
    await expect(listen(Number(new URL(shell.address).port), () => null as never)).rejects.toMatchObject({ code: 'input-invalid', hint: expect.stringContaining('--port') });
  });
});

describe('finding a browser', () => {
  const has = (...paths: string[]) => (path: string) => paths.includes(path);

  test('on Linux along PATH, on macOS in Applications, on Windows in Program Files, and the user’s choice first', () => {
    expect(findBrowser('linux', { PATH: '/a:/b' }, has('/b/chromium', '/a/google-chrome'))).toBe('/b/chromium');
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser('darwin', { HOME: '/Users/me' }, has(mac))).toBe(mac);
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(findBrowser('win32', { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, has(edge))).toBe(edge);
    expect(findBrowser('linux', { PATH: '/a', KINETONE_BROWSER: '/my/own' }, has('/my/own', '/a/chromium'))).toBe('/my/own');
    expect(findBrowser('linux', {}, has())).toBeNull();
  });

  test('the sandbox is left out for root only', () => {
    expect(windowArguments('http://x', '/p', false)).not.toContain('--no-sandbox');
    expect(windowArguments('http://x', '/p', true)).toContain('--no-sandbox');
    expect(windowArguments('http://x', '/p', false)[0]).toBe('--app=http://x');
  });
});
