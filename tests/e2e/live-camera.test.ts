/** The camera plays the instrument: Chromium's fake camera, seen by the real eye, heard in the mapping's rows. */
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { en } from '../../src-main/contract/text/en.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';

const poll = { timeout: PATIENCE_MS };
const deck = (page: Page): Locator => page.getByRole('region', { name: en.live.deck.title });
const seen = (page: Page): Locator => page.getByRole('list', { name: en.sonify.overlays });
const level = async (page: Page): Promise<number> => Number(await page.getByRole('banner').getByRole('meter', { name: en.sonify.output.level }).getAttribute('aria-valuenow'));

interface StoredFrames {
  readonly source: string;
  readonly frames: number;
  readonly newest: number;
}

/** What the session has stored of the camera, as the program tells. */
function stored(page: Page): Promise<StoredFrames> {
  return page.evaluate(async () => {
    interface Body {
      readonly sessions: { readonly id: string; readonly source: { readonly kind: string }; readonly created_at: string }[];
    }
    const [session] = ((await (await fetch('/api/sessions')).json()) as Body).sessions;
    if (!session) return { source: '', frames: 0, newest: 0 };
    const now = Math.floor((Date.now() - Date.parse(session.created_at)) / 10);
    const query = `start=${Math.max(0, now - 300)}&end=${now}`;
    const series = (await (await fetch(`/api/sessions/${session.id}/features?${query}`)).json()) as { frames: { frame: number }[] };
    return { source: session.source.kind, frames: series.frames.length, newest: series.frames.at(-1)?.frame ?? 0 };
  });
}

describeStudio('camera', (studio) => {
  test('a refused camera is said in words, and the sound goes on', async () => {
    const { page } = studio();
    await page.getByRole('main').getByRole('button', { name: en.start.card.sonify.title }).waitFor();
    await page.keyboard.press('Control+Alt+n');
    await page.getByRole('button', { name: en.live.camera.use }).click();
    await page.getByText(en.live.camera.state.refused.title).waitFor();
    await deck(page).waitFor();
    await expect.poll(() => deck(page).getByRole('status').innerText(), poll).toBe(en.live.deck.sounding);
  });

  test('an allowed camera is seen: its frames are looked at and stored, numbers rising', async () => {
    const { page } = studio();
    await page.context().grantPermissions(['camera']);
    await page.getByRole('button', { name: en.frame.retry }).click();
    await expect.poll(async () => (await stored(page)).frames, poll).toBeGreaterThan(3);
    const before = await stored(page);
    expect(before.source).toBe('camera');
    await expect.poll(async () => (await stored(page)).newest, poll).toBeGreaterThan(before.newest);
    await expect.poll(() => seen(page).textContent(), poll).toMatch(/motion \d\.\d{3}.*#[0-9a-f]{6}/s);
  });

  test('motion before the camera drives the rows and is heard', async () => {
    const { page } = studio();
    const bars = page.getByRole('region', { name: en.mapping.rows }).getByRole('meter');
    await expect.poll(async () => Number(await bars.first().getAttribute('aria-valuenow')), poll).toBeGreaterThan(0);
    await expect.poll(() => level(page), poll).toBeGreaterThan(-50);
  });

  test('the picture is mirrored or not, and that is remembered', async () => {
    const { page } = studio();
    const mirror = deck(page).getByRole('button', { name: en.live.camera.mirror });
    const flipped = (): Promise<boolean> => page.evaluate(() => document.querySelector('video')?.matches('.camera-mirrored') ?? false);
    expect(await flipped()).toBe(true);
    await mirror.click();
    await expect.poll(flipped, poll).toBe(false);
    expect(await mirror.getAttribute('aria-pressed')).toBe('false');
    await page.waitForResponse((response) => response.url().endsWith('/api/settings') && response.request().method() === 'PATCH');
    await page.reload();
    await expect.poll(async () => (await stored(page)).newest, poll).toBeGreaterThan(0);
    await mirror.waitFor();
    await expect.poll(flipped, poll).toBe(false);
  });

  test('cameras are listed by name', async () => {
    const { page } = studio();
    await deck(page).getByRole('combobox', { name: en.live.camera.device }).click();
    await expect.poll(() => page.getByRole('option').count(), poll).toBeGreaterThan(1);
    await page.keyboard.press('Escape');
  });

  test('Space ends the sound of a camera and begins it again', async () => {
    const { page } = studio();
    await page.keyboard.press('Space');
    await expect.poll(() => deck(page).getByRole('status').innerText(), poll).toBe(en.live.deck.off);
    await page.keyboard.press('Space');
    await expect.poll(() => level(page), poll).toBeGreaterThan(-50);
  });

  test('no error stood in the console', () => {
    expect(studio().faults).toEqual([]);
  });
});
