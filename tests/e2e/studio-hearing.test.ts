/** Hearing and changing: presets that go over without a gap, two versions compared, knobs by hand and by typing, panic. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { film } from '../fixtures/films.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';
import { shownS } from './playback.ts';

const RATE = 30;
const poll = { timeout: PATIENCE_MS };
const time = (page: Page): Promise<number> => shownS(page, en.sonify.transport.timecode, RATE);
const presets = (page: Page): Locator =>
  page.getByRole('region', { name: en.mapping.presets }).getByRole('listitem').getByRole('button');
const chosen = (page: Page): Promise<string> => page.locator('.preset-card[aria-pressed=true]').innerText();
const level = (page: Page): Locator => page.getByRole('banner').getByRole('meter', { name: en.sonify.output.level });
const isSaved = (page: Page): Promise<void> =>
  page.getByRole('contentinfo').getByText(en.frame.saved, { exact: true }).waitFor();

let folder = '';
let path = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-hearing-'));
  path = film(folder, 'patterns.mp4', { seconds: 14, size: '320x180', toneHz: 300 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('hearing', (studio) => {
  test('a film can be played before it is analysed, and is heard as soon as it is', async () => {
    const { page, choose } = studio();
    await choose([path], () =>
      page.getByRole('main').getByRole('button', { name: en.start.card.sonify.title }).click(),
    );
    await page.getByRole('region', { name: en.sonify.viewer }).waitFor();
    await page.keyboard.press('Space');
    await expect.poll(() => time(page), poll).toBeGreaterThan(0.5);
    await expect
      .poll(
        () => page.getByRole('list', { name: en.sonify.lanes.motion, exact: true }).getByRole('listitem').count(),
        poll,
      )
      .toBe(12);
    await page.keyboard.press('Home');
    await page
      .getByRole('button', { name: en.sonify.transport.pause })
      .or(page.getByRole('button', { name: en.sonify.transport.play, exact: true }))
      .first()
      .waitFor();
    if ((await page.getByRole('button', { name: en.sonify.transport.pause }).count()) === 0)
      await page.keyboard.press('Space');
    await expect.poll(async () => Number(await level(page).getAttribute('aria-valuenow')), poll).toBeGreaterThan(-40);
  });

  test('what was seen stands in words: motion, edges, colours', async () => {
    const seen = studio().page.getByRole('list', { name: en.sonify.overlays });
    await expect.poll(() => seen.textContent(), poll).toMatch(/motion \d\.\d{3}.*edge density.*#[0-9a-f]{6}/s);
  });

  test('another preset while it plays is heard without a gap: the picture never stops', async () => {
    const { page } = studio();
    await page.keyboard.press('Home');
    await expect.poll(() => time(page), poll).toBeGreaterThan(0.3);
    await page.evaluate(() => {
      const counted = window as unknown as { stops: number };
      counted.stops = 0;
      document.querySelector('video')?.addEventListener('pause', () => (counted.stops += 1));
    });
    const before = await chosen(page);
    const state = page.locator('.audio-state');
    await presets(page).nth(3).click();
    await expect.poll(() => chosen(page), poll).not.toBe(before);
    await isSaved(page);
    await expect.poll(() => state.innerText(), poll).toContain(en.sonify.output.ready);
    await page.keyboard.press('k');
    await page.getByRole('button', { name: en.sonify.transport.play, exact: true }).waitFor();
    await expect.poll(() => page.evaluate(() => (window as unknown as { stops: number }).stops), poll).toBe(1);
  });

  test('a row says its sentence and opens to its curve', async () => {
    const { page } = studio();
    const row = page.getByRole('region', { name: en.mapping.rows }).getByRole('listitem').first();
    expect(await row.getAttribute('aria-label')).toMatch(/^[A-Z].* (makes?|moves?|puts?|gives?|turns?) .*\.$/);
    await row.getByRole('button', { name: en.mapping.row.expand }).click();
    await row.getByRole('radio', { name: en.mapping.curve.kind.points }).click();
    const point = row.getByRole('button', { name: /^Point 1:/ });
    await point.focus();
    await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(() => point.getAttribute('aria-label'), poll).not.toContain('output 0 %');
    await row.getByRole('button', { name: en.mapping.row.collapse }).click();
  });

  test('a knob is dragged in one undo step and typed with its unit', async () => {
    const { page } = studio();
    await page.getByRole('tab', { name: en.mapping.tab.sound }).click();
    const knob = page.getByRole('slider', { name: 'Bass drive' });
    const read = (): Promise<string | null> => knob.getAttribute('aria-valuetext');
    await knob.scrollIntoViewIfNeeded();
    await isSaved(page);
    const before = await read();
    const box = await knob.boundingBox();
    if (!box) throw new Error('no knob');
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y - 30, { steps: 12 });
    await page.mouse.up();
    await expect.poll(read, poll).not.toBe(before);
    await isSaved(page);
    await page.keyboard.press('Control+z');
    await expect.poll(read, poll).toBe(before);
    await page.getByRole('button', { name: /^Bass drive:/ }).click();
    await page.keyboard.type('35 %');
    await page.keyboard.press('Enter');
    await expect.poll(read, poll).toBe('35 %');
    await page.getByRole('tab', { name: en.mapping.tab.mapping }).click();
  });

  test('two versions are compared, each with its own mapping, and one is kept', async () => {
    const { page } = studio();
    await page.getByRole('button', { name: new RegExp(`^${en.mapping.compare.start}`) }).click();
    const versions = page.getByRole('radiogroup', { name: en.mapping.compare.line });
    expect(await versions.getByRole('radio', { name: en.mapping.compare.b }).getAttribute('aria-checked')).toBe('true');
    const a = await chosen(page);
    await presets(page).last().click();
    await expect.poll(() => chosen(page), poll).not.toBe(a);
    const b = await chosen(page);
    await page.keyboard.press('c');
    await expect.poll(() => chosen(page), poll).toBe(a);
    await page.keyboard.press('c');
    await page.getByRole('button', { name: en.mapping.compare.keepB }).click();
    await versions.waitFor({ state: 'detached' });
    expect(await chosen(page)).toBe(b);
  });

  test('panic silences everything', async () => {
    const { page } = studio();
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect.poll(async () => Number(await level(page).getAttribute('aria-valuenow')), poll).toBeGreaterThan(-50);
    await page.keyboard.press('Shift+Escape');
    await page.getByRole('button', { name: en.sonify.transport.play, exact: true }).waitFor();
    await expect.poll(async () => Number(await level(page).getAttribute('aria-valuenow')), poll).toBe(-60);
    await page.getByText(en.sonify.output.silenced).waitFor();
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
