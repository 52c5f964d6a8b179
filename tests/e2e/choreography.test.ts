/** A dance by hand: song in, plan, another move in a clip's place and back, over a cut in step with the song, the film and its card. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { PlanSegment } from '../../src-main/contract/documents/choreography.ts';
import type { ChoreographyDocument } from '../../src-main/contract/documents/project.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { ffmpeg } from '../fixtures/films.ts';
import { PATIENCE_MS, describeStudio } from './launch.ts';

const say = en.dance;
const SONG_S = 16;
const CLIPS = ['red', 'green', 'blue', 'yellow'];

/** A click on every beat of 120 BPM, the first of four higher. */
function clickSong(folder: string): string {
  const path = join(folder, 'clicks.wav');
  const click = 'exp(-60*mod(t,0.5))*sin(2*PI*t*(800+400*lt(mod(t,2),0.5)))*0.8';
  ffmpeg('-f', 'lavfi', '-i', `aevalsrc='${click}':s=44100:d=${SONG_S}`, path);
  return path;
}

/** A square going round over a colour: every clip moves, each looks different. */
function clip(folder: string, colour: string): string {
  const path = join(folder, `${colour} turn.mp4`);
  const source = `color=c=${colour}:size=320x180:rate=30:duration=6[base];color=c=white:size=40x40:rate=30:duration=6[dot];[base][dot]overlay=x='140+100*sin(PI*t)':y='70+50*cos(PI*t)'`;
  ffmpeg('-f', 'lavfi', '-i', source, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '15', '-pix_fmt', 'yuv420p', path);
  return path;
}

async function api<Answer>(page: Page, method: string, path: string, body?: unknown): Promise<Answer> {
  const asked = { method, path, body: body === undefined ? null : JSON.stringify(body) };
  const answer = await page.evaluate(async ({ method: verb, path: at, body: text }) => {
    const response = await fetch(at, { method: verb, body: text, headers: text === null ? {} : { 'content-type': 'application/json' } });
    return response.json() as Promise<unknown>;
  }, asked);
  return answer as Answer;
}

async function upload(page: Page, path: string): Promise<string> {
  const file = { name: basename(path), text: readFileSync(path).toString('base64') };
  return page.evaluate(async ({ name, text }) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0);
    const response = await fetch(`/api/media/upload?name=${encodeURIComponent(name)}`, { method: 'POST', body: bytes, headers: { 'content-type': 'application/octet-stream' } });
    return ((await response.json()) as { items: { item: { id: string } }[] }).items[0]?.item.id ?? '';
  }, file);
}

const clips = (page: Page): Locator => page.locator('[data-twin=clips] [role=option]');

async function planOf(page: Page): Promise<PlanSegment[]> {
  const { projects } = await api<{ projects: { id: string }[] }>(page, 'GET', '/api/projects');
  const { document } = await api<{ document: ChoreographyDocument }>(page, 'GET', `/api/projects/${projects[0]?.id ?? ''}`);
  return document.plan?.segments ?? [];
}

interface Sample {
  readonly nowS: number;
  readonly index: number;
  readonly pictureS: number;
}

