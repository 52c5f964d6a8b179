/** Every screen at the least and at a common size: a picture to look at, nothing wider than the window, no clipped bar. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { film } from '../fixtures/films.ts';
import { describeStudio, screenshotFolder } from './launch.ts';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;

interface Fit {
  /** Pixels by which the document is wider or higher than the window. */
  readonly beyondPx: readonly [number, number];
  /** Controls of the top bar that reach out of it or out of the window. */
  readonly clipped: readonly string[];
}

const fitOf = (page: Page): Promise<Fit> =>
  page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const bar = document.querySelector('.frame > header')?.getBoundingClientRect() ?? new DOMRect();
    const controls = [...document.querySelectorAll('.frame > header :is(button, [role=slider], [role=meter])')];
    const isOut = ({ left, right, top, bottom }: DOMRect): boolean => left < -0.5 || right > innerWidth + 0.5 || top < bar.top - 0.5 || bottom > bar.bottom + 0.5;
    return {
      beyondPx: [scrollWidth - innerWidth, scrollHeight - innerHeight] as const,
      clipped: controls.filter((element) => isOut(element.getBoundingClientRect())).map((element) => element.getAttribute('aria-label') ?? element.textContent ?? ''),
    };
  });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-screens-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('screens', (studio, launcher) => {
  /** The screen at each size. */
  async function look(name: string): Promise<void> {
    const { page } = studio();
    const fits: Record<string, Fit> = {};
    for (const size of SIZES) {
      await page.setViewportSize(size);
      // Two frames, so that what measures itself has been drawn at its new size.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      fits[`${size.width}`] = await fitOf(page);
      await page.screenshot({ path: join(screenshotFolder(launcher), `${name}-${size.width}.png`) });
    }
    const fitting: Fit = { beyondPx: [0, 0], clipped: [] };
    expect(fits).toEqual({ 1280: fitting, 1920: fitting });
  }

  test('start', async () => {
    await studio().page.getByRole('heading', { name: en.start.title }).waitFor();
    await look('start');
  });

  test('a workspace that is not in this version', async () => {
    const { page } = studio();
    await page.getByRole('main').getByRole('button', { name: en.start.card['music-video'].title }).click();
    await page.getByText(`${en.start.notBuilt}.`).waitFor();
    await look('not-built');
  });

  test('library, empty and with a long name', async () => {
    const { page, choose } = studio();
    await page.keyboard.press('Control+3');
    await page.getByText(en.library.empty.title).waitFor();
    await look('library-empty');
    const name = 'a film whose name goes on for much longer than any column is wide, and then some more.mp4';
    await choose([film(folder, name, { toneHz: 220 })], () => page.keyboard.press('Control+i'));
    const cell = page.getByRole('gridcell', { name });
    await cell.click();
    await look('library');
  });

  test('sonify, with each tab of the inspector', async () => {
    const { page } = studio();
    await page.getByRole('complementary', { name: en.library.detail.title }).getByRole('button', { name: en.library.item.sonify, exact: true }).click();
    await page.getByRole('group', { name: en.sonify.lanes.motion, exact: true }).getByRole('listitem').first().waitFor();
    await look('sonify');
    for (const tab of ['mixer', 'sound'] as const) {
      await page.getByRole('tab', { name: en.mapping.tab[tab] }).click();
      await look(`sonify-${tab}`);
    }
    await page.getByRole('tab', { name: en.mapping.tab.mapping }).click();
    await page.getByRole('button', { name: en.mapping.row.expand }).first().click();
    await look('sonify-row');
  });

  test('the sheets beside the work', async () => {
    const { page } = studio();
    for (const [chord, title] of [['Control+e', en.export.title], ['Control+h', en.project.history], ['Control+j', en.jobs.title]] as const) {
      await page.keyboard.press(chord);
      const sheet = page.getByRole('dialog', { name: title, exact: true });
      await sheet.waitFor();
      await look(`sheet-${title.toLowerCase()}`);
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
    }
  });

  test('the dialogs', async () => {
    const { page } = studio();
    for (const [chord, title] of [['?', en.frame.shortcuts.title], ['Control+k', en.frame.palette.title], ['Control+,', en.settings.title], ['Control+o', en.project.open]] as const) {
      await page.keyboard.press(chord);
      const dialog = page.getByRole('dialog', { name: title, exact: true });
      await dialog.waitFor();
      await look(`dialog-${title.toLowerCase().replaceAll(' ', '-')}`);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
