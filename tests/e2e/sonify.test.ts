/** The Sonify workspace by hand: a film is seen, its mapping changed, undone, kept over a reload, and a range heard. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { ffmpeg } from '../fixtures/films.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';
import { shownS } from './playback.ts';

const RATE = 30;
const CUT_S = 3;

/** Three still seconds, a cut, three moving ones. */
function stillThenMoving(folder: string): string {
  const path = join(folder, 'still then moving.mp4');
  const size = `size=640x360:rate=${RATE}`;
  ffmpeg('-f', 'lavfi', '-i', `color=c=0x203050:${size}:duration=${CUT_S}`, '-f', 'lavfi', '-i', `testsrc2=${size}:duration=${CUT_S}`, '-filter_complex', '[0][1]concat=n=2', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', path);
  return path;
}

const twin = (page: Page, lane: 'motion' | 'edges' | 'colour' | 'cuts'): Locator => page.getByRole('group', { name: en.sonify.lanes[lane], exact: true }).getByRole('list', { name: en.sonify.lanes[lane], exact: true }).getByRole('listitem');

/** The mean of each stretch a lane's twin names, in order of time. */
async function means(page: Page, lane: 'motion' | 'edges'): Promise<number[]> {
  const lines = await twin(page, lane).allInnerTexts();
  return lines.map((line) => Number(/mean ([\d.]+)/.exec(line)?.[1]));
}

const undoButton = (page: Page): Locator => page.getByRole('banner').getByRole('button', { name: /^(Undo |Nothing to undo)/ });
const undone = (page: Page, label: string): Promise<void> => page.getByRole('button', { name: en.frame.undo(label), exact: true }).waitFor();
const isSaved = (page: Page): Promise<void> => page.getByRole('contentinfo').getByText(en.frame.saved, { exact: true }).waitFor();
const presets = (page: Page): Locator => page.getByRole('region', { name: en.mapping.presets }).getByRole('button');
const firstSolo = (page: Page): Locator => page.getByRole('button', { name: en.mapping.row.solo }).first();

let folder = '';
let film = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-sonify-'));
  film = stillThenMoving(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('sonify', (studio) => {
  test('a chosen film opens as a project named after it, and its analysis begins by itself', async () => {
    const { page, choose } = studio();
    await choose([film], () => page.getByRole('main').getByRole('button', { name: en.start.card.sonify.title }).click());
    await page.getByRole('button', { name: `${en.project.menu}: still then moving` }).waitFor();
    await page.getByRole('contentinfo').getByRole('progressbar').first().waitFor();
  });

  test('the lanes tell what was seen: stillness, a cut, motion', async () => {
    const { page } = studio();
    await expect.poll(async () => (await means(page, 'motion')).length, { timeout: PATIENCE_MS }).toBe(12);
    await expect.poll(() => twin(page, 'cuts').allInnerTexts(), { timeout: PATIENCE_MS }).toEqual([en.sonify.lanes.cutAt('0:03.00')]);
    const [motion, edges] = [await means(page, 'motion'), await means(page, 'edges')];
    expect(Math.max(...motion.slice(0, 5))).toBe(0);
    expect(Math.min(...motion.slice(7))).toBeGreaterThan(0);
    expect(Math.max(...edges.slice(0, 5))).toBe(0);
    expect(Math.min(...edges.slice(7))).toBeGreaterThan(0.01);
    expect((await twin(page, 'colour').first().innerText()).toLowerCase()).toMatch(/#[12][0-9a-f][23][0-9a-f][45][0-9a-f]$/);
  });

  test('picking a preset is one undo step, and undo and redo go there and back', async () => {
    const { page } = studio();
    const chosen = presets(page).filter({ hasText: 'Glasshouse' });
    await chosen.click();
    await undone(page, en.mapping.edit.usePreset('Glasshouse'));
    expect(await chosen.getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Control+z');
    await expect.poll(() => chosen.getAttribute('aria-pressed'), { timeout: PATIENCE_MS }).toBe('false');
    expect(await undoButton(page).getAttribute('aria-label')).toBe(en.frame.nothingToUndo);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => chosen.getAttribute('aria-pressed'), { timeout: PATIENCE_MS }).toBe('true');
  });

  test('hearing only one row is an undo step', async () => {
    const { page } = studio();
    await firstSolo(page).click();
    await expect.poll(() => undoButton(page).getAttribute('aria-label'), { timeout: PATIENCE_MS }).toContain(en.mapping.edit.field.solo);
    expect(await firstSolo(page).getAttribute('aria-pressed')).toBe('true');
    await undoButton(page).click();
    await expect.poll(() => firstSolo(page).getAttribute('aria-pressed'), { timeout: PATIENCE_MS }).toBe('false');
    await page.keyboard.press('Control+y');
    await expect.poll(() => firstSolo(page).getAttribute('aria-pressed'), { timeout: PATIENCE_MS }).toBe('true');
  });

  test('a knob turned by keys is one undo step, however many keys', async () => {
    const { page } = studio();
    await page.getByRole('tab', { name: en.mapping.tab.sound }).click();
    const knob = page.getByRole('region', { name: en.mapping.voice.bass }).getByRole('slider').first();
    const before = Number(await knob.getAttribute('aria-valuenow'));
    await knob.focus();
    for (const key of ['ArrowUp', 'ArrowUp', 'PageUp']) await page.keyboard.press(key);
    await expect.poll(async () => Number(await knob.getAttribute('aria-valuenow')), { timeout: PATIENCE_MS }).toBeGreaterThan(before);
    await isSaved(page);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => Number(await knob.getAttribute('aria-valuenow')), { timeout: PATIENCE_MS }).toBe(before);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(async () => Number(await knob.getAttribute('aria-valuenow')), { timeout: PATIENCE_MS }).toBeGreaterThan(before);
  });

  test('after a reload the project is as it was, with its undo', async () => {
    const { page } = studio();
    await isSaved(page);
    const knob = (): Locator => page.getByRole('region', { name: en.mapping.voice.bass }).getByRole('slider').first();
    const before = await knob().getAttribute('aria-valuenow');
    const label = await undoButton(page).getAttribute('aria-label');
    await page.reload();
    await page.getByRole('main').getByRole('button', { name: 'still then moving' }).click();
    await expect.poll(() => firstSolo(page).getAttribute('aria-pressed'), { timeout: PATIENCE_MS }).toBe('true');
    expect(await presets(page).filter({ hasText: 'Glasshouse' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('tab', { name: en.mapping.tab.sound }).click();
    expect(await knob().getAttribute('aria-valuenow')).toBe(before);
    expect(await undoButton(page).getAttribute('aria-label')).toBe(label);
    await expect.poll(async () => (await means(page, 'motion')).length, { timeout: PATIENCE_MS }).toBe(12);
  });

  test('a range is heard from its beginning, with its picture, again and again', async () => {
    const { page } = studio();
    for (const key of ['Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'i', 'Shift+ArrowRight', 'Shift+ArrowRight', 'o']) await page.keyboard.press(key);
    await page.getByRole('button', { name: en.sonify.transport.loop }).and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: en.sonify.transport.pause }).waitFor();
    const level = page.getByRole('banner').getByRole('meter', { name: en.sonify.output.level });
    await expect.poll(async () => Number(await level.getAttribute('aria-valuenow')), { timeout: PATIENCE_MS }).toBeGreaterThan(-60);
    const seen: number[] = [];
    const position = async (): Promise<number> => {
      const nowS = await shownS(page, en.sonify.transport.timecode, RATE);
      seen.push(nowS);
      return nowS;
    };
    await expect.poll(position, { timeout: PATIENCE_MS, interval: 60 }).toBeGreaterThan(3.3);
    await expect.poll(position, { timeout: PATIENCE_MS, interval: 60 }).toBeLessThan(2.7);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(2 - 1 / RATE);
    expect(Math.max(...seen)).toBeLessThanOrEqual(4 + 2 / RATE);
    await page.keyboard.press('k');
    await page.getByRole('button', { name: en.sonify.transport.play, exact: true }).waitFor();
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
