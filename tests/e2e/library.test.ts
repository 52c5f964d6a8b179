/** The library by hand: choosing and dropping files, posters, running through a film, refusals, removal and its undo. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { film } from '../fixtures/films.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';

/** Drops real files where a person would let go of them, as the browser itself would. */
async function drop(page: Page, files: readonly string[], x: number, y: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}

const cell = (page: Page, name: string): Locator => page.getByRole('gridcell', { name, exact: true });

/** Whether a picture has arrived and was decoded. */
const isDecoded = (picture: Locator): Promise<boolean> => picture.evaluate((element) => element instanceof HTMLImageElement && element.complete && element.naturalWidth > 0);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-library-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('library', (studio) => {
  test('a film chosen in the file dialog stands in the library', async () => {
    const { page, choose } = studio();
    const path = film(folder, 'chosen ✂ film.mp4', { toneHz: 440 });
    await page.getByRole('navigation').getByRole('button', { name: en.frame.workspace.library }).click();
    await page.getByText(en.library.empty.title).waitFor();
    await choose([path], () => page.getByRole('button', { name: en.library.importFiles }).click());
    await cell(page, 'chosen ✂ film.mp4').waitFor();
    await page.getByText(en.library.count(1)).waitFor();
  });

  test('its poster arrives by itself', async () => {
    const { page } = studio();
    const poster = cell(page, 'chosen ✂ film.mp4').locator('img');
    await poster.waitFor({ state: 'attached' });
    await expect.poll(() => isDecoded(poster), { timeout: PATIENCE_MS }).toBe(true);
  });

  test('the pointer runs through the film: another place shows another picture and time', async () => {
    const { page } = studio();
    const strip = cell(page, 'chosen ✂ film.mp4').locator('.hover-scrub');
    await strip.waitFor({ state: 'attached' });
    const box = await strip.boundingBox();
    if (box === null) throw new Error('The film is not in sight.');
    const shownAt = async (part: number): Promise<string> => {
      await page.mouse.move(box.x + box.width * part, box.y + box.height / 2);
      return strip.locator('.hover-tile').evaluate((tile) => (tile.style.opacity === '1' ? `${tile.textContent} ${tile.style.backgroundPosition}` : ''));
    };
    const seen: string[] = [];
    for (const part of [0.1, 0.9]) {
      await expect.poll(async () => (await shownAt(part - 0.01)) && (await shownAt(part)), { timeout: PATIENCE_MS }).toMatch(/\d:\d\d/);
      seen.push(await shownAt(part));
    }
    const [early = '', late = ''] = seen;
    expect(early).toMatch(/^0:00\.3/);
    expect(late).toMatch(/^0:02\.7/);
    expect(early.split(' ').slice(1)).not.toEqual(late.split(' ').slice(1));
  });

  test('two films dropped on the window stand in the library', async () => {
    const { page } = studio();
    const paths = [film(folder, 'dropped one.mkv', { size: '320x180', seconds: 1 }), film(folder, 'dropped two.mov', { size: '320x180', seconds: 2 })];
    await drop(page, paths, 300, 500);
    await cell(page, 'dropped one.mkv').waitFor();
    await cell(page, 'dropped two.mov').waitFor();
    await page.getByText(en.library.count(3)).waitFor();
  });

  test('a film that is there already is said to be, and stays one item', async () => {
    const { page, choose } = studio();
    await choose([join(folder, 'dropped one.mkv')], () => page.keyboard.press('Control+i'));
    await page.getByText(en.library.upload.already('dropped one.mkv')).waitFor();
    await page.getByText(en.library.count(3)).waitFor();
  });

  test('a file that is no film is refused beside the library with its name and the reason', async () => {
    const { page, choose } = studio();
    const path = join(folder, 'notes.mp4');
    writeFileSync(path, 'These are notes, not a film.\n'.repeat(40));
    await choose([path], () => page.keyboard.press('Control+i'));
    const notice = page.getByRole('main').getByRole('alert');
    await notice.waitFor();
    const text = await notice.innerText();
    expect(text).toContain('notes.mp4');
    expect(text).toMatch(/text/);
    await notice.getByRole('button', { name: en.frame.dismiss }).click();
    await notice.waitFor({ state: 'detached' });
    await page.getByText(en.library.count(3)).waitFor();
  });

  test('a removed film comes back by undo', async () => {
    const { page } = studio();
    await cell(page, 'dropped two.mov').click();
    await page.getByRole('complementary', { name: en.library.detail.title }).getByRole('heading', { name: 'dropped two.mov' }).waitFor();
    await page.keyboard.press('Delete');
    await cell(page, 'dropped two.mov').waitFor({ state: 'detached' });
    const toast = page.getByRole('listitem').filter({ hasText: en.library.item.removed('dropped two.mov') });
    await toast.getByRole('button', { name: en.library.item.undo }).click();
    await cell(page, 'dropped two.mov').waitFor();
  });

  test('search and filters show what fits', async () => {
    const { page } = studio();
    await page.getByRole('searchbox', { name: en.library.search }).fill('dropped');
    await page.getByText(en.library.count(2)).waitFor();
    await page.getByRole('searchbox', { name: en.library.search }).fill('nothing is called this');
    await page.getByRole('button', { name: en.library.noMatch.clear }).click();
    await page.getByText(en.library.count(3)).waitFor();
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
