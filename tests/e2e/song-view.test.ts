/** The song view by hand: analysing, beats and sections edited and taken back, the click track on the song's own clock. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { ffmpeg } from '../fixtures/films.ts';
import { LOOPS, renderLoop } from '../fixtures/loops/index.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';

const RATE = 44_100;
const TEMPO = 96;
const words = en.song;
const patient = { timeout: PATIENCE_MS };

let folder = '';
const paths = { click: '', silence: '' };

/** A click every beat, as MP3: a format whose encoder delay a player has to leave out. */
function makeClicks(path: string): void {
  const plan = LOOPS.find(({ name }) => name === `click ${TEMPO}`);
  if (!plan) throw new Error('There is no such loop.');
  const samples = renderLoop(plan, RATE);
  const input = ['-f', 'f32le', '-ar', String(RATE), '-ac', '1', '-i', 'pipe:0'];
  execFileSync('ffmpeg', ['-hide_banner', '-v', 'error', '-y', ...input, '-b:a', '160k', path], { input: Buffer.from(samples.buffer) });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-song-'));
  paths.click = join(folder, 'clicks.mp3');
  paths.silence = join(folder, 'silence.wav');
  makeClicks(paths.click);
  ffmpeg('-f', 'lavfi', '-i', 'anullsrc=r=44100:cl=mono', '-t', '12', paths.silence);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lanes = (page: Page): Locator => page.locator('[data-twin="song-beats"] li');
const shift = (page: Page): Locator => page.getByRole('spinbutton', { name: words.edit.nudgeName });
const fact = (page: Page, name: string): Promise<string> =>
  page.locator('.song-figures > div').filter({ hasText: name }).locator('dd').innerText();
const tempo = async (page: Page): Promise<number> => Number(await page.locator('.song-bpm').innerText());
const beatCount = async (page: Page): Promise<number> => Number(await fact(page, words.facts.beats));

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('gridcell', { name, exact: true }).dblclick();
  await page.getByRole('region', { name: `${words.title}: ${name}` }).waitFor();
}

/** A song is listened to as it is imported. */
async function heard(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.analyseAgain }).waitFor();
  await expect.poll(() => page.getByRole('button', { name: words.analyseAgain }).isEnabled(), patient).toBe(true);
}

/** What the program says of the open song. */
function analysisOf(page: Page, name: string): Promise<{ beats: number[]; downbeats: number[] }> {
  return page.evaluate(async (wanted) => {
    const { songs } = (await (await fetch('/api/songs')).json()) as { songs: { id: string; name: string }[] };
    const id = songs.find((song) => song.name === wanted)?.id ?? '';
    return (await (await fetch(`/api/songs/${id}/analysis`)).json()) as { beats: number[]; downbeats: number[] };
  }, name);
}

