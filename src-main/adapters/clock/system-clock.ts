/** The machine's clock and random ids, for the ports of core/clock.ts. */
import { randomInt } from 'node:crypto';

import type { Clock, NewId } from '../../core/clock.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_CHARACTERS = 20;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, { once: true });
    }),
};

/** 20 characters of [a-z0-9], 103 bits from the system's generator. */
export const newId: NewId = () => Array.from({ length: ID_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
