/**
 * The Electron shell: one instance, one scheme, one window, permissions denied by default. Thin: what it shows is the
 * fetch application behind `kinetone://app/`.
 */
import type { BrowserWindow } from 'electron';

import { answerCalls } from './calls.ts';
import { MENU_CHOSEN, type MenuModel } from '../../contract/shell-bridge.ts';
import { menuTemplate } from './menu.ts';
import type { ElectronParts } from './parts.ts';
import { denyByDefault } from './permissions.ts';
import { type Fetch, registerScheme, serveScheme } from './scheme.ts';
import { openWindow } from './window.ts';

/** What the shell shows; opened once the first instance is known to be the only one. */
export interface StudioApp {
  readonly fetch: Fetch;
  close(): Promise<void>;
  /** Whether the path is of an artifact. */
  isArtifactPath(path: string): boolean;
}

export interface StudioOptions {
  readonly openApp: () => Promise<StudioApp>;
  /** Folder of the bundled entry, to find the preload beside it. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
}

/** Runs the studio until its last window closes. @returns false when another instance is open (it comes to the front). */
export function runStudio(electron: ElectronParts, options: StudioOptions): boolean {
  const { app } = electron;
  registerScheme(electron);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  let window: BrowserWindow | null = null;
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('web-contents-created', (_event, contents) => contents.on('will-attach-webview', (event) => event.preventDefault()));
  void app.whenReady().then(async () => {
    const studio = await options.openApp().catch((error: unknown) => {
      electron.dialog.showErrorBox('Kinetone cannot start', sentenceOf(error));
      app.exit(1);
      return null;
    });
    if (!studio) return;
    denyByDefault(electron.session.defaultSession);
    serveScheme(electron, studio.fetch);
    answerCalls(electron, { setMenu: (model) => setMenu(electron, model, () => window, options.platform), mayReveal: (path) => studio.isArtifactPath(path) });
    const open = (): void => {
      window = openWindow(electron, options.folder);
      window.on('closed', () => (window = null));
    };
    open();
    app.on('activate', () => window ?? open());
    closeWithApp(electron, studio, options.platform);
  });
  return true;
}

function setMenu({ Menu }: Pick<ElectronParts, 'Menu'>, model: MenuModel, window: () => BrowserWindow | null, platform: NodeJS.Platform): void {
  const choose = (id: string): void => window()?.webContents.send(MENU_CHOSEN, id);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(model, choose, platform)));
}

/** Jobs give their leases back and host processes end before the app does. */
function closeWithApp({ app }: Pick<ElectronParts, 'app'>, studio: StudioApp, platform: NodeJS.Platform): void {
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  let isClosed = false;
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void studio.close().finally(() => {
      isClosed = true;
      app.quit();
    });
  });
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const hint: unknown = 'hint' in error ? error.hint : undefined;
  return typeof hint === 'string' ? `${error.message}\n\n${hint}` : error.message;
}
