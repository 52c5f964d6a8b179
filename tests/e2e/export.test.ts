/** Exporting a film: progress, cancel, the checks of the finished file, its download, and how it plays. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { film, pictureHash, streamsOf } from '../fixtures/films.ts';
import { describeStudio } from './launch.ts';
import { playheads } from './playback.ts';

const SECONDS = 12;
const RATE = 30;

const sheet = (page: Page): Locator => page.getByRole('dialog', { name: en.export.title });
const card = (page: Page): Locator => sheet(page).getByRole('region', { name: en.export.finished });

let folder = '';
let original = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-export-'));
  original = film(folder, 'long walk.mp4', { seconds: SECONDS, rate: String(RATE), toneHz: 330 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('export', (studio) => {
  test('an export shows stage and percent, and a cancelled one leaves no file', async () => {
    const { page, choose } = studio();
    await choose([original], () => page.getByRole('main').getByRole('button', { name: en.start.card.sonify.title }).click());
    await page.getByRole('banner').getByRole('button', { name: en.frame.export, exact: true }).click();
    await sheet(page).getByRole('button', { name: en.export.start, exact: true }).click();
    await sheet(page).getByRole('progressbar', { name: en.export.running }).waitFor();
    await sheet(page).getByText(/^\d+ %/).waitFor();
    await sheet(page).getByRole('button', { name: en.frame.cancel, exact: true }).click();
    await sheet(page).getByText(en.export.cancelled).waitFor();
    await sheet(page).getByText(en.export.noResults).waitFor();
  });

  test('a finished export shows each of its checks passed, with what was measured', async () => {
    const { page } = studio();
    await sheet(page).getByRole('radio', { name: en.export.formats.mp4.name }).click();
    await sheet(page).getByRole('button', { name: en.export.again, exact: true }).click();
    await card(page).waitFor();
    const rows = card(page).getByRole('row');
    const words = await rows.allInnerTexts();
    expect(words.length).toBeGreaterThanOrEqual(3);
    expect(await rows.getByRole('img', { name: en.export.check.passed }).or(rows.getByLabel(en.export.check.passed)).count()).toBe(words.length);
    expect(words.every((text) => /\d|h264|aac/i.test(text))).toBe(true);
    expect(await card(page).getByRole('heading').innerText()).toBe(en.export.finished);
  });

  test('the saved file holds the untouched picture and a sound as long as it', async () => {
    const { page, save } = studio();
    const path = await save(() => card(page).getByRole('button', { name: new RegExp(`${en.export.download}|${en.export.saveAs}`) }).click(), folder);
    expect(path).toMatch(/\.mp4$/);
    const { video, audio } = streamsOf(path);
    expect([video?.codec, video?.packets, audio?.codec]).toEqual(['h264', SECONDS * RATE, 'aac']);
    expect(Math.abs((audio?.durationS ?? 0) - SECONDS)).toBeLessThan(0.05);
    expect(pictureHash(path, true)).toBe(pictureHash(original, true));
  });

  test('the finished file plays in step with its picture', async () => {
    const { page } = studio();
    await card(page).getByRole('button', { name: en.export.play, exact: true }).click();
    await page.getByRole('button', { name: en.sonify.transport.pause }).waitFor();
    const { pictureS, soundS } = await playheads(page, 0.08, 0.5);
    expect(Math.abs(pictureS - soundS)).toBeLessThan(0.08);
    await page.keyboard.press('k');
  });

  test('the sheet opened anew lists the file among the earlier results', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+e');
    await sheet(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+e');
    await sheet(page).getByRole('region', { name: en.export.results }).getByRole('listitem').filter({ hasText: '.mp4' }).waitFor();
  });

  test('the jobs sheet tells the cancelled and the finished export apart', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+j');
    const jobs = page.getByRole('dialog', { name: en.jobs.title });
    await jobs.getByRole('listitem', { name: new RegExp(`long walk.*: ${en.jobs.state.cancelled}`) }).waitFor();
    await jobs.getByRole('listitem', { name: new RegExp(`(Sonify|Export|Render).*: ${en.jobs.state.completed}`, 'i') }).first().waitFor();
    await page.keyboard.press('Escape');
    await jobs.waitFor({ state: 'detached' });
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
