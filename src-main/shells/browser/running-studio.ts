/** The studio that already runs on a data folder: asked, with the token of its owner, for a link to open. */
import { join } from 'node:path';

import { z } from 'zod';

import { findBrowser } from '../../app.ts';
import { hasScreen, openWindow } from './installed-browser.ts';
import { readServeFile } from './serve-file.ts';

const ASK_TIMEOUT_MS = 3000;

/** @returns a fresh link into the running studio, or null when none answers. */
export async function linkOfRunningStudio(dataDir: string): Promise<string | null> {
  const file = readServeFile(dataDir);
  if (file === null) return null;
  try {
    const response = await fetch(`${file.address}/shell/boot`, {
      method: 'POST',
      headers: { authorization: `Bearer ${file.token}` },
      signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
    });
    return response.ok ? z.object({ url: z.string() }).parse(await response.json()).url : null;
  } catch {
    // The file of a killed studio: nobody listens, or another program does.
    return null;
  }
}

/**
 * Opens a window onto the running studio.
 * @returns `opened`, or the link to print where no browser can be opened, or null when no studio answers.
 */
export async function openRunningStudio(dataDir: string): Promise<'opened' | { readonly link: string } | null> {
  const link = await linkOfRunningStudio(dataDir);
  if (link === null) return null;
  const browser = hasScreen(process.platform, process.env) ? findBrowser(process.platform, process.env) : null;
  if (browser === null) return { link };
  const window = openWindow(browser, link, join(dataDir, 'browser-profile'));
  const isStarted = await new Promise<boolean>((resolve) => window.once('spawn', () => resolve(true)).once('error', () => resolve(false)));
  window.unref();
  return isStarted ? 'opened' : { link };
}
