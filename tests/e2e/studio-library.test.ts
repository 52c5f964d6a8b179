/** Getting media in and out of the library: picked, dropped, refused with a reason, removed and brought back. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { chromiumPath, chromiumReason } from '../fixtures/chromium.ts';
import { film } from '../fixtures/films.ts';
import { temporaryFolder } from '../fixtures/program.ts';
import { openStudio } from './launch.ts';
import type { Studio } from './launch.ts';

describe.skipIf(chromiumPath === null)(`library (${chromiumReason})`, () => {
  const folder = temporaryFolder('studio-library');
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
    await studio.page.getByRole('button', { name: 'Library', exact: true }).click();
  });
  afterAll(async () => {
    await studio.close();
    folder.remove();
  });

  test('an empty library says what would be here and offers the next step', async () => {
    const { page } = studio;
    await page.getByText('Nothing here yet').waitFor();
    await page.getByRole('button', { name: 'Import files…' }).waitFor();
  });

  test('picked files arrive with their pictures; what is no medium is refused with its reason', async () => {
    const { page } = studio;
    const good = film(folder.path, 'walk in the park.mp4', { seconds: 2, toneHz: 440 });
    const bad = join(folder.path, 'shopping list.mp4');
    writeFileSync(bad, 'milk, bread, two lemons\n'.repeat(40));
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import files…' }).click();
    await (await chooser).setFiles([good, bad]);
    await page.getByRole('gridcell', { name: 'walk in the park.mp4' }).waitFor();
    const refusal = page.getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.innerText()).toContain('shopping list.mp4');
    expect(await refusal.innerText()).not.toMatch(/at .*\.ts:\d+|Error:/);
    await refusal.getByRole('button', { name: 'Dismiss' }).click();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('gridcell', { name: 'walk in the park.mp4' }).locator('img').waitFor();
  });

  test('a file dropped anywhere is imported once, however often', async () => {
    const { page } = studio;
    const bytes = readFileSync(film(folder.path, 'dropped.mp4', { seconds: 1 })).toString('base64');
    for (let times = 0; times < 2; times += 1) {
      const transfer = await page.evaluateHandle(async (text) => {
        const blob = new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]);
        const transfer = new DataTransfer();
        transfer.items.add(new File([blob], 'dropped.mp4', { type: 'video/mp4' }));
        return transfer;
      }, bytes);
      await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer, clientX: 100, clientY: 300 });
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer, clientX: 100, clientY: 300 });
      await page.getByRole('gridcell', { name: 'dropped.mp4' }).waitFor();
    }
    await page.getByText('dropped.mp4 is already in the library.').waitFor();
    expect(await page.getByRole('gridcell', { name: 'dropped.mp4' }).count()).toBe(1);
  });

  test('search and filters narrow the grid, and one click clears them', async () => {
    const { page } = studio;
    await page.getByRole('searchbox', { name: 'Search by name' }).fill('park');
    expect(await page.getByRole('gridcell').count()).toBe(1);
    await page.getByRole('button', { name: /^Sound/ }).click();
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    expect(await page.getByRole('gridcell').count()).toBe(2);
  });

  test('the grid is walked with the arrows, Delete removes, the toast brings back', async () => {
    const { page } = studio;
    await page.getByRole('gridcell', { name: 'dropped.mp4' }).click();
    await page.keyboard.press('ArrowRight');
    const selected = page.locator('[role=gridcell][aria-selected=true]');
    expect(await selected.getAttribute('aria-label')).toBe('walk in the park.mp4');
    await page.keyboard.press('Delete');
    await expect.poll(() => page.getByRole('gridcell').count()).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('gridcell', { name: 'walk in the park.mp4' }).waitFor();
  });

  test('details say what the file is', async () => {
    const { page, problems } = studio;
    await page.getByRole('gridcell', { name: 'walk in the park.mp4' }).click();
    const detail = page.getByRole('complementary', { name: 'Details' });
    for (const fact of ['640 × 360', '30 fps', 'h264', 'aac, 48 kHz, mono']) await detail.getByText(fact).first().waitFor();
    expect(problems.filter((problem) => !problem.includes('422'))).toEqual([]);
  });
});
