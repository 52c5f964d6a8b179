/** The studio by keys: the sheet of keys, the palette, Escape one layer at a time, typing that types, silence at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { film } from '../fixtures/films.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';

const dialog = (page: Page, name: string): Locator => page.getByRole('dialog', { name, exact: true });
const gone = (locator: Locator): Promise<void> => locator.waitFor({ state: 'detached' });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-keyboard-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('keyboard', (studio) => {
  test('? shows every command that has a key, and one Escape closes it, also while a tooltip is shown', async () => {
    const { page } = studio();
    await page.getByRole('heading', { name: en.start.title }).waitFor();
    await page.keyboard.press('?');
    const sheet = dialog(page, en.frame.shortcuts.title);
    await sheet.waitFor();
    const words = await sheet.innerText();
    for (const command of ['edit.undo', 'play.toggle', 'range.in', 'play.panic'] as const) expect(words).toContain(en.command.label[command]);
    await sheet.getByRole('button', { name: en.frame.close }).hover();
    await page.getByRole('tooltip').waitFor();
    await page.keyboard.press('Escape');
    await gone(sheet);
  });

  test('Escape closes the topmost only: the dialog, then the sheet beneath', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+j');
    const jobs = dialog(page, en.jobs.title);
    await jobs.waitFor();
    await page.keyboard.press('?');
    const keys = dialog(page, en.frame.shortcuts.title);
    await keys.waitFor();
    await page.keyboard.press('Escape');
    await gone(keys);
    expect(await jobs.count()).toBe(1);
    await page.keyboard.press('Escape');
    await gone(jobs);
  });

  test('Ctrl+K finds a command by a part of its name, and Enter runs it', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+k');
    const palette = dialog(page, en.frame.palette.title);
    await palette.getByRole('combobox').waitFor();
    await page.keyboard.type('librar');
    expect(await palette.getByRole('option', { selected: true }).innerText()).toContain(en.command.label['go.library']);
    await page.keyboard.press('Enter');
    await gone(palette);
    await page.getByRole('searchbox', { name: en.library.search }).waitFor();
  });

  test('the palette says when no command is called so, and one Escape leaves it', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('qqqq');
    await page.getByText(en.frame.palette.none).waitFor();
    await page.keyboard.press('Escape');
    await gone(dialog(page, en.frame.palette.title));
  });

  test('typing in a field types and runs no command', async () => {
    const { page } = studio();
    const field = page.getByRole('searchbox', { name: en.library.search });
    await field.click();
    await page.keyboard.type('?mis 1fk');
    await page.keyboard.press('Control+1');
    expect(await field.inputValue()).toBe('?mis 1fk');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await field.fill('');
    await field.blur();
  });

  test('Space plays and pauses', async () => {
    const { page, choose } = studio();
    const path = film(folder, 'with sound.mp4', { seconds: 8, toneHz: 440, size: '320x180' });
    await page.keyboard.press('Control+1');
    await choose([path], () => page.getByRole('main').getByRole('button', { name: en.start.card.sonify.title }).click());
    await page.getByRole('button', { name: en.sonify.transport.timecode, exact: true }).waitFor();
    await expect.poll(() => page.evaluate(() => document.querySelector('video')?.readyState ?? 0), { timeout: PATIENCE_MS }).toBeGreaterThan(1);
    await page.keyboard.press('g');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: en.sonify.transport.pause }).waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: en.sonify.transport.play, exact: true }).waitFor();
  });

  test('Shift+Escape silences everything, also while a field is being typed into', async () => {
    const { page } = studio();
    const level = page.getByRole('banner').getByRole('meter', { name: en.sonify.output.level });
    const levelDb = async (): Promise<number> => Number(await level.getAttribute('aria-valuenow'));
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect.poll(levelDb, { timeout: PATIENCE_MS }).toBeGreaterThan(-40);
    await page.getByRole('button', { name: en.sonify.transport.timecode, exact: true }).click();
    await page.getByRole('textbox', { name: en.sonify.transport.timecode }).waitFor();
    await page.keyboard.press('Shift+Escape');
    await page.getByRole('status').filter({ hasText: en.sonify.output.silenced }).waitFor();
    await expect.poll(levelDb, { timeout: PATIENCE_MS }).toBeLessThan(-55);
    expect(await page.locator('video').evaluate((video) => (video as HTMLVideoElement).paused)).toBe(true);
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
