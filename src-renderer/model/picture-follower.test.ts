import { describe, expect, it } from 'vitest';

import { PictureFollower, heardAt, heardClock } from './picture-follower.ts';
import type { Heard } from './picture-follower.ts';

const RATE_HZ = 48_000;
const FRAME_S = 1 / 30;
const TICK_MS = 1000 / 60;

interface World {
  readonly ppm: number;
  readonly speed?: number;
  readonly bufferFrames?: number;
  /** How long a seek of the picture takes. */
  readonly seekMs?: number;
  /** Readings do not arrive between these moments, ms. */
  readonly silent?: readonly [number, number];
}

/** A sound card that drifts, read in whole buffers, and a picture that obeys; calls back with the true error each tick. */
function play(world: World, forS: number, onTick: (nowMs: number, errorS: number, isSeeking: boolean) => void, jumps: ReadonlyMap<number, number> = new Map()): number {
  const { ppm, speed = 1, bufferFrames = 256, seekMs = 60, silent } = world;
  const follower = new PictureFollower();
  let clock: Heard | null = null;
  let offsetS = 0;
  let picture = { timeS: 0, rate: speed, seekUntilMs: -1, seekToS: 0 };
  let seeks = 0;
  const ticks = Math.round((forS * 1000) / TICK_MS);
  for (let tick = 0; tick <= ticks; tick += 1) {
    const nowMs = tick * TICK_MS;
    offsetS += jumps.get(tick) ?? 0;
    const samples = (nowMs / 1000) * RATE_HZ * (1 + ppm * 1e-6);
    const trueS = offsetS + (samples / RATE_HZ) * speed;
    const readS = offsetS + ((Math.floor(samples / bufferFrames) * bufferFrames) / RATE_HZ) * speed;
    const isSilent = silent !== undefined && nowMs >= silent[0] && nowMs < silent[1];
    if (!isSilent) clock = heardClock(clock, { filmS: readS, atMs: Math.round(nowMs), speed, isPlaying: true });
    if (clock === null) continue;
    const isSeeking = nowMs < picture.seekUntilMs;
    if (!isSeeking && picture.seekUntilMs >= 0) picture = { ...picture, timeS: picture.seekToS, seekUntilMs: -1 };
    else if (!isSeeking && tick > 0) picture.timeS += (TICK_MS / 1000) * picture.rate;
    const order = follower.order(clock, { timeS: picture.timeS, isSeeking }, nowMs);
    if (order.kind === 'run') picture.rate = order.rate;
    if (order.kind === 'seek') {
      seeks += 1;
      picture = { ...picture, seekUntilMs: nowMs + seekMs, seekToS: order.toS };
    }
    onTick(nowMs, trueS - picture.timeS, isSeeking || order.kind === 'seek');
  }
  return seeks;
}

describe('the picture after the sound', () => {
  it.each([-200, 0, 200])('stays within one frame for thirty minutes when the sound card is %i ppm off', (ppm) => {
    let worstS = 0;
    const seeks = play({ ppm }, 1800, (_now, errorS) => (worstS = Math.max(worstS, Math.abs(errorS))));
    expect(worstS).toBeLessThan(FRAME_S);
    expect(seeks).toBe(0);
  });

  it.each([0.25, 0.5, 2])('stays within one frame at %f times the speed', (speed) => {
    let worstS = 0;
    play({ ppm: 200, speed }, 120, (_now, errorS) => (worstS = Math.max(worstS, Math.abs(errorS))));
    expect(worstS).toBeLessThan(FRAME_S * Math.max(1, speed));
  });

  it('reads through the steps of a large buffer', () => {
    let worstS = 0;
    play({ ppm: 0, bufferFrames: 2048 }, 60, (nowMs, errorS) => (worstS = nowMs > 3000 ? Math.max(worstS, Math.abs(errorS)) : 0));
    expect(worstS).toBeLessThan(2048 / RATE_HZ);
  });

  it('goes on while nothing is heard of the sound for a second', () => {
    let worstS = 0;
    play({ ppm: 200, silent: [5000, 6000] }, 10, (_now, errorS) => (worstS = Math.max(worstS, Math.abs(errorS))));
    expect(worstS).toBeLessThan(FRAME_S);
  });

  it.each([20, 120, 400])('is back within a frame after a jump of the sound when seeks take %i ms', (seekMs) => {
    const jumps = new Map([[300, 12], [900, -7]]);
    const late: number[] = [];
    const seeks = play({ ppm: 0, seekMs }, 30, (nowMs, errorS, isSeeking) => {
      const sinceJumpMs = Math.min(...[...jumps.keys()].map((tick) => nowMs - tick * TICK_MS).filter((ms) => ms >= 0), Infinity);
      if (!isSeeking && sinceJumpMs > 5000 && sinceJumpMs < Infinity) late.push(Math.abs(errorS));
    }, jumps);
    expect(Math.max(...late)).toBeLessThan(FRAME_S);
    expect(seeks).toBeLessThan(14);
  });

  it('rests where the sound rests', () => {
    const clock: Heard = { filmS: 4, atMs: 0, speed: 1, isPlaying: false };
    expect(new PictureFollower().order(clock, { timeS: 3, isSeeking: false }, 500)).toEqual({ kind: 'rest', atS: 4 });
    expect(heardAt(clock, 9000)).toBe(4);
  });

  it('does not run away when the sound has gone for good', () => {
    expect(heardAt({ filmS: 4, atMs: 0, speed: 1, isPlaying: true }, 60_000)).toBe(6);
  });
});
