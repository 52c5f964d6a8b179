/** A first run: what is there, what is not yet, the demo from the click to its sound in step with its picture. */
import { expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';
import { playheads } from './playback.ts';

/** Sound and picture further apart than this are seen. */
const APART_S = 0.08;

describeStudio('first run', (studio) => {
  test('the start screen offers four things and says which two are not in this version', async () => {
    const { page } = studio();
    await page.getByRole('heading', { name: en.start.title }).waitFor();
    const titles = Object.values(en.start.card).map(({ title }) => title);
    const words = await Promise.all(titles.map((title) => page.getByRole('main').getByRole('button', { name: title }).innerText()));
    expect(words.map((text) => text.includes(en.start.notBuilt))).toEqual([false, false, true, true]);
    expect(words[0]).toContain(en.start.card.sonify.action);
  });

  test('a workspace that is not in this version has a page that says so and leads back', async () => {
    const { page } = studio();
    await page.getByRole('button', { name: en.start.card['music-video'].title }).click();
    await page.getByText(`${en.start.notBuilt}.`).waitFor();
    await page.getByRole('main').getByRole('button', { name: en.frame.workspace.start }).click();
    await page.getByRole('heading', { name: en.start.title }).waitFor();
  });

  test('nothing asks for an account or a key', async () => {
    const text = await studio().page.locator('body').innerText();
    expect(text).not.toMatch(/sign in|log in|account|api key/i);
  });

  test('the demo makes its film, opens, and plays sound and picture together', async () => {
    const { page } = studio();
    await page.getByRole('button', { name: en.start.demo.action }).click();
    await page.getByRole('progressbar', { name: en.start.demo.running }).waitFor();
    await page.getByRole('group', { name: en.command.menu.playback }).waitFor();
    await page.getByRole('button', { name: en.sonify.transport.pause }).waitFor();
    expect(await page.getByRole('radio', { name: en.sonify.output.result }).getAttribute('aria-checked')).toBe('true');
    const first = await playheads(page, APART_S, 0);
    const second = await playheads(page, APART_S, first.pictureS + 0.5);
    for (const { pictureS, soundS } of [first, second]) expect(Math.abs(pictureS - soundS)).toBeLessThan(APART_S);
    expect(second.soundS).toBeGreaterThan(first.soundS);
  });

  test('the result is loud enough to be heard', async () => {
    const level = studio().page.getByRole('banner').getByRole('meter', { name: en.sonify.output.level });
    await expect.poll(async () => Number(await level.getAttribute('aria-valuenow')), { timeout: PATIENCE_MS }).toBeGreaterThan(-40);
  });

  test('no error stood in the console and nothing was asked of another origin', () => {
    expect(studio().faults).toEqual([]);
  });
});
