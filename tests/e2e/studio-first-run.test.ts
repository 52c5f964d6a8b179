/** The first minutes: nothing asked, four things to make, the demo that plays by itself. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { chromiumPath, chromiumReason } from '../fixtures/chromium.ts';
import { openStudio, shownTime } from './launch.ts';
import type { Studio } from './launch.ts';

describe.skipIf(chromiumPath === null)(`first run (${chromiumReason})`, () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio.close());

  test('shows four things to make, a demo and recent projects, and asks for nothing', async () => {
    const { page, problems } = studio;
    for (const name of ['Sonify a video', 'Choreograph a song', 'Make a music video', 'Text to video']) {
      await page.getByRole('main').getByRole('button', { name }).waitFor();
    }
    await page.getByRole('button', { name: 'Try the demo' }).waitFor();
    await page.getByText('Projects you open appear here.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('says plainly which workspaces are not built', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: /Choreograph a song/ }).click();
    await page.getByRole('heading', { name: 'Choreograph a song' }).waitFor();
    await page.getByText('Not in this version yet.').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Start' }).click();
  });

  test('the demo makes its own film and plays it, picture with sound', async () => {
    const { page, problems } = studio;
    await page.getByRole('button', { name: 'Try the demo' }).click();
    await page.getByRole('progressbar', { name: 'Making the demo' }).waitFor();
    await page.getByRole('region', { name: 'Viewer' }).waitFor({ timeout: 200_000 });
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await expect.poll(() => shownTime(page), { timeout: 30_000 }).toBeGreaterThan(0.5);
    const errors = await page.evaluate(async () => {
      const played = [...(window as unknown as { mediaPlayed: Set<HTMLMediaElement> }).mediaPlayed];
      const audio = played.find((element) => element instanceof HTMLAudioElement && !element.paused);
      const video = document.querySelector('video');
      const errors: number[] = [];
      for (let i = 0; audio && video && i < 40; i += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        errors.push(Math.abs(audio.currentTime - video.currentTime));
      }
      return errors.sort((a, b) => a - b);
    });
    expect(errors).toHaveLength(40);
    expect(errors[20]).toBeLessThanOrEqual(0.08);
    expect(problems).toEqual([]);
  });

  test('the project is there after a reload', async () => {
    const { page } = studio;
    await page.reload();
    await page.getByRole('button', { name: /Demo/ }).first().click();
    await page.getByRole('region', { name: 'Viewer' }).waitFor();
    await page.getByRole('list', { name: 'Motion' }).getByRole('listitem').first().waitFor({ state: 'attached' });
  });
});
