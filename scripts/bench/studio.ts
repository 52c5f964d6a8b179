/** A studio on loopback with eight imported clips, opened in Chromium: what the benches of the page share. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Browser, type Page, chromium } from 'playwright-core';

import { findBrowser } from '../../src-main/adapters/machine/browsers.ts';
import { median } from './row.ts';

/** How many clips there are. */
export const CLIPS = 8;
export const PATIENCE_MS = 120_000;
export const browserPath = findBrowser(process.platform, process.env);

export interface Studio {
  readonly address: string;
  fetch(path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export async function serve(cli: string, data: string): Promise<Studio> {
  rmSync(join(data, 'serve.json'), { force: true });
  const child = spawn(process.execPath, [cli, 'serve', '--data-dir', data], { stdio: 'ignore' });
  while (!existsSync(join(data, 'serve.json'))) await sleep(20);
  const { address, token } = JSON.parse(readFileSync(join(data, 'serve.json'), 'utf8')) as { address: string; token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    address,
    fetch: async (path, body) => {
      const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await fetch(`${address}${path}`, init);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    stop: () => new Promise((done) => child.once('close', () => done()) && child.kill('SIGTERM')),
  };
}

export function makeClips(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < CLIPS; i += 1) {
    const source = `testsrc2=size=640x360:rate=25:duration=4,hue=h=${i * 45}`;
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', join(folder, `clip${i}.mp4`)]);
  }
}

/** Imports the clips as moves and waits until nothing is left to do. */
export async function fill(cli: string, data: string, clips: string): Promise<void> {
  const studio = await serve(cli, data);
  await studio.fetch('/api/library/folders', { paths: [clips] });
  await settled(studio);
  await studio.stop();
}

/** Until every clip is a move and no job is left. */
export async function settled(studio: Studio): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    await sleep(500);
    const { jobs } = (await studio.fetch('/api/jobs?limit=500')) as { jobs: { state: string }[] };
    const { moves } = (await studio.fetch('/api/library/moves')) as { moves: unknown[] };
    if (moves.length === CLIPS && jobs.every(({ state }) => state !== 'pending' && state !== 'running')) return;
  }
  throw new Error('The clips were not analysed in time.');
}

/** The studio's page at 1280×720. */
export async function openPage(studio: Studio): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({ executablePath: browserPath ?? '', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
  const { url } = (await studio.fetch('/shell/boot', {})) as { url: string };
  await page.goto(url);
  return { browser, page };
}

/** Times between frames as a row says them: "16.7 ms median, 20.1 at 95 %, …". */
export function frameTimes(times: readonly number[], slowMs: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  const slow = times.filter((ms) => ms > slowMs).length;
  const share = ((100 * slow) / times.length).toFixed(1);
  return `${median(times).toFixed(1)} ms median, ${at(0.95)} at 95 %, ${at(0.99)} at 99 %, ${at(1)} longest; ${share} % of ${times.length} frames over ${slowMs} ms`;
}
