/** The studio's window: every switch on the safe side, our origin and nothing else, bounds kept inside 1280 × 720 and up. */
import { join } from 'node:path';

import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';

import { type ElectronParts, ORIGIN } from './parts.ts';

export function windowOptions(preload: string): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: '#0e1014',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

/** Links of help pages that may open in the user's browser. */
const OPENABLE = /^https:\/\/(ffmpeg\.org|github\.com)\//;

/** Nothing but our origin is loaded, nothing opens a window; an https link on the list goes to the user's browser. */
export function guardNavigation(window: Pick<BrowserWindow, 'webContents'>, shell: ElectronParts['shell']): void {
  const { webContents } = window;
  webContents.on('will-navigate', (event) => {
    if (!event.url.startsWith(`${ORIGIN}/`)) event.preventDefault();
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(({ url }) => {
    if (OPENABLE.test(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

export function openWindow({ BrowserWindow, shell }: Pick<ElectronParts, 'BrowserWindow' | 'shell'>, folder: string): BrowserWindow {
  const window = new BrowserWindow(windowOptions(join(folder, '../preload/preload.cjs')));
  guardNavigation(window, shell);
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${ORIGIN}/`);
  return window;
}
