/** Live: a film plays the instrument. It starts, follows, is edited, silenced, found again after a reload, and stops. */
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
const shown = (page: Page): Promise<number> => shownS(page, en.sonify.transport.timecode, RATE);
const choose = (page: Page, output: string): Promise<void> => page.getByRole('radiogroup', { name: en.sonify.output.title }).getByRole('radio', { name: output, exact: true }).click();
const levelDb = async (meter: Locator): Promise<number> => Number(await meter.getAttribute('aria-valuenow'));
const master = (page: Page): Locator => page.getByRole('banner').getByRole('meter', { name: en.sonify.output.level });
const strip = (page: Page, voice: keyof typeof en.mapping.voice): Locator => page.getByRole('meter', { name: en.live.meters.strip(en.mapping.voice[voice]) });
const deck = (page: Page): Locator => page.getByRole('region', { name: en.live.deck.title });
const state = (page: Page): Promise<string> => deck(page).getByRole('status').innerText();
const playButton = (page: Page): Locator => page.getByRole('button', { name: en.sonify.transport.play, exact: true });

/** The film plays on from its beginning, wherever the tests before have left it. */
async function fromTheBeginning(page: Page): Promise<void> {
  await page.keyboard.press('Home');
  await expect.poll(() => shown(page), poll).toBeLessThan(1);
  if (await playButton(page).isVisible()) await playButton(page).click();
}

