/**
 * One-time tokens that a page trades for its cookie. They travel on a browser's command line, which other users of the
 * machine can read: hence once, and for 30 s only.
 */
import { randomBytes } from 'node:crypto';

import { isSame } from './guard.ts';

const LIFE_MS = 30_000;

export class BootTokens {
  private readonly nowMs: () => number;
  private live: { token: string; untilMs: number }[] = [];

  constructor(nowMs: () => number = Date.now) {
    this.nowMs = nowMs;
  }

  issue(): string {
    const token = randomBytes(32).toString('base64url');
    this.live = [...this.live.filter((entry) => entry.untilMs > this.nowMs()), { token, untilMs: this.nowMs() + LIFE_MS }];
    return token;
  }

  /** @returns true exactly once for a token that is still alive. */
  redeem(given: string): boolean {
    const found = this.live.find((entry) => isSame(given, entry.token));
    this.live = this.live.filter((entry) => entry !== found);
    return found !== undefined && found.untilMs > this.nowMs();
  }
}
