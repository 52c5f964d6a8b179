/**
 * The browser shell: the application on a loopback port, opened in an installed Chromium, Chrome or Edge as an app
 * window, or its address printed where there is none. For machines without Electron, headless boxes and automation.
 */
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import type { Door } from '../../api/index.ts';
import { createDoor } from './door.ts';
import { findBrowser } from '../../app.ts';
import { hasScreen, openWindow } from './installed-browser.ts';
import { listen } from './loopback-server.ts';
import { removeServeFile, writeServeFile } from './serve-file.ts';

export { openRunningStudio, linkOfRunningStudio } from './running-studio.ts';

/** What the shell needs of the application. */
export interface ServedApp {
  fetch(request: Request, door: Door): Promise<Response>;
  readonly dataDir: string;
  /** Told where the shell listens, and null when it no longer does: a second studio names this address. */
  announce?(address: string | null): void;
}

export interface BrowserShellOptions {
  readonly app: ServedApp;
  /** 0 takes a free one. */
  readonly port: number;
  /** Print the address and open nothing. */
  readonly isHeadless: boolean;
  /** One line for the person at the terminal; standard output unless a test listens. */
  readonly print?: (line: string) => void;
}

export interface BrowserShell {
  /** `http://127.0.0.1:<port>`; also in serve.json with the token for programs. */
  readonly address: string;
  /** Resolves when the window was closed, or never without one: `await Promise.race([interrupted, shell.closed])`. */
  readonly closed: Promise<void>;
  /** A fresh address that opens the page: once, within 30 s. */
  bootUrl(): string;
  /** Stops listening, ends open streams and the window, removes serve.json. The app is closed by whoever opened it, afterwards. */
  close(): Promise<void>;
}

/** A window that ends sooner than this never appeared. */
const SHORTEST_WINDOW_MS = 3000;

/** @throws AppError 'input-invalid' when the port is taken. */
export async function startBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const { app, print = (line) => void process.stdout.write(`${line}\n`) } = options;
  const server = await listen(options.port, (port) => createDoor(port, (request, door) => app.fetch(request, door)));
  const { door, address } = server;
  writeServeFile(app.dataDir, { version: 1, pid: process.pid, address, token: door.token, started_at: new Date().toISOString() });
  app.announce?.(address);
  const removeAtExit = (): void => removeServeFile(app.dataDir);
  process.once('exit', removeAtExit);

  const window = options.isHeadless ? null : openStudioWindow(door.bootUrl(), app.dataDir);
  const printLink = (): void => print(`Kinetone is at ${door.bootUrl()} (opens once, within 30 s; press Enter for a new link)`);
  if (window === null) printLink();
  const stopAsking = answerEnter(printLink);
  return {
    address,
    closed: windowClosed(window, printLink),
    bootUrl: () => door.bootUrl(),
    async close() {
      stopAsking();
      window?.kill();
      await server.close();
      app.announce?.(null);
      process.off('exit', removeAtExit);
      removeAtExit();
    },
  };
}

function openStudioWindow(url: string, dataDir: string): ChildProcess | null {
  const browser = hasScreen(process.platform, process.env) ? findBrowser(process.platform, process.env) : null;
  return browser === null ? null : openWindow(browser, url, join(dataDir, 'browser-profile'));
}

async function windowClosed(window: ChildProcess | null, printLink: () => void): Promise<void> {
  const startedMs = performance.now();
  if (window !== null) {
    await new Promise<void>((resolve) => {
      window.once('error', () => resolve());
      window.once('exit', () => resolve());
    });
    if (performance.now() - startedMs >= SHORTEST_WINDOW_MS) return;
    printLink();
  }
  await new Promise<never>(() => undefined);
}

/** A new link for whoever sits at the terminal. */
function answerEnter(printLink: () => void): () => void {
  if (!process.stdin.isTTY) return () => undefined;
  process.stdin.on('data', printLink);
  return () => {
    process.stdin.off('data', printLink);
    process.stdin.pause();
  };
}