/** What is seen, frame by frame, for some seconds. */
function watchPicture(page: Page, seconds: number): Promise<Sample[]> {
  return page.evaluate(
    (lastMs) =>
      new Promise<Sample[]>((done) => {
        const samples: Sample[] = [];
        const beganMs = performance.now();
        const look = (nowMs: number): void => {
          const frame = document.querySelector<HTMLElement>('.dance-frame');
          const seen = [...(frame?.querySelectorAll('video') ?? [])].find((video) => video.style.opacity === '1');
          if (frame && seen && !seen.seeking && !seen.paused) samples.push({ nowS: nowMs / 1000, index: Number(frame.dataset['segment']) - 1, pictureS: seen.currentTime });
          if (nowMs - beganMs < lastMs) requestAnimationFrame(look);
          else done(samples);
        };
        requestAnimationFrame(look);
      }),
    seconds * 1000,
  );
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinetone-e2e-dance-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStudio('choreography', (studio) => {
  test('a song and clips from outside become a plan that covers the whole song', async () => {
    const { page } = studio();
    const moves: string[] = [];
    for (const colour of CLIPS) moves.push(await upload(page, clip(folder, colour)));
    await upload(page, clickSong(folder));
    await api(page, 'POST', '/api/library/moves', { media_ids: moves });
    await api(page, 'POST', '/api/library/analysis', {});
    const states = async (): Promise<string[]> => (await api<{ moves: { state: string }[] }>(page, 'GET', '/api/library/moves')).moves.map(({ state }) => state);
    await expect.poll(states, { timeout: PATIENCE_MS }).toEqual(CLIPS.map(() => 'ready'));
    await page.getByRole('navigation').getByRole('button', { name: en.frame.workspace.choreography }).click();
    await page.getByRole('button', { name: say.fresh.use('clicks.wav') }).click();
    await clips(page).first().waitFor({ state: 'attached' });
    const plan = await planOf(page);
    expect(plan[0]?.start_s).toBe(0);
    expect(plan.at(-1)?.end_s).toBeCloseTo(SONG_S, 1);
    expect(await clips(page).count()).toBe(plan.length);
  });

  test('an alternative takes a clip’s place with Enter, and undo brings the move back', async () => {
    const { page } = studio();
    const before = (await planOf(page))[1]?.move_id;
    const lane = page.getByRole('listbox', { name: say.lane.title });
    const box = await lane.boundingBox();
    const start = Number(await clips(page).nth(1).getAttribute('data-start'));
    if (!box) throw new Error('The moves are not in sight.');
    await page.mouse.click(box.x + ((start + 0.5) / SONG_S) * box.width, box.y + box.height / 2);
    const first = page.getByRole('list', { name: say.clip.alternatives }).getByRole('button').first();
    await first.waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => first.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    const shown = (): Promise<string | null> => clips(page).nth(1).getAttribute('data-move');
    await expect.poll(shown).not.toBe(before);
    await expect.poll(async () => (await planOf(page))[1]?.chosen_by).toBe('user');
    await page.keyboard.press('Control+z');
    await expect.poll(shown, { timeout: PATIENCE_MS }).toBe(before);
  });

  test('the picture follows the song over a cut within two frames, and nothing of the old clip stays', async () => {
    const { page } = studio();
    const plan = await planOf(page);
    const cutS = plan[1]?.start_s ?? 0;
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: say.transport.play }).click();
    await expect.poll(() => page.locator('.dance-frame').getAttribute('data-segment'), { timeout: PATIENCE_MS }).toBe('1');
    const samples = await watchPicture(page, cutS + 2);
    const offsets = samples.map(({ nowS, index, pictureS }) => {
      const segment = plan[index];
      return { index, offsetS: segment ? segment.start_s + (pictureS - segment.in_s) / segment.speed - nowS : Number.NaN };
    });
    // The song's clock runs as the page's: the time of the song minus the time of the page is one number on both sides of the cut.
    const after = offsets.filter(({ index }) => index === 1).map(({ offsetS }) => offsetS);
    const before = offsets.filter(({ index }) => index === 0).map(({ offsetS }) => offsetS).slice(-30);
    expect(after.length).toBeGreaterThan(10);
    expect(before.length).toBeGreaterThan(10);
    const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
    expect(Math.abs(middle(after) - middle(before))).toBeLessThan(2 / 30);
    await page.getByRole('button', { name: say.transport.pause }).click();
  });

  test('the film at the smallest size passes every check of its card', async () => {
    const { page, faults } = studio();
    await page.keyboard.press('Control+e');
    await page.getByRole('radio', { name: say.export.presets.low.line }).click();
    await page.getByRole('button', { name: say.export.start }).click();
    await page.getByRole('region', { name: en.export.finished }).waitFor();
    expect(await page.locator('.check-failed').count()).toBe(0);
    expect(await page.locator('.check-passed').count()).toBeGreaterThan(3);
    expect(faults).toEqual([]);
  });
});
