/**
 * The library with 2 000 clips in it, scrolled from end to end in Chromium: times between frames. The rows are those of
 * eight imported clips, copied in the database, so that posters and filmstrips are real.
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { type Page, chromium } from 'playwright-core';

import { findBrowser } from '../../src-main/adapters/machine/browsers.ts';
import { type BenchContext, type BenchRow, median } from './row.ts';

const CLIPS = 8;
const ITEMS = 2000;
const PX_PER_FRAME = 60;
const PATIENCE_MS = 120_000;

interface Studio {
  readonly address: string;
  fetch(path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

async function serve(cli: string, data: string): Promise<Studio> {
  rmSync(join(data, 'serve.json'), { force: true });
  const child = spawn(process.execPath, [cli, 'serve', '--data-dir', data], { stdio: 'ignore' });
  while (!existsSync(join(data, 'serve.json'))) await sleep(20);
  const { address, token } = JSON.parse(readFileSync(join(data, 'serve.json'), 'utf8')) as { address: string; token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    address,
    fetch: async (path, body) => {
      const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${address}${path}`, init)).json();
    },
    stop: () => new Promise((done) => child.once('close', () => done()) && child.kill('SIGTERM')),
  };
}

function makeClips(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < CLIPS; i += 1) {
    const source = `testsrc2=size=640x360:rate=25:duration=4,hue=h=${i * 45}`;
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', join(folder, `clip${i}.mp4`)]);
  }
}

/** Imports the clips as moves and waits until nothing is left to do. */
async function fill(cli: string, data: string, clips: string): Promise<void> {
  const studio = await serve(cli, data);
  await studio.fetch('/api/library/folders', { paths: [clips] });
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    await sleep(500);
    const { jobs } = (await studio.fetch('/api/jobs?limit=500')) as { jobs: { state: string }[] };
    const { moves } = (await studio.fetch('/api/library/moves')) as { moves: unknown[] };
    if (moves.length === CLIPS && jobs.every(({ state }) => state !== 'pending' && state !== 'running')) break;
  }
  await studio.stop();
}

/** Copies items and moves until there are enough of them. */
function multiply(data: string): void {
  const database = new Database(join(data, 'kinetone.sqlite'));
  for (const table of ['media_items', 'moves']) {
    const names = (database.prepare(`PRAGMA table_info(${table})`).all() as { name: string }[]).map(({ name }) => name);
    const columns = names.map((name) => (name === 'id' ? "t.id || '-' || n.value" : `t.${name}`));
    const copies = Math.ceil(ITEMS / CLIPS) - 1;
    database
      .prepare(`WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ${copies}) INSERT INTO ${table} (${names.join(', ')}) SELECT ${columns.join(', ')} FROM ${table} t, n`)
      .run();
  }
  database.close();
}

/** Scrolls to the end, a few rows' worth of pixels a frame. @returns ms between frames */
function scroll(page: Page): Promise<number[]> {
  return page.locator('.media-scroll').evaluate(async (element, step) => {
    const times: number[] = [];
    const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
    for (let before = await frame(); element.scrollTop + element.clientHeight < element.scrollHeight - 2; ) {
      element.scrollTop += step;
      const now = await frame();
      times.push(now - before);
      before = now;
    }
    return times;
  }, PX_PER_FRAME);
}

export async function scrollRows({ repository, folder, say }: BenchContext): Promise<BenchRow[]> {
  const executablePath = findBrowser(process.platform, process.env);
  if (executablePath === null) {
    say('scroll: left out, no Chromium is installed');
    return [];
  }
  const cli = join(repository, 'out/main/cli.js');
  const data = join(folder, 'scroll');
  makeClips(join(folder, 'clips'));
  await fill(cli, data, join(folder, 'clips'));
  multiply(data);
  const studio = await serve(cli, data);
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
    const { url } = (await studio.fetch('/shell/boot', {})) as { url: string };
    await page.goto(url);
    await page.getByRole('navigation').getByRole('button', { name: 'Library' }).click();
    await page.getByRole('gridcell').first().waitFor({ timeout: PATIENCE_MS });
    await sleep(1000);
    const times = await scroll(page);
    const over = times.filter((ms) => ms > 50).length;
    const sorted = [...times].sort((a, b) => a - b);
    const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1);
    const ours = `${median(times).toFixed(1)} ms median, ${at(0.99)} at 99 %, ${at(1)} longest; ${over} of ${times.length} frames over 50 ms`;
    return [{ what: `scrolling ${ITEMS} clips, ${PX_PER_FRAME} px a frame`, ours, peer: '-', ratio: null, bar: 'no stutter' }];
  } finally {
    await browser.close();
    await studio.stop();
  }
}
