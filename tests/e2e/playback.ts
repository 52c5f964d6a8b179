/** What plays in the page: the times of the picture and of the sound that leads it, read in one instant. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

import { PATIENCE_MS } from './launch.ts';

export interface Playheads {
  readonly pictureS: number;
  readonly soundS: number;
}

interface Recording {
  readonly played: Set<HTMLMediaElement>;
}

async function read(page: Page): Promise<Playheads | null> {
  return page.evaluate(() => {
    const video = document.querySelector('video');
    const sounds = [...(window as unknown as Recording).played].filter((element) => element.tagName === 'AUDIO' && !element.paused);
    const [sound] = sounds;
    return video && !video.paused && sound && sounds.length === 1 ? { pictureS: video.currentTime, soundS: sound.currentTime } : null;
  });
}

/** Waits until film and result play past a time and have come within the given distance, which a start may need a moment for. */
export async function playheads(page: Page, withinS: number, afterS: number): Promise<Playheads> {
  let last: Playheads | null = null;
  await expect
    .poll(
      async () => {
        last = await read(page);
        return last !== null && last.pictureS > afterS && Math.abs(last.pictureS - last.soundS) < withinS;
      },
      { timeout: PATIENCE_MS, interval: 40, message: 'film and result play in step' },
    )
    .toBe(true);
  if (last === null) throw new Error('Nothing plays.');
  return last;
}

/** The time the transport shows, in seconds, at a whole number of frames per second. */
export async function shownS(page: Page, label: string, rate: number): Promise<number> {
  const text = await page.getByRole('button', { name: label, exact: true }).innerText();
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = text.split(/[:;]/).map(Number);
  return hours * 3600 + minutes * 60 + seconds + frames / rate;
}
