/** The loopback door in a real browser: the boot link, the cookie, the policy, the event stream, other ports, the app window. */
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { EventHub, eventHandlers, systemHandlers, type Api } from '../../src-main/api/index.ts';
import { DEFAULT_SETTINGS } from '../../src-main/core/settings.ts';
import { startBrowserShell } from '../../src-main/shells/browser/index.ts';
import { apiOf } from '../fixtures/api.ts';
import { chromiumArguments, chromiumPath, chromiumReason } from '../fixtures/chromium.ts';
import { openDoor, type OpenDoor } from '../fixtures/door.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const PAGE = `<!doctype html><title>page</title><script>document.title = 'inline ran';</script><script type="module" src="/assets/main-a1B2c3D4.js"></script>`;
const SCRIPT = `
  window.seen = [];
  const events = new EventSource('/events');
  events.onmessage = (message) => window.seen.push(JSON.parse(message.data));
  window.system = await (await fetch('/api/system')).json();
`;

function site(): string {
  const root = tempFolder();
  mkdirSync(join(root, 'assets'));
  writeFileSync(join(root, 'index.html'), PAGE);
  writeFileSync(join(root, 'assets/main-a1B2c3D4.js'), SCRIPT);
  return root;
}

function studio(): { api: Api; hub: EventHub } {
  const hub = new EventHub({ firstSeq: 100 });
  onTestFinished(() => hub.close());
  const system = systemHandlers({
    version: '1',
    platform: 'linux',
    workspaces: [],
    settings: { read: () => DEFAULT_SETTINGS, change: () => DEFAULT_SETTINGS },
    doctor: async () => ({ checks: [] }),
    startDemo: () => 'demo',
  });
  return { hub, api: apiOf({ ...system, ...eventHandlers(hub) }, { uiRoot: site() }) };
}

interface PageWindow {
  seen: { type: string; job_id?: string }[];
  system?: { door: string };
}

/** The browser itself, not one of its children, by the profile it was given. */
function windowProcess(profile: string): number {
  const found = readdirSync('/proc').find((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return line.includes(`--user-data-dir=${profile}`) && line.includes('--app=') && !line.includes('--type=');
    } catch {
      return false;
    }
  });
  return Number(found);
}

describe.skipIf(chromiumPath === null)(`in Chromium (${chromiumReason})`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: chromiumArguments });
  });
  afterAll(() => browser.close());

  async function booted(door: OpenDoor): Promise<Page> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(door.shell.bootUrl());
    await page.waitForFunction(() => (window as unknown as PageWindow).system !== undefined);
    return page;
  }

  test('the boot link opens the page, whose address then holds no token and whose script sees no cookie', async () => {
    const { api } = studio();
    const door = await openDoor(api);
    const page = await booted(door);
    expect(page.url()).toBe(`${door.file.address}/`);
    expect(await page.evaluate(() => [(window as unknown as PageWindow).system?.door, document.cookie])).toEqual(['browser', '']);
    await page.reload();
    await page.waitForFunction(() => (window as unknown as PageWindow).system !== undefined);
  });

  test('the policy keeps inline scripts from running', async () => {
    const page = await booted(await openDoor(studio().api));
    expect(await page.title()).toBe('page');
  });

  test('the event stream arrives, and after a broken connection what was missed, once', async () => {
    const { api, hub } = studio();
    const page = await booted(await openDoor(api));
    const ids = (): Promise<(string | undefined)[]> => page.evaluate(() => (window as unknown as PageWindow).seen.filter(({ type }) => type === 'job-dismissed').map(({ job_id: id }) => id));
    const waitFor = (count: number): Promise<unknown> => page.waitForFunction((n) => (window as unknown as PageWindow).seen.filter(({ type }) => type === 'job-dismissed').length >= n, count);
    hub.state({ type: 'job-dismissed', topic: 'jobs', job_id: 'a' });
    await waitFor(1);
    // Ends the stream as a lost connection would; the browser comes back by itself with Last-Event-ID.
    for (const client of [...(hub as unknown as { clients: Set<{ close(): void }> }).clients]) client.close();
    hub.state({ type: 'job-dismissed', topic: 'jobs', job_id: 'b' });
    await waitFor(2);
    hub.state({ type: 'job-dismissed', topic: 'jobs', job_id: 'c' });
    await waitFor(3);
    expect(await ids()).toEqual(['a', 'b', 'c']);
  });

  test('a page of another port of this machine can neither read nor change anything, though the browser has the cookie', async () => {
    const door = await openDoor(studio().api);
    const page = await booted(door);
    const stranger = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>stranger</title>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void stranger.close());
    await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
    const outcome = await page.evaluate(async (address) => {
      const read = await fetch(`${address}/api/system`, { credentials: 'include' }).then(() => 'read', () => 'refused');
      const blind = await fetch(`${address}/api/system`, { credentials: 'include', mode: 'no-cors' }).then(({ type }) => type, () => 'refused');
      return [read, blind];
    }, door.file.address);
    expect(outcome[0]).toBe('refused');
    // Cross-Origin-Resource-Policy keeps even the opaque answer out.
    expect(outcome[1]).toBe('refused');
    const status = new Promise((resolve) => page.on('response', (response) => void (response.url().endsWith('/docs') && resolve(response.status()))));
    await page.evaluate((address) => void (location.href = `${address}/docs`), door.file.address);
    expect(await status).toBe(403);
  });

  test.skipIf(process.platform !== 'linux')('the shell opens an app window by itself, and is over when the window is', async () => {
    const { api, hub } = studio();
    const folder = tempFolder();
    const wrapper = join(folder, 'browser');
    writeFileSync(wrapper, `#!/bin/sh\nexec "${chromiumPath}" --headless=new --disable-gpu "$@"\n`);
    chmodSync(wrapper, 0o755);
    const before = { KINETONE_BROWSER: process.env['KINETONE_BROWSER'], DISPLAY: process.env['DISPLAY'] };
    Object.assign(process.env, { KINETONE_BROWSER: wrapper, DISPLAY: ':99' });
    onTestFinished(() => {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    });
    const printed: string[] = [];
    const announced: (string | null)[] = [];
    const shell = await startBrowserShell({ app: { fetch: api.fetch, dataDir: folder, announce: (address) => void announced.push(address) }, port: 0, isHeadless: false, print: (line) => printed.push(line) });
    while (hub.clientCount === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(printed).toEqual([]);
    expect(existsSync(join(folder, 'browser-profile'))).toBe(true);
    // A window that ends sooner counts as one that never appeared.
    await new Promise((resolve) => setTimeout(resolve, 3200));
    process.kill(windowProcess(join(folder, 'browser-profile')), 'SIGTERM');
    await shell.closed;
    await shell.close();
    expect(announced).toEqual([shell.address, null]);
  });
});
