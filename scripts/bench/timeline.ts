/**
 * The choreography's lane with 1 000 placed moves, panned from end to end and zoomed in and out with the wheel in Chromium:
 * times between the frames in which the view changed. Posters and filmstrips are those of eight imported clips.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Page } from 'playwright-core';

import type { Plan } from '../../src-main/contract/documents/choreography.ts';
import type { OpenProject } from '../../src-main/contract/documents/project.ts';
import type { BenchContext, BenchRow } from './row.ts';
import { PATIENCE_MS, type Studio, browserPath, fill, frameTimes, makeClips, openPage, serve, settled } from './studio.ts';

const MOVES = 1000;
const BEAT_S = 60 / 140;
/** Two beats each, so that the song is short enough for the page to decode it and to draw its wave in the colours of its bands. */
const MOVE_S = 2 * BEAT_S;
/** One frame at 50 fps. */
const SLOW_MS = 20;
const PROJECT = 'Timeline bench';
const LANE = '.move-area';
/** Wheel steps: how far a step goes, and how many until the end is reached. */
const ZOOM = { deltaPx: 24, steps: 150 };
const PAN_STEPS = 240;

function makeSong(path: string): void {
  const click = `exp(-60*mod(t,${BEAT_S}))*sin(2*PI*t*(800+400*lt(mod(t,${4 * BEAT_S}),${BEAT_S})))*0.8`;
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', `aevalsrc='${click}':s=22050:d=${MOVES * MOVE_S}`, path]);
}

/** A project whose plan is 1 000 moves long: the planner's own for this song, its moves laid out anew. */
async function makeProject(studio: Studio, song: string): Promise<void> {
  const { items } = (await studio.fetch('/api/media', { paths: [song] })) as { items: { item: { id: string } }[] };
  const id = items[0]?.item.id ?? '';
  await studio.fetch(`/api/songs/${id}/analysis`, { again: false });
  await settled(studio);
  const { plan } = (await studio.fetch('/api/choreography/plans', { song_id: id })) as { plan: Plan };
  const segments = Array.from({ length: MOVES }, (_, at) => {
    const { clip_s, ...segment } = plan.segments[at % plan.segments.length] as Plan['segments'][number];
    const times = { start_s: at * MOVE_S, end_s: (at + 1) * MOVE_S, in_s: (at % 4) * 0.6, speed: 1, counts: 2 };
    return { ...segment, ...times, clip_s, id: `s${at}`, transition: at % 3 === 0 ? 'crossfade' : 'cut', is_locked: at % 7 === 0 };
  });
  const made = (await studio.fetch('/api/projects', { kind: 'choreography', name: PROJECT, media_id: id })) as OpenProject;
  const command = { label: 'Plan', patches: [{ op: 'replace', path: '/plan', value: { ...plan, segments } }] };
  await studio.fetch(`/api/projects/${made.project.id}/commands`, { base_seq: made.project.seq, command });
}

/** Counts frames that follow a wheel event; those of a resting view would hide the slow ones. */
async function record(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate((lane) => {
    const seen = { times: [] as number[], isMoved: false, isOver: false };
    Object.assign(globalThis, { benchFrames: seen });
    document.querySelector(lane)?.addEventListener('wheel', () => (seen.isMoved = true), { capture: true });
    let before: number | null = null;
    const look = (now: number): void => {
      if (seen.isMoved && before !== null) seen.times.push(now - before);
      seen.isMoved = false;
      before = now;
      if (!seen.isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, LANE);
  return () =>
    page.evaluate(() => {
      const { benchFrames: seen } = globalThis as unknown as { benchFrames: { times: number[]; isOver: boolean } };
      seen.isOver = true;
      return seen.times;
    });
}

async function measured(page: Page, act: () => Promise<void>): Promise<number[]> {
  const times = await record(page);
  await act();
  return times();
}

async function wheel(page: Page, steps: number, deltaPx: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) await page.mouse.wheel(0, deltaPx);
}

const zoom = async (page: Page, steps: number, deltaPx: number): Promise<void> => {
  await page.keyboard.down('Control');
  await wheel(page, steps, deltaPx);
  await page.keyboard.up('Control');
};

export async function timelineRows({ repository, folder, say }: BenchContext): Promise<BenchRow[]> {
  if (browserPath === null) {
    say('timeline: left out, no Chromium is installed');
    return [];
  }
  const [cli, data, song] = [join(repository, 'out/main/cli.js'), join(folder, 'timeline'), join(folder, 'long clicks.flac')];
  makeClips(join(folder, 'timeline-clips'));
  makeSong(song);
  await fill(cli, data, join(folder, 'timeline-clips'));
  const studio = await serve(cli, data);
  await makeProject(studio, song);
  const { browser, page } = await openPage(studio);
  try {
    await page.getByRole('navigation').getByRole('button', { name: 'Choreograph' }).click();
    await page.getByRole('button', { name: PROJECT }).click();
    await page.locator('[data-twin=clips] [role=option]').first().waitFor({ state: 'attached', timeout: PATIENCE_MS });
    const box = await page.locator(LANE).boundingBox();
    if (!box) throw new Error('The lane is not in sight.');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await sleep(5000);
    return await gestures(page, box.width);
  } finally {
    await browser.close();
    await studio.stop();
  }
}

/** Zoomed from the whole song to a few moves and half-way back; panned there and close by. */
async function gestures(page: Page, widthPx: number): Promise<BenchRow[]> {
  const row = (what: string, times: readonly number[]): BenchRow => ({ what: `${MOVES} moves: ${what}`, ours: frameTimes(times, SLOW_MS), peer: '-', ratio: null, bar: `95 % ≤ ${SLOW_MS} ms (50 fps)` });
  const zoomed = await measured(page, async () => {
    await zoom(page, ZOOM.steps, -ZOOM.deltaPx);
    await zoom(page, ZOOM.steps, ZOOM.deltaPx);
  });
  // To 60 moves in view, then to 6: the pan steps go from end to end each time.
  const panned: BenchRow[] = [];
  for (const [inView, factor] of [[60, MOVES / 60], [6, 10]] as const) {
    await zoom(page, Math.round(Math.log(factor) / (ZOOM.deltaPx * 0.0022)), -ZOOM.deltaPx);
    const lengthPx = (widthPx * MOVES) / inView;
    const there = await measured(page, async () => {
      await wheel(page, PAN_STEPS, -lengthPx / PAN_STEPS);
      await wheel(page, PAN_STEPS, lengthPx / PAN_STEPS);
    });
    panned.push(row(`panned, ${inView} in view`, there));
  }
  return [row('zoomed in and out', zoomed), ...panned];
}
