/** Keys: transport and shuttle, fields that keep their letters, the palette, changing keys, and Escape for one thing at a time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { film } from '../fixtures/films.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';
import { shownS } from './playback.ts';

const RATE = 30;
const poll = { timeout: PATIENCE_MS };
const shownTime = (page: Page): Promise<number> => shownS(page, en.sonify.transport.timecode, RATE);

let folder = '';
let path = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-keyboard-'));
  path = film(folder, 'bars.mp4', { seconds: 12, size: '320x180' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('keyboard', (studio) => {
  test('a film is opened', async () => {
    const { page, choose } = studio();
    await choose([path], () =>
      page.getByRole('main').getByRole('button', { name: en.start.card.sonify.title }).click(),
    );
    await page.getByRole('region', { name: en.sonify.viewer }).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.querySelector('video')?.readyState ?? 0), poll)
      .toBeGreaterThan(1);
  });

  test('steps frames, seconds and beats, and goes to both ends', async () => {
    const { page } = studio();
    /** Presses the keys and waits until the time shown is the one they lead to. */
    const leads = async (keys: string[], toS: number, withinS = 1e-6): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
      await expect.poll(async () => Math.abs((await shownTime(page)) - toS), poll).toBeLessThan(withinS);
    };
    await leads(['Home'], 0);
    await leads(['ArrowRight', 'ArrowRight', '.'], 3 / RATE);
    await leads(['ArrowLeft'], 2 / RATE);
    await leads(['Home', 'Shift+ArrowRight', 'Shift+ArrowRight'], 2);
    const bpm = Number(await page.getByRole('spinbutton', { name: en.mapping.tempo.bpm }).inputValue());
    await leads(['Home', 'Control+ArrowRight', 'Control+ArrowRight'], 120 / bpm, 1 / RATE);
    await leads(['End'], 12, 0.1);
    await page.keyboard.press('Home');
  });

  test('J, K and L shuttle; with K held they step', async () => {
    const { page } = studio();
    await page.keyboard.press('l');
    await page.keyboard.press('l');
    await page.getByText('2×', { exact: true }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('button', { name: en.sonify.transport.play, exact: true }).waitFor();
    await page.waitForTimeout(200);
    const stopped = await shownTime(page);
    await page.keyboard.down('k');
    await page.keyboard.press('l');
    await page.keyboard.up('k');
    await expect.poll(async () => Math.round(((await shownTime(page)) - stopped) * RATE), poll).toBe(1);
    await page.keyboard.press('End');
    await page.keyboard.press('j');
    await page.getByText('−1×', { exact: true }).waitFor();
    await expect.poll(() => shownTime(page), poll).toBeLessThan(11.8);
    await page.keyboard.press('k');
  });

  test('Home and L at once after End play from the start, however often', async () => {
    const { page } = studio();
    for (let times = 0; times < 5; times += 1) {
      for (const key of ['End', 'Home', 'l', 'l']) await page.keyboard.press(key);
      await page.getByText('2×', { exact: true }).waitFor();
      await expect.poll(() => shownTime(page), poll).toBeGreaterThan(0.5);
      expect(await shownTime(page)).toBeLessThan(11);
      await page.keyboard.press('k');
    }
  });

  test('typing in a field triggers no command', async () => {
    const { page } = studio();
    await page.keyboard.press('F2');
    const field = page.getByRole('textbox', { name: 'Name' });
    await field.fill('');
    await page.keyboard.type('mixok j? ');
    expect(await field.inputValue()).toBe('mixok j? ');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('list', { name: 'Range and markers' }).getByRole('listitem').count()).toBe(0);
  });

  test('I, O and M mark a range and a place; Shift goes there', async () => {
    const { page } = studio();
    const marks = page.getByRole('list', { name: 'Range and markers' });
    for (const key of ['Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'i', 'Shift+ArrowRight', 'o', 'm'])
      await page.keyboard.press(key);
    await marks.getByText('Range 0:02.0 to 0:03.0, 0:01.0').waitFor({ state: 'attached' });
    await marks.getByText('Marker Marker 1 at 0:03.0').waitFor({ state: 'attached' });
    await page.keyboard.press('Shift+I');
    await expect.poll(() => shownTime(page), poll).toBe(2);
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Control+z');
    await expect.poll(() => marks.getByRole('listitem').count(), poll).toBe(0);
  });

  test('T taps the tempo', async () => {
    const { page } = studio();
    for (let i = 0; i < 5; i += 1) {
      await page.keyboard.press('t');
      await page.waitForTimeout(300);
    }
    await page
      .getByRole('combobox', { name: en.mapping.tempo.title })
      .getByText(en.mapping.tempo.source.tapped)
      .waitFor();
    const bpm = Number(await page.getByRole('spinbutton', { name: en.mapping.tempo.bpm }).inputValue());
    await page.getByText(en.mapping.tempo.tapped(bpm)).waitFor();
  });

  test('the palette finds and runs a command', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('zoom in');
    await page.getByRole('option', { name: /Zoom in/ }).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('Escape closes the topmost thing only', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+j');
    await page.getByRole('dialog', { name: 'Jobs' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog', { name: 'Command palette' }).count()).toBe(0);
    expect(await page.getByRole('dialog', { name: 'Jobs' }).count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('a key is changed, the conflict is named, it works, and it is there after a reload', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: 'Keys' }).click();
    await page.getByRole('searchbox', { name: 'Search commands' }).fill('set a marker');
    await page.getByRole('button', { name: 'Change key: Set a marker' }).click();
    await page.keyboard.press('z');
    await page.getByText('also runs “Zoom to fit”').waitFor();
    await page.getByRole('button', { name: 'Change key: Set a marker' }).click();
    await page.keyboard.press('Control+Alt+m');
    await expect.poll(() => page.getByText(/also runs/).count(), poll).toBe(0);
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('button', { name: /bars/ }).first().click();
    await page.getByRole('slider', { name: 'Time ruler' }).waitFor();
    await page.keyboard.press('Control+Alt+m');
    await page
      .getByRole('list', { name: 'Range and markers' })
      .getByText(/^Marker/)
      .waitFor({ state: 'attached' });
  });

  test('Ctrl+S says that everything is saved already', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+s');
    await page.getByText('Saved already. Every edit is kept as you make it.').waitFor();
    expect(studio().faults).toEqual([]);
  });
});
