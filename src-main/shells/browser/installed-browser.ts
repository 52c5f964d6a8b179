/**
 * Opens the studio in a Chromium-family browser as a window of its own (`--app`), with a profile of its own,
 * so that the window's process lives as long as the window does.
 */
import { spawn, type ChildProcess } from 'node:child_process';

type Environment = Readonly<Record<string, string | undefined>>;

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
