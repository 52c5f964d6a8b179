/**
 * Finds a Chromium-family browser and opens the studio in it as a window of its own (`--app`), with a profile of its own,
 * so that the window's process lives as long as the window does.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge', 'brave-browser'] as const;
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'] as const;
const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe', 'Chromium\\Application\\chrome.exe'] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The browser to use: $KINETONE_BROWSER, else the first that is installed.
 * @param exists  asks the file system; a test answers for another platform
 */
export function findBrowser(platform: NodeJS.Platform, env: Environment, exists: (path: string) => boolean = existsSync): string | null {
  const candidates = [env['KINETONE_BROWSER'], ...placesOf(platform, env)];
  return candidates.find((path): path is string => path !== undefined && path !== '' && exists(path)) ?? null;
}

function placesOf(platform: NodeJS.Platform, env: Environment): string[] {
  if (platform === 'darwin') {
    const roots = ['/Applications', join(env['HOME'] ?? '', 'Applications')];
    return MAC_APPS.flatMap((name) => roots.map((root) => `${root}/${name}.app/Contents/MacOS/${name}`));
  }
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter((root) => root !== undefined);
    return WINDOWS_PROGRAMS.flatMap((program) => roots.map((root) => `${root}\\${program}`));
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
}

/** Whether there is a screen a window could appear on. */
export function hasScreen(platform: NodeJS.Platform, env: Environment): boolean {
  if (platform !== 'linux') return true;
  return [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((display) => display !== undefined && display !== '');
}

/** Arguments of the window. The sandbox is left on except for root, whom Chromium refuses to run with it. */
export function windowArguments(url: string, profileFolder: string, isRoot: boolean): string[] {
  return [
    `--app=${url}`,
    `--user-data-dir=${profileFolder}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--class=Kinetone',
    '--window-size=1440,900',
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}

export function openWindow(browser: string, url: string, profileFolder: string): ChildProcess {
  return spawn(browser, windowArguments(url, profileFolder, process.getuid?.() === 0), { stdio: 'ignore' });
}
