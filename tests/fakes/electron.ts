/** A typed stand-in for the parts of Electron that the shell uses: it records what is set and lets a test fire events. */
import { EventEmitter } from 'node:events';

import type { ElectronParts } from '../../src-main/shells/electron/parts.ts';

type Handler = (...args: never[]) => unknown;

export class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly sent: unknown[][] = [];
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  send(...args: unknown[]): void {
    this.sent.push(args);
  }
}

export class FakeWindow extends EventEmitter {
  static readonly opened: FakeWindow[] = [];
  readonly webContents = new FakeContents();
  readonly options: Record<string, unknown>;
  readonly loaded: string[] = [];
  focused = 0;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    FakeWindow.opened.push(this);
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }
  show(): void {}
  focus(): void {
    this.focused += 1;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {}
}

class FakeApp extends EventEmitter {
  isFirst = true;
  readonly ended: string[] = [];
  readonly isPackaged = true;
  requestSingleInstanceLock(): boolean {
    return this.isFirst;
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  quit(): void {
    this.ended.push('quit');
  }
  exit(code: number): void {
    this.ended.push(`exit ${code}`);
  }
}

export function fakeElectron() {
  FakeWindow.opened.length = 0;
  const app = new FakeApp();
  const schemes: unknown[] = [];
  const handlers = new Map<string, Handler>();
  const calls = new Map<string, Handler>();
  const permissions: { request?: Handler; check?: Handler } = {};
  const shown = { links: [] as string[], errors: [] as string[][], revealed: [] as string[], menus: [] as unknown[] };
  const electron = {
    app,
    BrowserWindow: FakeWindow,
    Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: (menu: unknown) => shown.menus.push(menu) },
    dialog: {
      showErrorBox: (title: string, text: string) => shown.errors.push([title, text]),
      showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: ['/films/one.mp4'] }),
      showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
    },
    ipcMain: { handle: (name: string, handler: Handler) => calls.set(name, handler) },
    nativeTheme: {},
    protocol: {
      registerSchemesAsPrivileged: (list: unknown[]) => schemes.push(...list),
      handle: (scheme: string, handler: Handler) => handlers.set(scheme, handler),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: Handler) => (permissions.request = handler),
        setPermissionCheckHandler: (handler: Handler) => (permissions.check = handler),
      },
    },
    shell: { openExternal: (url: string) => Promise.resolve(shown.links.push(url)), showItemInFolder: (path: string) => shown.revealed.push(path) },
  };
  return { electron: electron as unknown as ElectronParts, app, schemes, handlers, calls, permissions, shown, windows: FakeWindow.opened };
}
