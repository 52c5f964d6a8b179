/**
 * The library with 2 000 clips in it, scrolled from end to end in Chromium: times between frames. The rows are those of
 * eight imported clips, copied in the database, so that posters and filmstrips are real.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';

import type { BenchContext, BenchRow } from './row.ts';
import { CLIPS, PATIENCE_MS, browserPath, fill, frameTimes, makeClips, openPage, serve } from './studio.ts';

const ITEMS = 2000;
const PX_PER_FRAME = 60;
const SLOW_MS = 34;

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
  if (browserPath === null) {
    say('scroll: left out, no Chromium is installed');
    return [];
  }
  const cli = join(repository, 'out/main/cli.js');
  const data = join(folder, 'scroll');
  makeClips(join(folder, 'clips'));
  await fill(cli, data, join(folder, 'clips'));
  multiply(data);
  const studio = await serve(cli, data);
  const { browser, page } = await openPage(studio);
  try {
    await page.getByRole('navigation').getByRole('button', { name: 'Library' }).click();
    await page.getByRole('gridcell').first().waitFor({ timeout: PATIENCE_MS });
    await sleep(1000);
    const ours = frameTimes(await scroll(page), SLOW_MS);
    return [{ what: `scrolling ${ITEMS} clips, ${PX_PER_FRAME} px a frame`, ours, peer: '-', ratio: null, bar: `99 % ≤ ${SLOW_MS} ms` }];
  } finally {
    await browser.close();
    await studio.stop();
  }
}
