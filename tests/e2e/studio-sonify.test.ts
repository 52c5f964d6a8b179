/** The Sonify workspace in a browser: seeing, hearing, changing, undoing, exporting, playing the result in sync. */
import { existsSync, statSync } from 'node:fs';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { chromiumPath, chromiumReason } from '../fixtures/chromium.ts';
import { film, streamsOf } from '../fixtures/films.ts';
import { temporaryFolder } from '../fixtures/program.ts';
import { openFilm, openStudio, shownTime } from './launch.ts';
import type { Studio } from './launch.ts';

/** Loudest level the output's meter has shown within a second and a half. */
async function loudest(page: Page): Promise<number> {
  const meter = page.getByRole('meter', { name: 'Level', exact: true });
  let most = -100;
  for (let i = 0; i < 15; i += 1) {
    most = Math.max(most, Number(await meter.getAttribute('aria-valuenow')));
    await page.waitForTimeout(100);
  }
  return most;
}

describe.skipIf(chromiumPath === null)(`Sonify (${chromiumReason})`, () => {
  const folder = temporaryFolder('studio-sonify');
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
    await openFilm(studio, film(folder.path, 'patterns.mp4', { seconds: 20, toneHz: 300 }));
  });
  afterAll(async () => {
    await studio.close();
    folder.remove();
  });

  test('shows what was seen, in lanes and in words', async () => {
    const { page } = studio;
    for (const lane of ['Motion', 'Edges', 'Colour', 'Film']) {
      await page.getByRole('list', { name: lane, exact: true }).getByRole('listitem').first().waitFor({ state: 'attached' });
    }
    const seen = page.getByRole('list', { name: 'Overlays' });
    await expect.poll(async () => seen.textContent()).toMatch(/motion \d\.\d{3}.*edge density.*#[0-9a-f]{6}/s);
  });

  test('Space plays the mapping with the picture, and the sound is there', async () => {
    const { page } = studio;
    await page.keyboard.press('Space');
    await expect.poll(() => shownTime(page), { timeout: 20_000 }).toBeGreaterThan(1);
    expect(await loudest(page)).toBeGreaterThan(-40);
    const behind = await page.evaluate(() => document.querySelector('video')?.currentTime ?? -1);
    expect(Math.abs(behind - (await shownTime(page)))).toBeLessThan(0.5);
  });

  test('another preset while it plays is heard without a gap: the picture never stops', async () => {
    const { page } = studio;
    await page.evaluate(() => {
      const video = document.querySelector('video');
      (window as unknown as { stops: number }).stops = 0;
      video?.addEventListener('pause', () => ((window as unknown as { stops: number }).stops += 1));
    });
    const chosen = page.locator('.preset-card[aria-pressed=true]');
    const before = await chosen.innerText();
    await page.locator('.preset-card[aria-pressed=false]').first().click();
    await expect.poll(() => chosen.innerText()).not.toBe(before);
    await page.waitForTimeout(2500);
    expect(await page.evaluate(() => (window as unknown as { stops: number }).stops)).toBe(0);
    await page.getByText('Saved', { exact: true }).waitFor();
  });

  test('undo says what it takes back and redo brings it again', async () => {
    const { page } = studio;
    const chosen = page.locator('.preset-card[aria-pressed=true]');
    const changed = await chosen.innerText();
    await page.getByRole('button', { name: /^Undo Take preset/ }).waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => chosen.innerText()).not.toBe(changed);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => chosen.innerText()).toBe(changed);
    await page.keyboard.press('Space');
  });

  test('a row says its sentence, and soloing it is one undo step', async () => {
    const { page } = studio;
    const row = page.getByRole('region', { name: 'Rows' }).getByRole('listitem').first();
    expect(await row.getAttribute('aria-label')).toMatch(/^[A-Z].* (makes?|moves?|puts?|gives?|turns?) .*\.$/);
    await row.getByRole('button', { name: 'Hear only this row' }).click();
    await page.getByRole('button', { name: /^Undo Change solo/ }).waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => row.getByRole('button', { name: 'Hear only this row' }).getAttribute('aria-pressed')).toBe('false');
  });

  test('a knob answers to keys and to typing, within its range, and a drag is one undo step', async () => {
    const { page } = studio;
    await page.getByRole('tab', { name: 'Sound' }).click();
    const knob = page.getByRole('slider', { name: 'Bass drive' });
    const before = await knob.getAttribute('aria-valuetext');
    const box = await knob.boundingBox();
    if (!box) throw new Error('no knob');
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y - 30, { steps: 12 });
    await page.mouse.up();
    await expect.poll(() => knob.getAttribute('aria-valuetext')).not.toBe(before);
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => knob.getAttribute('aria-valuetext')).toBe(before);
    await knob.focus();
    await page.keyboard.press('End');
    await expect.poll(() => knob.getAttribute('aria-valuetext')).toBe('100 %');
    await page.getByRole('button', { name: /^Bass drive:/ }).click();
    await page.keyboard.type('35 %');
    await page.keyboard.press('Enter');
    await expect.poll(() => knob.getAttribute('aria-valuetext')).toBe('35 %');
    await page.getByRole('tab', { name: 'Mapping' }).click();
  });

  test('a range dragged on the ruler is repeated by Enter', async () => {
    const { page } = studio;
    const box = await page.getByRole('slider', { name: 'Time ruler' }).boundingBox();
    if (!box) throw new Error('no ruler');
    await page.keyboard.down('Alt');
    await page.mouse.move(box.x + box.width * 0.5, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.575, box.y + 10, { steps: 6 });
    await page.mouse.up();
    await page.keyboard.up('Alt');
    await page.getByRole('list', { name: 'Range and markers' }).getByText(/^Range 0:10\.0 to 0:11\.5/).waitFor({ state: 'attached' });
    await page.locator('body').press('Enter');
    const times: number[] = [];
    for (let i = 0; i < 60; i += 1) {
      times.push(await shownTime(page));
      await page.waitForTimeout(100);
    }
    expect(Math.min(...times)).toBeGreaterThanOrEqual(9.9);
    expect(Math.max(...times)).toBeLessThan(11.7);
    expect(times.filter((time, i) => i > 0 && time < (times[i - 1] ?? 0) - 0.5).length).toBeGreaterThanOrEqual(2);
    await page.keyboard.press('Space');
    await page.keyboard.press('x');
  });

  test('two versions are compared, each with its own rows, and one is kept', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: /^Compare/ }).click();
    const versions = page.getByRole('radiogroup', { name: 'A and B play at equal loudness' });
    expect(await versions.getByRole('radio', { name: 'B' }).getAttribute('aria-checked')).toBe('true');
    const a = await page.locator('.preset-card[aria-pressed=true]').innerText();
    await page.locator('.preset-card[aria-pressed=false]').last().click();
    const b = await page.locator('.preset-card[aria-pressed=true]').innerText();
    await page.keyboard.press('c');
    await expect.poll(() => page.locator('.preset-card[aria-pressed=true]').innerText()).toBe(a);
    await page.keyboard.press('c');
    await page.getByRole('button', { name: 'Keep B' }).click();
    await expect.poll(() => page.locator('.preset-card[aria-pressed=true]').innerText()).toBe(b);
    expect(await versions.count()).toBe(0);
  });

  test('an export can be cancelled and leaves nothing behind', async () => {
    const { page } = studio;
    await page.keyboard.press('Control+e');
    const sheet = page.getByRole('dialog', { name: 'Export' });
    await sheet.getByRole('button', { name: 'Export', exact: true }).click();
    await sheet.getByRole('button', { name: 'Cancel' }).click();
    await sheet.getByText('The export was cancelled. No file was left behind.').waitFor();
    await sheet.getByText('Exported files appear here.').waitFor();
  });

  test('an export ends in a card of checks, the file is saved, and it plays in sync with its picture', async () => {
    const { page } = studio;
    const sheet = page.getByRole('dialog', { name: 'Export' });
    await sheet.getByRole('button', { name: 'Export again' }).click();
    await sheet.getByText('Finished and checked').waitFor({ timeout: 120_000 });
    expect(await sheet.locator('.check-failed').count()).toBe(0);
    const download = page.waitForEvent('download');
    await sheet.getByRole('button', { name: 'Save file' }).click();
    const path = await (await download).path();
    expect(existsSync(path) && statSync(path).size).toBeGreaterThan(10_000);
    const streams = streamsOf(path);
    expect(streams['video']?.packets).toBe(600);
    expect(streams['audio']?.durationS).toBeCloseTo(20, 1);
    await sheet.getByRole('button', { name: 'Play', exact: true }).first().click();
    await expect.poll(() => shownTime(page), { timeout: 20_000 }).toBeGreaterThan(1);
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
    expect(await loudest(page)).toBeGreaterThan(-30);
  });

  test('panic silences everything', async () => {
    const { page } = studio;
    await page.keyboard.press('Shift+Escape');
    await page.getByRole('button', { name: 'Play', exact: true }).first().waitFor();
    await expect.poll(async () => Number(await page.getByRole('meter', { name: 'Level', exact: true }).getAttribute('aria-valuenow')), { timeout: 10_000 }).toBe(-60);
  });

  test('nothing was complained about in the console', () => {
    expect(studio.problems).toEqual([]);
  });

  test('after a reload everything is as it was left', async () => {
    const { page } = studio;
    const chosen = await page.locator('.preset-card[aria-pressed=true]').innerText();
    await page.reload();
    await page.getByRole('button', { name: /patterns/ }).first().click();
    await expect.poll(() => page.locator('.preset-card[aria-pressed=true]').innerText()).toBe(chosen);
    await page.getByRole('radio', { name: 'Result' }).isEnabled();
  });
});