let folder = '';
let path = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-live-'));
  path = film(folder, 'stage.mp4', { seconds: 60, size: '320x180' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('live', (studio) => {
  test('a key makes the film play the instrument; without a sound card that is said', async () => {
    const { page, choose: pick } = studio();
    await pick([path], () => page.getByRole('main').getByRole('button', { name: en.start.card.sonify.title }).click());
    await page.getByRole('region', { name: en.sonify.viewer }).waitFor();
    await page.keyboard.press('v');
    await deck(page).waitFor();
    await expect
      .poll(async () => {
        const problems = await page.evaluate(async () => ((await (await fetch('/api/sessions')).json()) as { sessions: { stream: { problem: string | null } | null }[] }).sessions.flatMap(({ stream }) => stream?.problem ?? []));
        return JSON.stringify(problems) === JSON.stringify(await deck(page).getByRole('alert').allInnerTexts());
      }, poll)
      .toBe(true);
    await expect.poll(() => levelDb(master(page)), poll).toBeGreaterThan(-40);
    const bar = page.getByRole('banner').getByRole('button', { name: new RegExp(`^${en.live.output.open}:`) });
    expect(await bar.innerText()).toMatch(/48k\/256/);
  });

  test('the picture runs with the sound and time goes on', async () => {
    const { page } = studio();
    const before = await shown(page);
    await expect.poll(() => shown(page), poll).toBeGreaterThan(before + 1);
    await expect
      .poll(async () => Math.abs((await page.evaluate(() => document.querySelector('video')?.currentTime ?? -1)) - (await shown(page))), poll)
      .toBeLessThan(0.2);
    expect(await page.evaluate(() => document.querySelector('video')?.paused)).toBe(false);
  });

  test('pause holds the film, scrubbing moves it, play goes on from there', async () => {
    const { page } = studio();
    await page.keyboard.press('Space');
    await playButton(page).waitFor();
    await expect.poll(() => page.evaluate(() => document.querySelector('video')?.paused), poll).toBe(true);
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => shown(page), poll).toBeCloseTo(2, 1);
    await expect.poll(() => page.evaluate(() => document.querySelector('video')?.currentTime), poll).toBeCloseTo(2, 1);
    await page.keyboard.press('Space');
    await expect.poll(() => shown(page), poll).toBeGreaterThan(2.5);
  });

  test('half speed is half as fast', async () => {
    const { page } = studio();
    await deck(page).getByRole('combobox', { name: en.live.deck.speed }).click();
    await page.getByRole('option', { name: en.live.deck.speedOf('0.5') }).click();
    await expect.poll(() => page.evaluate(() => Math.abs((document.querySelector('video')?.playbackRate ?? 0) - 0.5) <= 0.0101), poll).toBe(true);
    await deck(page).getByRole('combobox', { name: en.live.deck.speed }).click();
    await page.getByRole('option', { name: en.live.deck.speedOf('1'), exact: true }).click();
  });

  test('mute and solo are heard at once: the strips say so', async () => {
    const { page } = studio();
    await fromTheBeginning(page);
    await page.getByRole('tab', { name: en.mapping.tab.mixer }).click();
    await expect.poll(() => levelDb(strip(page, 'bass')), poll).toBeGreaterThan(-50);
    await page.getByRole('button', { name: `${en.mapping.mixer.mute} ${en.mapping.voice.bass}` }).click();
    await expect.poll(() => levelDb(strip(page, 'bass')), poll).toBe(-60);
    await page.keyboard.press('Control+z');
    await expect.poll(() => levelDb(strip(page, 'bass')), poll).toBeGreaterThan(-50);
    await page.getByRole('button', { name: `${en.mapping.mixer.solo} ${en.mapping.voice.rhythm}` }).click();
    await expect.poll(() => levelDb(strip(page, 'bass')), poll).toBe(-60);
    await page.keyboard.press('Control+z');
  });

  test('a knob turned while it plays arrives in the sound', async () => {
    const { page } = studio();
    await page.getByRole('tab', { name: en.mapping.tab.sound }).click();
    const arc = page.locator('.knob', { has: page.getByRole('slider', { name: 'Bass drive', exact: true }) }).locator('.knob-live');
    await expect.poll(() => arc.getAttribute('d'), poll).toMatch(/^M/);
    const before = await arc.getAttribute('d');
    await page.getByRole('slider', { name: 'Bass drive', exact: true }).focus();
    await page.keyboard.press('End');
    await expect.poll(() => arc.getAttribute('d'), poll).not.toBe(before);
    await page.getByRole('tab', { name: en.mapping.tab.mapping }).click();
  });

  test('rows show what comes in and what goes out', async () => {
    const { page } = studio();
    const bars = page.getByRole('region', { name: en.mapping.rows }).getByRole('listitem').first().getByRole('meter');
    await expect.poll(async () => Number(await bars.first().getAttribute('aria-valuenow')), poll).toBeGreaterThan(0);
    await expect.poll(async () => Number(await bars.last().getAttribute('aria-valuenow')), poll).toBeGreaterThan(0);
  });

  test('scenes are stored, recalled over their time by key, and undone', async () => {
    const { page } = studio();
    const pads = deck(page).getByRole('group', { name: en.live.scenes.title });
    const tempo = deck(page).getByRole('group', { name: en.live.deck.tempo });
    const presets = page.getByRole('region', { name: en.mapping.presets }).getByRole('listitem').getByRole('button');
    for (const name of ['Stillwater', 'Night Drive']) {
      await presets.filter({ hasText: name }).click();
      await page.keyboard.press('Shift+S');
      await pads.getByRole('button', { name: new RegExp(name) }).waitFor();
    }
    await expect.poll(async () => Number(await tempo.innerText().then((text) => /\d+/.exec(text)?.[0])), poll).toBe(140);
    const morph = pads.getByRole('spinbutton', { name: en.live.scenes.morphOf('Night Drive') });
    await morph.fill('3');
    await morph.press('Enter');
    await pads.getByRole('button', { name: /Stillwater/ }).click();
    await pads.getByRole('spinbutton', { name: en.live.scenes.morphOf('Stillwater') }).fill('4');
    await page.keyboard.press('Enter');
    await tempo.click();
    await expect.poll(() => tempo.innerText(), poll).not.toMatch(/1\d\d/);
    await page.keyboard.press('Alt+2');
    await expect.poll(() => state(page), poll).toBe(en.live.deck.morphing);
    await expect.poll(async () => pads.getByRole('button', { name: /Night Drive/ }).getAttribute('aria-pressed'), poll).toBe('true');
    await expect.poll(() => tempo.innerText(), poll).toMatch(/140/);
    await page.keyboard.press('Control+z');
    await expect.poll(() => tempo.innerText(), poll).not.toMatch(/1\d\d/);
  });

  test('a performance is recorded, lands among the results, and plays over its stretch of the film', async () => {
    const { page } = studio();
    await fromTheBeginning(page);
    for (let second = 0; second < 3; second += 1) await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => shown(page), poll).toBeGreaterThan(3);
    const fromS = await shown(page);
    await page.keyboard.press('Shift+R');
    const stop = deck(page).getByRole('button', { name: en.live.record.stop });
    await expect.poll(() => stop.innerText(), poll).toMatch(/0:0[2-9]/);
    await stop.click();
    const toast = page.locator('.toast', { hasText: /The performance/ });
    // Watched inside the page: two seconds of sound can pass between two questions to a busy one.
    await page.evaluate(() => {
      const starts: number[] = [];
      Object.assign(globalThis, { starts });
      setInterval(() => {
        const video = document.querySelector('video');
        const sound = [...(window as unknown as { played: Set<HTMLMediaElement> }).played].find((element) => element.tagName === 'AUDIO' && !element.paused);
        if (video && !video.paused && sound && sound.currentTime > 0.2) starts.push(video.currentTime - sound.currentTime);
      }, 20);
    });
    await toast.getByRole('button', { name: en.export.play }).click();
    const starts = (): Promise<number[]> => page.evaluate(() => (globalThis as never as { starts: number[] }).starts);
    await expect.poll(async () => Math.min(...(await starts()).map((start) => Math.abs(start - fromS))), poll).toBeLessThan(0.8);
  });

  test('a performance is exported like any sonification', async () => {
    const { page } = studio();
    await page.keyboard.press('Control+e');
    const sheet = page.getByRole('dialog', { name: en.export.title });
    await sheet.getByRole('region', { name: en.export.results }).getByRole('button', { name: en.export.exportPerformance }).click();
    await sheet.getByRole('radio', { name: new RegExp(en.export.formats.flac.name) }).click();
    await sheet.getByRole('button', { name: en.export.start, exact: true }).click();
    await sheet.getByText(en.export.finished, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await choose(page, en.live.name);
    await expect.poll(() => state(page), poll).toBe(en.live.deck.sounding);
    await expect.poll(() => levelDb(master(page)), poll).toBeGreaterThan(-50);
  });

  test('panic is silent until it is resumed', async () => {
    const { page } = studio();
    await page.keyboard.press('Shift+Escape');
    await expect.poll(() => state(page), poll).toBe(en.live.deck.silenced);
    await expect.poll(() => levelDb(master(page)), poll).toBe(-60);
    await deck(page).getByRole('button', { name: en.live.deck.resume }).click();
    await expect.poll(() => levelDb(master(page)), poll).toBeGreaterThan(-50);
  });

  test('the sound goes on while one looks elsewhere, where it is silenced as well', async () => {
    const { page } = studio();
    await fromTheBeginning(page);
    await page.getByRole('button', { name: en.frame.workspace.library, exact: true }).click();
    await expect.poll(() => levelDb(master(page)), poll).toBeGreaterThan(-50);
    await page.keyboard.press('Shift+Escape');
    await expect.poll(() => levelDb(master(page)), poll).toBe(-60);
    await page.getByRole('banner').getByRole('button', { name: en.live.deck.back }).click();
    await deck(page).getByRole('button', { name: en.live.deck.resume }).click();
    await expect.poll(() => levelDb(master(page)), poll).toBeGreaterThan(-50);
  });

  test('the page is loaded anew and finds its session, which sounded on', async () => {
    const { page } = studio();
    await page.getByRole('contentinfo').getByText(en.frame.saved, { exact: true }).waitFor();
    await page.reload();
    await deck(page).waitFor();
    await expect.poll(() => levelDb(master(page)), poll).toBeGreaterThan(-50);
  });

  test('another output ends the live sound', async () => {
    const { page } = studio();
    await choose(page, en.sonify.output.preview);
    await deck(page).waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(async () => ((await (await fetch('/api/sessions')).json()) as { sessions: { stream: unknown }[] }).sessions.every(({ stream }) => stream === null)), poll)
      .toBe(true);
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
