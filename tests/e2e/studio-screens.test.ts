/** Every screen at the sizes people use: nothing runs out of the window, every control has a name, every canvas a twin. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { chromiumPath, chromiumReason } from '../fixtures/chromium.ts';
import { film } from '../fixtures/films.ts';
import { temporaryFolder } from '../fixtures/program.ts';
import { openFilm, openStudio } from './launch.ts';
import type { Studio, WindowSize } from './launch.ts';

const SIZES: readonly WindowSize[] = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 1280, height: 720, scale: 2 },
];

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
  settings: (page) => page.keyboard.press('Control+,'),
};

/** Controls in sight that have no accessible name, by what they are. */
async function namelessControls(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  const { nodes } = (await client.send('Accessibility.getFullAXTree')) as { nodes: { role?: { value: string }; name?: { value: string }; ignored: boolean }[] };
  const roles = new Set(['button', 'slider', 'textbox', 'searchbox', 'combobox', 'spinbutton', 'switch', 'radio', 'tab', 'meter', 'progressbar', 'dialog', 'link', 'gridcell', 'radiogroup', 'listbox']);
  return nodes.filter((node) => !node.ignored && roles.has(node.role?.value ?? '') && !node.name?.value.trim()).map((node) => node.role?.value ?? '');
}

describe.skipIf(chromiumPath === null)(`screens (${chromiumReason})`, () => {
  const folder = temporaryFolder('studio-screens');
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
    await openFilm(studio, film(folder.path, 'screen.mp4', { seconds: 4, toneHz: 220 }));
  });
  afterAll(async () => {
    await studio.close();
    folder.remove();
  });

  test.each(SIZES)('at $width × $height (zoom $scale) hold everything and name everything', async (size) => {
    const { page, problems } = await studio.window(size);
    for (const [name, open] of Object.entries(SCREENS)) {
      await open(page);
      await page.waitForTimeout(300);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(`${name}: ${wide}`).toBe(`${name}: 0`);
      expect({ name, nameless: await namelessControls(page) }).toEqual({ name, nameless: [] });
      const covered = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.top-bar button, .job-bar button')]
          .filter((button) => button.checkVisibility())
          .filter((button) => {
            const box = button.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return top === null || !(button.contains(top) || top.closest('[data-modal]'));
          })
          .map((button) => button.ariaLabel ?? button.textContent),
      );
      expect({ name, covered }).toEqual({ name, covered: [] });
      if (name === 'settings') await page.keyboard.press('Escape');
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('every canvas of the workspace has a twin in words or is a named control', async () => {
    const { page } = studio;
    const lonely = await page.evaluate(() =>
      [...document.querySelectorAll('canvas')]
        .filter((canvas) => !canvas.closest('[role=meter], [role=slider], button, .lanes-overlay'))
        .filter((canvas) => !canvas.parentElement?.querySelector('[role=list]'))
        .map((canvas) => canvas.parentElement?.className),
    );
    expect(lonely).toEqual([]);
  });

  test('the pages of each theme have no style the policy refuses', async () => {
    const { page, problems } = await studio.window();
    for (const theme of ['Light', 'High contrast', 'Dark']) {
      await page.keyboard.press('Control+,');
      await page.getByRole('radio', { name: theme }).click();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme.toLowerCase().replace(' ', '-'));
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
