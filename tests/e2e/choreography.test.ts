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

/** Between two beats of the song, and a little beside one: the nearest beat takes it. */
const BEAT_S = 0.5;
const OFF_BEAT_S = 0.04;
const hundredths = (seconds: number): number => Math.round(seconds * 100) / 100;
const middleOf = (segment: PlanSegment | undefined): number => ((segment?.start_s ?? 0) + (segment?.end_s ?? 0)) / 2;

/** Where a time of the song lies on the lane, while the whole of it is shown. */
async function onLane(page: Page, timeS: number): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByRole('listbox', { name: say.lane.title }).boundingBox();
  if (!box) throw new Error('The moves are not in sight.');
  return { x: box.x + (timeS / SONG_S) * box.width, y: box.y + box.height / 2 };
}

/** Presses at one time, lets go at another, as a hand does: with places between. */
async function dragOnLane(page: Page, fromS: number, toS: number, beforeDrop = (): Promise<void> => Promise.resolve()): Promise<void> {
  const [from, to] = [await onLane(page, fromS), await onLane(page, toS)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, from.y, { steps: 3 });
  await page.mouse.move(to.x, to.y, { steps: 3 });
  await beforeDrop();
  await page.mouse.up();
}

/** Two places that show different moves. */
function pairOfMoves(plan: readonly PlanSegment[]): readonly [number, number] {
  const other = plan.findIndex(({ move_id: move }) => move !== plan[0]?.move_id);
  if (other < 0) throw new Error('The plan shows one move only.');
  return [0, other];
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

  test('a clip dragged onto another exchanges the two, and undo puts both back', async () => {
    const { page } = studio();
    const before = await planOf(page);
    const [from, to] = pairOfMoves(before);
    await dragOnLane(page, middleOf(before[from]), middleOf(before[to]));
    const moves = async (): Promise<(string | undefined)[]> => (await planOf(page)).map(({ move_id: move }) => move);
    const exchanged = before.map(({ move_id: move }) => move);
    [exchanged[from], exchanged[to]] = [exchanged[to] ?? '', exchanged[from] ?? ''];
    await expect.poll(moves).toEqual(exchanged);
    await page.keyboard.press('Control+z');
    await expect.poll(() => planOf(page)).toEqual(before);
  });

  test('both edges of a clip are trimmed to the beats nearest the pointer, its neighbours follow, and undo puts each back', async () => {
    const { page } = studio();
    const before = await planOf(page);
    const edges = async (): Promise<number[]> => (await planOf(page)).slice(0, 3).flatMap(({ start_s: start, end_s: end }) => [start, end]).map(hundredths);
    const [first, second, third] = before;
    if (!first || !second || !third) throw new Error('The plan has fewer than three clips.');
    const [whole, left, right] = [await edges(), first.end_s + BEAT_S, second.end_s - BEAT_S];
    await dragOnLane(page, first.end_s, left + OFF_BEAT_S);
    const leftTrimmed = [first.start_s, left, left, second.end_s, third.start_s, third.end_s].map(hundredths);
    await expect.poll(edges).toEqual(leftTrimmed);
    await dragOnLane(page, second.end_s, right - OFF_BEAT_S);
    await expect.poll(edges).toEqual([first.start_s, left, left, right, right, third.end_s].map(hundredths));
    await page.keyboard.press('Control+z');
    await expect.poll(edges).toEqual(leftTrimmed);
    await page.keyboard.press('Control+z');
    await expect.poll(edges).toEqual(whole);
    expect(await planOf(page)).toEqual(before);
  });

  test('Escape gives a drag up: the plan stays as it was and there is nothing to undo of it', async () => {
    const { page } = studio();
    const before = await planOf(page);
    const border = before[0]?.end_s ?? 0;
    await dragOnLane(page, border, border + BEAT_S, async () => {
      await page.locator('.clip-readout').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.clip-readout').waitFor({ state: 'detached' });
    });
    expect(await planOf(page)).toEqual(before);
  });

  test('a move of the library dropped on a clip takes its place, and undo brings the move back', async () => {
    const { page } = studio();
    const before = await planOf(page);
    const shown = before[0]?.move_id;
    const { moves } = await api<{ moves: { id: string; path: string }[] }>(page, 'GET', '/api/library/moves');
    const other = moves.find(({ id }) => id !== shown);
    await page.getByRole('tab', { name: say.clip.tabs.moves }).click();
    const { x, y } = await onLane(page, middleOf(before[0]));
    const box = await page.getByRole('listbox', { name: say.lane.title }).boundingBox();
    const targetPosition = { x: x - (box?.x ?? 0), y: y - (box?.y ?? 0) };
    await page.locator('.move-tile').nth(moves.findIndex(({ id }) => id === other?.id)).dragTo(page.getByRole('listbox', { name: say.lane.title }), { targetPosition });
    await expect.poll(async () => (await planOf(page))[0]?.chosen_by).toBe('user');
    expect((await planOf(page))[0]?.move_id).not.toBe(shown);
    await page.keyboard.press('Control+z');
    await expect.poll(() => planOf(page)).toEqual(before);
  });

  test('Ctrl and wheel zoom about the pointer, the wheel alone pans, and the plan stays', async () => {
    const { page } = studio();
    const before = await planOf(page);
    // The selected clip is listed wherever the view is: the second one, which is not asked about.
    const second = await onLane(page, middleOf(before[1]));
    await page.mouse.click(second.x, second.y);
    const inView = (): Promise<number[]> => clips(page).evaluateAll((options) => options.map((option) => Number(option.getAttribute('aria-posinset'))));
    const last = before.length;
    const start = await onLane(page, 0.2);
    await page.mouse.move(start.x, start.y);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -900);
    await page.keyboard.up('Control');
    await expect.poll(inView).not.toContain(last);
    expect(await inView()).toContain(1);
    await page.mouse.wheel(0, 100_000);
    await expect.poll(inView).toContain(last);
    expect(await inView()).not.toContain(1);
    await page.keyboard.press('z');
    await expect.poll(() => clips(page).count()).toBe(last);
    expect(await planOf(page)).toEqual(before);
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