describeStudio('song view', (studio) => {
  test('an imported song is listened to by itself, and shown in place', async () => {
    const { page, choose } = studio();
    await page.getByRole('navigation').getByRole('button', { name: en.frame.workspace.library }).click();
    await page.getByText(en.library.empty.title).waitFor();
    await choose([paths.click, paths.silence], () => page.getByRole('button', { name: en.library.importFiles }).click());
    await open(page, 'clicks.mp3');
    await heard(page);
    const found = await tempo(page);
    expect(Math.min(...[0.5, 1, 2].map((factor) => Math.abs(found / (TEMPO * factor) - 1)))).toBeLessThan(0.01);
    await expect.poll(() => lanes(page).count(), patient).toBeGreaterThan(4);
  });

  test('arrows shift the beats by 5 ms, with Shift by 1 ms, and Ctrl+Z takes a burst of them back at once', async () => {
    const { page } = studio();
    const before = await lanes(page).first().innerText();
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowLeft']) await page.keyboard.press(key);
    await expect.poll(() => shift(page).inputValue(), patient).toBe('+9 ms');
    await expect.poll(() => lanes(page).first().innerText(), patient).not.toBe(before);
    await page.keyboard.press('Control+z');
    await expect.poll(() => shift(page).inputValue(), patient).toBe('0 ms');
    await expect.poll(() => lanes(page).first().innerText(), patient).toBe(before);
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => shift(page).inputValue(), patient).toBe('+9 ms');
    await page.keyboard.press('Control+z');
  });

  test('doubling doubles the beats, an alternative leads back, and both are undone', async () => {
    const { page } = studio();
    const [bpm, beats] = [await tempo(page), await beatCount(page)];
    await page.keyboard.press('d');
    await expect.poll(async () => (await tempo(page)) / bpm, patient).toBeCloseTo(2, 1);
    expect(Math.abs((await beatCount(page)) - 2 * beats)).toBeLessThanOrEqual(1);
    await page.getByRole('list', { name: words.facts.alternatives }).getByRole('button').filter({ hasText: words.facts.relation.half }).first().click();
    await expect.poll(() => tempo(page), patient).toBeCloseTo(bpm, 0);
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await tempo(page)) / bpm, patient).toBeCloseTo(2, 1);
    await page.keyboard.press('Control+z');
    await expect.poll(() => beatCount(page), patient).toBe(beats);
  });

  test('time signature and first beat of the bar move the bars', async () => {
    const { page } = studio();
    const { downbeats } = await analysisOf(page, 'clicks.mp3');
    await page.keyboard.press('b');
    await expect.poll(async () => (await analysisOf(page, 'clicks.mp3')).downbeats[1], patient).not.toBe(downbeats[1]);
    await page.keyboard.press('Control+z');
    await page.getByRole('combobox', { name: words.facts.signature }).click();
    await page.getByRole('option', { name: '3/4' }).click();
    await expect.poll(async () => Number(await fact(page, words.facts.bars)), patient).toBeGreaterThanOrEqual(Math.floor((await beatCount(page)) / 3));
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await analysisOf(page, 'clicks.mp3')).downbeats, patient).toEqual(downbeats);
  });

  test('a section is split at the playhead, renamed, its border moved by keys, and all of it reset', async () => {
    const { page } = studio();
    const sections = page.getByRole('list', { name: words.lane.sections }).getByRole('button');
    const count = await sections.count();
    await page.keyboard.press('Home');
    for (let beat = 0; beat < 9; beat += 1) await page.keyboard.press('Control+ArrowRight');
    await page.keyboard.press('s');
    await expect.poll(() => sections.count(), patient).toBe(count + 1);
    await sections.first().click();
    await page.getByRole('menuitem', { name: words.section.solo }).click();
    await page.getByRole('button', { name: new RegExp(`^${words.section.solo},`) }).waitFor();
    const border = page.getByRole('list', { name: words.lane.sections }).getByRole('slider').first();
    const start = Number(await border.getAttribute('aria-valuenow'));
    await border.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => Number(await border.getAttribute('aria-valuenow')), patient).toBeGreaterThan(start + 0.2);
    await page.keyboard.press('Control+Backspace');
    await expect.poll(() => sections.count(), patient).toBe(count);
  });

  test('locked beats stay when the song is analysed again', async () => {
    const { page } = studio();
    const before = await lanes(page).first().innerText();
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('l');
    await page.getByText(words.edit.lockedGrid, { exact: true }).waitFor();
    await expect.poll(() => lanes(page).first().innerText(), patient).not.toBe(before);
    const { beats } = await analysisOf(page, 'clicks.mp3');
    await page.getByRole('button', { name: words.analyseAgain }).click();
    await expect.poll(() => page.getByRole('button', { name: words.analyseAgain }).isEnabled(), patient).toBe(true);
    expect((await analysisOf(page, 'clicks.mp3')).beats).toEqual(beats);
    await page.keyboard.press('Control+Backspace');
    await expect.poll(() => lanes(page).first().innerText(), patient).toBe(before);
  });

  test('each click starts at the sample at which the song reaches its beat', async () => {
    const { page } = studio();
    await page.evaluate(() => {
      const started: { when: number; offset: number; length: number }[] = [];
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0) {
        started.push({ when, offset, length: this.buffer?.duration ?? 0 });
        start.call(this, when, offset);
      };
      Object.assign(globalThis, { started });
    });
    const play = page.getByRole('button', { name: words.transport.play, exact: true });
    await expect.poll(() => play.isEnabled(), patient).toBe(true);
    await page.keyboard.press('Home');
    await page.keyboard.press('c');
    await page.keyboard.press('Space');
    const started = (): Promise<{ when: number; offset: number; length: number }[]> => page.evaluate(() => (globalThis as never as { started: [] }).started);
    await expect.poll(async () => (await started()).filter(({ length }) => length < 1).length, patient).toBeGreaterThan(5);
    await page.keyboard.press('Space');
    const [song, ...clicks] = await started();
    const { beats } = await analysisOf(page, 'clicks.mp3');
    for (const { when } of clicks) {
      const atS = when - (song?.when ?? 0) + (song?.offset ?? 0);
      const offS = Math.min(...beats.map((beat) => Math.abs(beat - atS)));
      expect(offS).toBeLessThan(0.001);
    }
    await page.keyboard.press('c');
  });

  test('the page decodes the song with its beats where the analysis has them', async () => {
    const { page } = studio();
    const { beats } = await analysisOf(page, 'clicks.mp3');
    const onsets = await page.evaluate(async (wanted) => {
      const { songs } = (await (await fetch('/api/songs')).json()) as { songs: { id: string; name: string }[] };
      const encoded = await (await fetch(`/api/media/${songs.find(({ name }) => name === wanted)?.id}/playable`)).arrayBuffer();
      const buffer = await new OfflineAudioContext(1, 1, 48_000).decodeAudioData(encoded);
      const samples = buffer.getChannelData(0);
      const found: number[] = [];
      // The first loud sample after a tenth of a second of quiet.
      for (let i = 0, quiet = 4800; i < samples.length; i += 1) {
        const isLoud = Math.abs(samples[i] ?? 0) > 0.15;
        if (isLoud && quiet >= 4800) found.push(i / 48_000);
        quiet = isLoud ? 0 : quiet + 1;
      }
      return found;
    }, 'clicks.mp3');
    expect(onsets.length).toBeGreaterThan(8);
    const errors = beats.slice(2, -2).map((beat) => Math.min(...onsets.map((onset) => Math.abs(onset - beat)))).sort((a, b) => a - b);
    expect(errors[errors.length >> 1]).toBeLessThan(0.01);
  });

  test('taps along with the song set its beats; one step takes them back', async () => {
    const { page } = studio();
    const bpm = await tempo(page);
    await page.keyboard.press('Home');
    await page.keyboard.press('t');
    await page.getByRole('button', { name: words.transport.pause, exact: true }).waitFor();
    for (let i = 0; i < 6; i += 1) {
      await page.waitForTimeout(420);
      await page.keyboard.press('t');
    }
    await page.getByText(words.edit.tappedGrid, { exact: true }).waitFor();
    expect(await tempo(page)).toBeGreaterThan(20);
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Backspace');
    await expect.poll(() => tempo(page), patient).toBeCloseTo(bpm, 1);
  });

  test('Ctrl and wheel zoom about the pointer, Escape leads back to the library', async () => {
    const { page } = studio();
    const inView = (): Promise<string> => page.locator('.song-lane-beats p').innerText();
    const before = await inView();
    const box = await page.locator('.song-lane-wave').last().boundingBox();
    if (!box) throw new Error('The waveform is not in sight.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -800);
    await page.keyboard.up('Control');
    await expect.poll(inView, patient).not.toBe(before);
    await page.keyboard.press('z');
    await expect.poll(inView, patient).toBe(before);
    await page.keyboard.press('Escape');
    await page.getByRole('gridcell', { name: 'clicks.mp3', exact: true }).waitFor();
  });

  test('a song without a beat says so and offers to tap one', async () => {
    const { page } = studio();
    await open(page, 'silence.wav');
    await heard(page);
    await page.getByText(words.noBeat.title).waitFor();
    await page.getByRole('button', { name: words.noBeat.tap }).waitFor();
    await page.getByRole('button', { name: words.back, exact: true }).last().click();
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
