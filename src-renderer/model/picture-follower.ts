/**
 * The picture of a live session after its sound, which leads: readings of the heard time become one steady clock, and the
 * picture is brought to it by its speed (within 2 %) or, beyond 80 ms, by a seek that aims ahead by what seeks take here.
 */
import { SEEK_BEYOND_S, follow } from './follow-clock.ts';

/** One reading: the place in the film that was heard at a moment of the wall clock. */
export interface Heard {
  readonly filmS: number;
  readonly atMs: number;
  readonly speed: number;
  readonly isPlaying: boolean;
}

/** Readings come in steps of a buffer; each moves the clock by this share of its error. */
const GAIN = 0.1;
/** A reading further off than this is a seek or a loop, not jitter. */
const JUMP_S = 0.1;
/** Without news the clock goes on this long: the sound does, when only the page stalls. */
const HOLD_MS = 2000;

/** The clock after a reading. */
export function heardClock(before: Heard | null, reading: Heard): Heard {
  if (before === null || !reading.isPlaying || !before.isPlaying || before.speed !== reading.speed) return reading;
  const expectedS = heardAt(before, reading.atMs);
  const errorS = reading.filmS - expectedS;
  if (Math.abs(errorS) > JUMP_S * Math.max(1, reading.speed)) return reading;
  return { ...reading, filmS: expectedS + GAIN * errorS };
}

/** The place in the film that is heard at a moment, s. */
export function heardAt(clock: Heard, nowMs: number): number {
  if (!clock.isPlaying) return clock.filmS;
  const sinceMs = Math.min(HOLD_MS, Math.max(0, nowMs - clock.atMs));
  return clock.filmS + (sinceMs / 1000) * clock.speed;
}

export interface PictureNow {
  readonly timeS: number;
  readonly isSeeking: boolean;
}

export type PictureOrder =
  /** A seek is under way. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'rest'; readonly atS: number }
  | { readonly kind: 'run'; readonly rate: number }
  | { readonly kind: 'seek'; readonly toS: number };

/** Time for the picture to settle after a seek, before another is judged necessary. */
const SETTLE_MS = 150;
/** Seeks that take longer than this are stalls, not what to aim by. */
const LONGEST_SEEK_S = 1.5;

/** What the picture is told, frame by frame; remembers how long its seeks take. */
export class PictureFollower {
  #seekTakesS = 0.05;
  #seekSinceMs: number | null = null;
  #settledMs = 0;

  order(clock: Heard, picture: PictureNow, nowMs: number): PictureOrder {
    const heardS = heardAt(clock, nowMs);
    if (picture.isSeeking) {
      this.#seekSinceMs ??= nowMs;
      return { kind: 'wait' };
    }
    this.#learn(nowMs);
    if (!clock.isPlaying) return { kind: 'rest', atS: heardS };
    const action = follow(picture.timeS, heardS, clock.speed);
    if (action.kind === 'rate') return { kind: 'run', rate: action.rate };
    const isSettling = nowMs - this.#settledMs < SETTLE_MS && Math.abs(heardS - picture.timeS) < 3 * SEEK_BEYOND_S;
    if (isSettling) return { kind: 'run', rate: clock.speed };
    this.#seekSinceMs = nowMs;
    return { kind: 'seek', toS: heardS + this.#seekTakesS * clock.speed };
  }

  #learn(nowMs: number): void {
    if (this.#seekSinceMs === null) return;
    const tookS = Math.min(LONGEST_SEEK_S, (nowMs - this.#seekSinceMs) / 1000);
    this.#seekTakesS += 0.5 * (tookS - this.#seekTakesS);
    this.#seekSinceMs = null;
    this.#settledMs = nowMs;
  }
}
