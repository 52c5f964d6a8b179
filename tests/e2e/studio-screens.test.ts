/** Every screen at the sizes people use: nothing runs out of the window, every control has a name, every canvas a twin. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { film } from '../fixtures/films.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';

/** The last is a window of 1280 × 720 at the browser's zoom of 200 %. */
const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 640, height: 360 },
] as const;

let folder = '';
let path = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-screens-'));
  path = film(folder, 'screen.mp4', { seconds: 3, size: '320x180', toneHz: 220 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens each screen in turn. */
const SCREENS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  start: (page) => page.getByRole('button', { name: 'Start', exact: true }).click(),
  library: (page) => page.getByRole('button', { name: 'Library', exact: true }).click(),
  sonify: async (page) => {
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.locator('.recent-row').first().click();
    await page.getByRole('region', { name: 'Viewer' }).waitFor();
  },
  mixer: (page) => page.getByRole('tab', { name: 'Mixer' }).click(),
  sound: (page) => page.getByRole('tab', { name: 'Sound' }).click(),
  export: (page) => page.keyboard.press('Control+e'),
  jobs: (page) => page.keyboard.press('Control+j'),
  live: async (page) => {
    await page.keyboard.press('Control+j');
    await page.getByRole('radio', { name: en.live.name, exact: true }).click();
    await page.getByRole('region', { name: en.live.deck.title }).waitFor();
    await page.keyboard.press('Shift+S');
  },
  'live audio': (page) => page.keyboard.press('Control+Shift+a'),
  'live MIDI': (page) => page.keyboard.press('Control+Shift+m'),
  'live mixer': async (page) => {
    await page.keyboard.press('Control+Shift+m');
    await page.getByRole('tab', { name: 'Mixer' }).click();
  },
  'not live': (page) => page.getByRole('radio', { name: en.sonify.output.preview, exact: true }).click(),
};

/** Controls in sight that have no accessible name, by what they are. */
async function namelessControls(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  const { nodes } = (await client.send('Accessibility.getFullAXTree')) as {
    nodes: { role?: { value: string }; name?: { value: string }; ignored: boolean }[];
  };
  const roles = new Set([
    'button',
    'slider',
    'textbox',
    'searchbox',
    'combobox',
    'spinbutton',
    'switch',
    'radio',
    'tab',
    'meter',
    'progressbar',
    'dialog',
    'link',
    'gridcell',
    'radiogroup',
    'listbox',
  ]);
  return nodes
    .filter((node) => !node.ignored && roles.has(node.role?.value ?? '') && !node.name?.value.trim())
    .map((node) => node.role?.value ?? '');
}

/** Buttons of the frame that something else lies over. */
function coveredButtons(page: Page): Promise<(string | null)[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.top-bar button, .job-bar button')]
      .filter((button) => button.checkVisibility())
      .filter((button) => {
        const box = button.getBoundingClientRect();
        return !button.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
      })
      .map((button) => button.ariaLabel ?? button.textContent),
  );
}

describeStudio('screens', (studio) => {
  test('a film is opened', async () => {
    const { page, choose } = studio();
    await choose([path], () =>
      page.getByRole('main').getByRole('button', { name: en.start.card.sonify.title }).click(),
    );
    await expect
      .poll(() => page.getByRole('list', { name: en.sonify.lanes.motion, exact: true }).getByRole('listitem').count(), {
        timeout: PATIENCE_MS,
      })
      .toBeGreaterThan(0);
  });

  test.each(SIZES)(
    'at $width × $height nothing leaves the window, nothing is covered, everything has a name',
    async (size) => {
      const { page } = studio();
      await page.setViewportSize(size);
      for (const [name, open] of Object.entries(SCREENS)) {
        await open(page);
        await page.waitForTimeout(300);
        const sidewaysPx = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect({
          name,
          sidewaysPx,
          covered: await coveredButtons(page),
          nameless: await namelessControls(page),
        }).toEqual({ name, sidewaysPx: 0, covered: [], nameless: [] });
      }
      await page.keyboard.press('Escape');
    },
  );

  test('every canvas has a twin in words or belongs to a named control', async () => {
    const { page } = studio();
    await SCREENS['sonify']?.(page);
    const lonely = await page.evaluate(() =>
      [...document.querySelectorAll('canvas')]
        .filter((canvas) => !canvas.closest('[role=meter], [role=slider], button, .lanes-overlay'))
        .filter((canvas) => !canvas.parentElement?.querySelector('[role=list]'))
        .map((canvas) => canvas.parentElement?.className),
    );
    expect(lonely).toEqual([]);
  });

  test('each theme is there at once and kept', async () => {
    const { page } = studio();
    for (const theme of ['light', 'high-contrast', 'dark'] as const) {
      await page.keyboard.press('Control+,');
      await page.getByRole('radio', { name: en.settings.themes[theme], exact: true }).click();
      await page.keyboard.press('Escape');
      await expect
        .poll(() => page.evaluate(() => document.documentElement.dataset['theme']), { timeout: PATIENCE_MS })
        .toBe(theme);
    }
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
