/** The wiring of the Electron shell against a typed stand-in for the electron module. */
import { expect, test, vi } from 'vitest';

import { windowOptions } from '../../src-main/shells/electron/window.ts';
import { runStudio } from '../../src-main/shells/electron/studio.ts';
import { fakeElectron } from '../fakes/electron.ts';

const page = { senderFrame: { url: 'kinetone://app/', parent: null } };

async function studio(openApp?: () => Promise<never>) {
  const fake = fakeElectron();
  const close = vi.fn(() => Promise.resolve());
  const requests: Request[] = [];
  const app = {
    fetch: (request: Request) => {
      requests.push(request);
      return Promise.resolve(new Response('hello', { status: 206, headers: { 'content-range': 'bytes 0-4/5' } }));
    },
    close,
    isArtifactPath: (path: string) => path === '/made/film.mp4',
  };
  const started = runStudio(fake.electron, { openApp: openApp ?? (() => Promise.resolve(app)), folder: '/app/out/main', platform: 'linux' });
  await vi.waitFor(() => expect(fake.windows.length + fake.shown.errors.length).toBeGreaterThan(0));
  return { ...fake, started, close, requests };
}

test('a window has every security switch on the safe side', () => {
  expect(windowOptions('/p').webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  });
});

test('the studio loads one origin, served by the fetch application with its 206 answers intact', async () => {
  const { windows, schemes, handlers, requests } = await studio();
  expect(windows[0]?.loaded).toEqual(['kinetone://app/']);
  expect(schemes).toEqual([{ scheme: 'kinetone', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
  const serve = handlers.get('kinetone') as unknown as (request: Request) => Promise<Response>;
  const answer = await serve(new Request('kinetone://app/api/media/x/file'));
  expect([answer.status, answer.headers.get('content-range'), requests.length]).toEqual([206, 'bytes 0-4/5', 1]);
});

test('another host of the scheme and another origin are refused before the application', async () => {
  const { handlers, requests } = await studio();
  const serve = handlers.get('kinetone') as unknown as (request: Request) => Response | Promise<Response>;
  expect((await serve(new Request('kinetone://evil/api/media'))).status).toBe(404);
  expect((await serve(new Request('kinetone://app/api/media', { headers: { origin: 'https://evil.example' } }))).status).toBe(403);
  expect(requests).toEqual([]);
});

test('permissions are denied but camera, MIDI and full screen for our origin', async () => {
  const { permissions } = await studio();
  const ask = (permission: string, requestingUrl: string, mediaTypes = ['video']): boolean => {
    let answer = false;
    (permissions.request as unknown as (...args: unknown[]) => void)({}, permission, (granted: boolean) => (answer = granted), { requestingUrl, mediaTypes });
    return answer;
  };
  const check = permissions.check as unknown as (contents: unknown, permission: string, origin: string, details: object) => boolean;
  expect(['media', 'midi', 'fullscreen'].map((name) => ask(name, 'kinetone://app/'))).toEqual([true, true, true]);
  expect(['geolocation', 'notifications', 'clipboard-read', 'hid', 'usb'].map((name) => ask(name, 'kinetone://app/'))).toEqual([false, false, false, false, false]);
  expect([ask('media', 'https://evil.example/'), ask('media', 'kinetone://app.evil/'), check({}, 'media', 'https://evil.example', { mediaType: 'video' })]).toEqual([false, false, false]);
  expect([ask('media', 'kinetone://app/', ['audio', 'video']), check({}, 'media', 'kinetone://app/', { mediaType: 'audio' })]).toEqual([false, false]);
  expect(check({}, 'midi', 'kinetone://app/', {})).toBe(true);
});

test('a page cannot navigate away, open a window or attach a webview', async () => {
  const { windows, shown } = await studio();
  const contents = windows[0]?.webContents;
  const go = (url: string): boolean => {
    let isPrevented = false;
    contents?.emit('will-navigate', { url, preventDefault: () => (isPrevented = true) });
    return isPrevented;
  };
  expect([go('https://evil.example/'), go('kinetone://app.evil/'), go('kinetone://app/library')]).toEqual([true, true, false]);
  expect(contents?.openHandler?.({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
  expect(contents?.openHandler?.({ url: 'https://ffmpeg.org/download.html' })).toEqual({ action: 'deny' });
  expect(shown.links).toEqual(['https://ffmpeg.org/download.html']);
  let isAttached = true;
  contents?.emit('will-attach-webview', { preventDefault: () => (isAttached = false) });
  expect(isAttached).toBe(false);
});

test('shell calls answer our page only, and reveal only files the program made', async () => {
  const { calls, shown } = await studio();
  const call = (name: string, event: unknown, input: unknown): unknown => (calls.get(name) as unknown as (event: unknown, input: unknown) => unknown)(event, input);
  expect(await call('shell:pick-files', page, { isFolder: false })).toEqual(['/films/one.mp4']);
  expect(await call('shell:pick-save', page, { name: 'film.mp4' })).toBeNull();
  await call('shell:reveal', page, '/made/film.mp4');
  await call('shell:reveal', page, '/etc/passwd');
  expect(shown.revealed).toEqual(['/made/film.mp4']);
  const strangers = [{ senderFrame: null }, { senderFrame: { url: 'https://evil.example/', parent: null } }, { senderFrame: { url: 'kinetone://app/', parent: {} } }];
  for (const event of strangers) expect(() => call('shell:pick-files', event, { isFolder: false })).toThrow(/did not come/);
});

test('the menu is the page’s own registry, and choosing an entry tells the page its id', async () => {
  const { calls, shown, windows } = await studio();
  const model = [{ label: 'Edit', items: [{ id: 'edit.undo', label: 'Undo', accelerator: 'Ctrl+Z', isEnabled: true }, 'separator'] }];
  await (calls.get('shell:set-menu') as unknown as (event: unknown, input: unknown) => Promise<void>)(page, model);
  const [menu] = shown.menus as { label: string; submenu: { label?: string; registerAccelerator?: boolean; click?: () => void }[] }[][];
  const undo = menu?.[0]?.submenu[0];
  expect([menu?.[0]?.label, undo?.label, undo?.registerAccelerator]).toEqual(['Edit', 'Undo', false]);
  undo?.click?.();
  expect(windows[0]?.webContents.sent).toEqual([['shell:menu-chosen', 'edit.undo']]);
});

test('a second instance brings the first to the front and ends', async () => {
  const { app, windows } = await studio();
  app.emit('second-instance');
  expect(windows[0]?.focused).toBe(1);
  const second = fakeElectron();
  second.app.isFirst = false;
  expect(runStudio(second.electron, { openApp: () => Promise.reject(new Error('never')), folder: '/', platform: 'linux' })).toBe(false);
  expect([second.app.ended, second.windows]).toEqual([['quit'], []]);
});

test('quitting waits until the app has closed its jobs and hosts', async () => {
  const { app, close } = await studio();
  const quit = { preventDefault: vi.fn() };
  app.emit('before-quit', quit);
  await vi.waitFor(() => expect(app.ended).toEqual(['quit']));
  app.emit('before-quit', quit);
  expect([close.mock.calls.length, quit.preventDefault.mock.calls.length]).toEqual([1, 1]);
});

test('an app that cannot open says why in a dialog and exits with 1', async () => {
  const failing = () => Promise.reject(Object.assign(new Error('The data folder cannot be written.'), { hint: 'Choose another.' }));
  const { shown, app, windows } = await studio(failing);
  expect(shown.errors).toEqual([['Kinetone cannot start', 'The data folder cannot be written.\n\nChoose another.']]);
  expect([app.ended, windows]).toEqual([['exit 1'], []]);
});
