/** Moves by hand: clips made moves, labelled together and taken back, filtered, searched, asked by example, removed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { ffmpeg } from '../fixtures/films.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';

const words = en.moves;
const patient = { timeout: PATIENCE_MS };
const CLIPS = ['amber', 'birch', 'cedar', 'dahlia', 'elder', 'fern'];

/** A square that swings once a second, wider from clip to clip. */
function clip(path: string, index: number): void {
  const x = `160+${20 + 20 * index}*sin(2*PI*t)`;
  const filter = `color=black:s=320x180:r=25:d=2[b];color=white:s=24x60:r=25:d=2[s];[b][s]overlay=x='${x}':y=60:eval=frame`;
  ffmpeg('-filter_complex', filter, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path);
}

let folder = '';
const paths: string[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-moves-'));
  CLIPS.forEach((name, index) => {
    const path = join(folder, `${name}.mp4`);
    clip(path, index);
    paths.push(path);
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cells = (page: Page): Locator => page.getByRole('gridcell');
const selected = (page: Page): Locator => page.getByRole('gridcell', { selected: true });
const named = (page: Page, name: string): Locator => page.getByRole('gridcell', { name: new RegExp(`^${name}`, 'i') });
const details = (page: Page): Locator => page.getByRole('complementary', { name: en.library.detail.title });
const filter = (page: Page, name: string): Locator => page.getByRole('complementary', { name: words.filters }).getByRole('button', { name: new RegExp(`^${name}`) });

describeStudio('moves', (studio) => {
  test('clips are imported and made moves by keys, and are analysed', async () => {
    const { page, choose } = studio();
    await page.getByRole('navigation').getByRole('button', { name: en.frame.workspace.library }).click();
    await page.getByText(en.library.empty.title).waitFor();
    await choose(paths, () => page.getByRole('button', { name: en.library.importFiles }).click());
    await expect.poll(() => cells(page).count(), patient).toBe(6);
    await cells(page).first().click();
    await page.keyboard.press('Control+a');
    await expect.poll(() => selected(page).count()).toBe(6);
    await page.keyboard.press('Control+m');
    await expect.poll(() => filter(page, words.shelf.move).innerText(), patient).toMatch(/6$/);
    await page.keyboard.press('a');
    await expect.poll(() => filter(page, words.state.analysed).innerText().catch(() => ''), patient).toMatch(/6$/);
  });

  test('arrows move, Shift and arrows select, Escape lets go', async () => {
    const { page } = studio();
    await page.getByRole('combobox', { name: words.order.title }).click();
    await page.getByRole('option', { name: words.order.name, exact: true }).click();
    await named(page, 'amber').click();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => selected(page).count()).toBe(3);
    await details(page).getByRole('heading', { name: words.batch.title(3) }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.toLowerCase())).toMatch(/^dahlia/);
  });

  test('a label holds for all that are selected; Ctrl+Z takes it back', async () => {
    const { page } = studio();
    const takeBack = details(page).getByRole('button', { name: new RegExp(words.labels.takeBack(words.labels.style)) });
    const style = details(page).getByLabel(words.labels.style, { exact: true });
    await style.fill('sensual');
    await style.press('Enter');
    await page.getByText(words.batch.changed(words.labels.style, 3)).waitFor();
    await takeBack.waitFor();
    await page.getByRole('searchbox').fill('sensual');
    await expect.poll(async () => (await cells(page).evaluateAll((all) => all.slice(0, 3).map((cell) => cell.ariaLabel?.toLowerCase()))).sort(), patient).toEqual(['birch', 'cedar', 'dahlia']);
    await page.getByRole('searchbox').fill('');
    await named(page, 'birch').click();
    await named(page, 'dahlia').click({ modifiers: ['Shift'] });
    await takeBack.waitFor();
    await page.keyboard.press('Control+z');
    await takeBack.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+z');
    await takeBack.waitFor();
  });

  test('what was there stays until the first answer to a question, and comes back between two', async () => {
    const { page } = studio();
    const all = await cells(page).count();
    const gate = Promise.withResolvers<void>();
    await page.route('**/api/library/search', async (route) => {
      await gate.promise;
      await route.continue();
    });
    const asked = page.waitForRequest('**/api/library/search');
    await page.getByRole('searchbox').fill('sensual');
    await asked;
    expect(await cells(page).count()).toBe(all);
    gate.resolve();
    await expect.poll(() => cells(page).count(), patient).toBeLessThan(all);
    await page.unroute('**/api/library/search');
    await page.getByRole('searchbox').fill('');
    await expect.poll(() => cells(page).count(), patient).toBe(all);
  });

  test('E edits the labels of one, typed words are yours, and filter', async () => {
    const { page } = studio();
    await named(page, 'amber').click();
    await page.keyboard.press('e');
    const category = details(page).getByLabel(words.labels.category, { exact: true });
    await category.fill('hip roll');
    await category.press('Enter');
    await details(page).getByRole('button', { name: new RegExp(words.labels.takeBack(words.labels.category)) }).waitFor();
    await details(page).getByRole('textbox', { name: words.labels.addTag }).fill('slow');
    await page.keyboard.press('Enter');
    await details(page).getByText('slow', { exact: true }).waitFor();
  });

  test('words find moves, each with its reason', async () => {
    const { page } = studio();
    await named(page, 'amber').click();
    await page.keyboard.press('/');
    await page.keyboard.type('slow hip roll');
    await expect.poll(async () => (await cells(page).first().getAttribute('aria-label'))?.toLowerCase() ?? '', patient).toMatch(/^amber/);
    await expect.poll(() => cells(page).first().locator('.media-score').count(), patient).toBe(1);
    expect(await cells(page).first().getAttribute('aria-description')).toMatch(/hip|roll|slow/);
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('');
  });

  test('L asks for more like this, Escape ends it', async () => {
    const { page } = studio();
    await named(page, 'cedar').click();
    await page.keyboard.press('l');
    await page.getByText(/^More like cedar/i).waitFor();
    await expect.poll(() => cells(page).first().locator('.media-score').count(), patient).toBe(1);
    await expect.poll(() => named(page, 'cedar').count(), patient).toBe(0);
    await page.keyboard.press('Escape');
    await named(page, 'cedar').waitFor();
  });

  test('the movement of a clip is drawn, and told in words', async () => {
    const { page } = studio();
    await named(page, 'fern').click();
    const beats = details(page).getByRole('list', { name: words.curves.beats });
    await expect.poll(() => beats.getByRole('listitem').count(), patient).toBeGreaterThan(1);
    expect(await details(page).getByRole('list', { name: words.curves.motion }).getByRole('listitem').count()).toBeGreaterThan(4);
  });

  test('a clip plays in the details with Space, and at most two films have a source', async () => {
    const { page } = studio();
    await named(page, 'fern').click();
    await page.keyboard.press('Space');
    await expect.poll(() => page.locator('.clip-view video').evaluate((video) => !(video as HTMLVideoElement).paused), patient).toBe(true);
    expect(await page.locator('video[src]').count()).toBeLessThanOrEqual(2);
    await page.keyboard.press('Space');
  });

  test('removed moves come back with their labels', async () => {
    const { page } = studio();
    await named(page, 'amber').click();
    // The curves are asked for once; gone moves would answer 404.
    await details(page).getByRole('list', { name: words.curves.motion }).waitFor({ state: 'attached' });
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Delete');
    await expect.poll(() => cells(page).count(), patient).toBe(0);
    await page.keyboard.press('Control+z');
    await expect.poll(() => cells(page).count(), patient).toBe(6);
    await named(page, 'amber').click();
    await details(page).getByText('slow', { exact: true }).waitFor();
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
