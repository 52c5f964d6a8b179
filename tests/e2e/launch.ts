/**
 * One studio window, two ways to open it: the installed Chromium through the browser door, and Electron where its binary
 * is. Specs see the same interface and run for each launcher; one that cannot run here is skipped with its reason.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { _electron, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';

import { chromiumArguments, chromiumPath, chromiumReason } from '../fixtures/chromium.ts';
import { repository, serve } from '../fixtures/program.ts';

/** Far above what a step takes: a loaded machine is slow, not wrong. */
export const PATIENCE_MS = 150_000;

export interface Studio {
  readonly page: Page;
  /** Lines the console called an error, and requests that left the page's own origin. */
  readonly faults: string[];
  /** Does what opens a file dialog and chooses these files in it. */
  choose(files: readonly string[], act: () => Promise<void>): Promise<void>;
  /** Does what saves a file. @returns where it lies */
  save(act: () => Promise<void>, folder: string): Promise<string>;
  close(): Promise<void>;
}

interface Launcher {
  readonly name: string;
  /** What this machine lacks, or null. */
  readonly missing: string | null;
  launch(): Promise<Studio>;
}

/** Records every media element that was ever played, also those outside the document. */
const RECORD_SOUNDS = `
  window.played = new Set();
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () { window.played.add(this); return play.call(this); };
`;

/** A strip is asked for while it is being made, so that a long film shows what there is; before its first sheet the answer is 404. */
const isStripNotMadeYet = (text: string, url: string): boolean => text.includes('status of 404') && url.endsWith('/filmstrip');

function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    const [text, { url }] = [message.text(), message.location()];
    if (message.type() === 'error' && !isStripNotMadeYet(text, url)) faults.push(`console: ${text} ${url}`);
  });
  page.on('pageerror', (error) => void faults.push(`page: ${error.message}`));
  page.on('request', (request) => {
    const isOwn = request.url().startsWith(origin) || /^(blob|data):/.test(request.url());
    if (!isOwn) faults.push(`request: ${request.url()}`);
  });
  return faults;
}

export async function launchBrowserShell(): Promise<Studio> {
  const program = await serve({ isBundle: true });
  const browser = await chromium.launch({
    executablePath: chromiumPath ?? '',
    args: [...chromiumArguments, '--autoplay-policy=no-user-gesture-required', '--disable-gpu', '--use-fake-device-for-media-stream'],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  await context.addInitScript(RECORD_SOUNDS);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const faults = watch(page, program.address);
  // Asked for now: the link printed at the start lives for thirty seconds only.
  const { url } = (await (await program.fetch('/shell/boot', { method: 'POST' })).json()) as { url: string };
  await page.goto(url);
  return {
    page,
    faults,
    async choose(files, act) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), act()]);
      await chooser.setFiles([...files]);
    },
    async save(act, folder) {
      const [download] = await Promise.all([page.waitForEvent('download'), act()]);
      const path = join(folder, download.suggestedFilename());
      await download.saveAs(path);
      return path;
    },
    async close() {
      await browser.close();
      await program.stop();
      rmSync(program.dataDir, { recursive: true, force: true });
    },
  };
}

const electronFolder = join(repository, 'node_modules/electron');

/** Read from the package's own note: importing it would try to download the binary. */
function electronBinary(): string | null {
  const note = join(electronFolder, 'path.txt');
  const binary = existsSync(note) ? join(electronFolder, 'dist', readFileSync(note, 'utf8').trim()) : '';
  return binary !== '' && existsSync(binary) ? binary : null;
}

export async function launchElectron(): Promise<Studio> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kinetone-electron-'));
  const app = await _electron.launch({
    executablePath: electronBinary() ?? '',
    args: [repository, ...chromiumArguments, '--data-dir', dataDir],
    cwd: repository,
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(PATIENCE_MS);
  const faults = watch(page, 'kinetone://app/');
  await page.addInitScript(RECORD_SOUNDS);
  await page.reload();
  return {
    page,
    faults,
    async choose(files, act) {
      await app.evaluate(({ dialog }, paths) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: paths });
      }, [...files]);
      await act();
    },
    async save(act, folder) {
      const path = join(folder, 'saved.mp4');
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, path);
      await act();
      while (!existsSync(path)) await page.waitForTimeout(50);
      return path;
    },
    async close() {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export const launchers: readonly Launcher[] = [
  { name: 'browser shell', missing: chromiumPath === null ? chromiumReason : null, launch: launchBrowserShell },
  { name: 'Electron', missing: electronBinary() === null ? 'needs Electron’s binary, which is not installed' : null, launch: launchElectron },
];

/** Vitest runs files side by side: the folder is made by one of them, the others wait for it. */
function buildIfMissing(): void {
  if (existsSync(join(repository, 'out/renderer/index.html')) && existsSync(join(repository, 'out/main/cli.js'))) return;
  const lock = join(repository, 'test-results/e2e-build');
  mkdirSync(join(repository, 'test-results'), { recursive: true });
  execFileSync('flock', [lock, process.execPath, 'node_modules/electron-vite/bin/electron-vite.js', 'build'], { cwd: repository, stdio: 'ignore' });
}

/** Where a launcher's screenshots go; never committed. */
export function screenshotFolder(launcher: string): string {
  const folder = join(repository, 'test-results/e2e', launcher.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A spec for each launcher. Its tests share one studio and follow one another, as a person's steps do. */
export function describeStudio(title: string, define: (studio: () => Studio, launcher: string) => void): void {
  for (const { name, missing, launch } of launchers) {
    const reason = missing === null ? '' : ` (${missing})`;
    describe.skipIf(missing !== null)(`${title}, ${name}${reason}`, () => {
      let studio: Studio | undefined;
      beforeAll(async () => {
        buildIfMissing();
        studio = await launch();
      });
      afterAll(() => studio?.close());
      define(() => {
        if (studio === undefined) throw new Error('The studio did not open.');
        return studio;
      }, name);
    });
  }
}
