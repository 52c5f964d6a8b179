/** Installed browsers that open an address as an app window, in the order in which they are preferred. */
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
