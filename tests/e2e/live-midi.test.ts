/** Controllers: a knob and a key are learnt, play the studio, are kept over a reload, and forgotten. The port is a stand-in. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { film } from '../fixtures/films.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';

const PORT = 'Test Controller';
const poll = { timeout: PATIENCE_MS };

/** A port that the test plays; typed as the part of Web MIDI that the page uses. */
const STAND_IN = `
  const input = { id: 'one', name: '${PORT}', state: 'connected', onmidimessage: null };
  const access = { inputs: new Map([['one', input]]), onstatechange: null };
  window.playMidi = (...bytes) => input.onmidimessage?.({ data: Uint8Array.from(bytes) });
  navigator.requestMIDIAccess = async () => access;
`;

const send = (page: Page, ...bytes: number[]): Promise<void> => page.evaluate((data) => (window as unknown as { playMidi: (...data: number[]) => void }).playMidi(...data), bytes);
const learnBar = (page: Page): Locator => page.locator('.learn-bar');
const drive = (page: Page): Locator => page.getByRole('slider', { name: 'Bass drive', exact: true });
const value = async (page: Page): Promise<number> => Number(await drive(page).getAttribute('aria-valuenow'));
const isSaved = (page: Page): Promise<void> => page.getByRole('contentinfo').getByText(en.frame.saved, { exact: true }).waitFor();

let folder = '';
let path = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-midi-'));
  path = film(folder, 'controller.mp4', { seconds: 3, size: '320x180' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('MIDI controllers', (studio) => {
  test('a knob is learnt by clicking a control and turning it', async () => {
    const { page, choose } = studio();
    await page.addInitScript(STAND_IN);
    await page.reload();
    await choose([path], () => page.getByRole('main').getByRole('button', { name: en.start.card.sonify.title }).click());
    await page.getByRole('tab', { name: en.mapping.tab.sound }).click();
    await page.keyboard.press('Shift+M');
    await expect.poll(() => learnBar(page).innerText(), poll).toContain(en.live.midi.chooseControl);
    const before = await value(page);
    await drive(page).click();
    await expect.poll(() => learnBar(page).innerText(), poll).toContain(en.live.midi.moveController('Bass drive'));
    await send(page, 0xb0, 21, 10);
    await expect.poll(() => learnBar(page).innerText(), poll).toContain('CC 21');
    expect(await value(page)).toBe(before);
    await page.keyboard.press('Escape');
    await learnBar(page).waitFor({ state: 'detached' });
  });

  test('the knob takes over softly, and its gesture is one undo step', async () => {
    const { page } = studio();
    const before = await value(page);
    for (const at of [127, 100]) await send(page, 0xb0, 21, at);
    expect(await value(page)).toBe(before);
    for (const at of [60, 30, 20, 10, 60, 90]) await send(page, 0xb0, 21, at);
    await expect.poll(() => value(page), poll).toBeCloseTo(90 / 127, 2);
    await isSaved(page);
    await page.keyboard.press('Control+z');
    await expect.poll(() => value(page), poll).toBe(before);
  });

  test('a key is bound to a command and runs it', async () => {
    const { page } = studio();
    await page.keyboard.press('Shift+M');
    await page.getByRole('button', { name: en.command.label['overlay.edges'] }).click();
    await send(page, 0x99, 36, 100);
    await expect.poll(() => learnBar(page).innerText(), poll).toContain('note 36');
    await page.keyboard.press('Escape');
    const edges = page.getByRole('button', { name: en.command.label['overlay.edges'] });
    const before = await edges.getAttribute('aria-pressed');
    await send(page, 0x99, 36, 100);
    await expect.poll(() => edges.getAttribute('aria-pressed'), poll).not.toBe(before);
  });

  test('bindings are kept, listed and removed', async () => {
    const { page } = studio();
    await page.reload();
    await page.locator('.recent-row').first().click();
    await page.getByRole('region', { name: en.sonify.viewer }).waitFor();
    await page.keyboard.press('Control+Shift+M');
    const list = page.getByRole('list', { name: en.live.midi.bindings });
    await expect.poll(() => list.getByRole('listitem').count(), poll).toBe(2);
    expect(await list.innerText()).toContain(`${PORT} · channel 1 · CC 21`);
    await list.getByRole('button', { name: en.live.midi.remove('Bass drive') }).click();
    await expect.poll(() => list.getByRole('listitem').count(), poll).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: en.mapping.tab.sound }).click();
    const before = await value(page);
    for (const at of [10, 30, 60, 120]) await send(page, 0xb0, 21, at);
    expect(await value(page)).toBe(before);
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
