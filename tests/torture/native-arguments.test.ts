/**
 * Whatever JavaScript hands to the addon's sound classes, it answers or throws; it never crashes and never writes beyond what
 * it was given. Random arguments from a seed, two seconds in `npm test`, as long as asked in `npm run soak`.
 */
import { expect, test } from 'vitest';

import { loadAddon } from '../../src-main/adapters/native/addon.ts';
import { compileMapping } from '../../src-main/core/sonify/mapping/index.ts';
import { soundingMapping } from '../fixtures/mapping.ts';

const RUN_MS = process.env['KINETONE_SOAK_S'] === undefined ? 2000 : Number(process.env['KINETONE_SOAK_S']) * 1000;
const CANARY = 123.5;

type Class = new (...args: unknown[]) => Record<string, (...args: unknown[]) => unknown>;

/** mulberry32: small, seeded, good enough to pick with. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const mapping = compileMapping(soundingMapping);

function pick<T>(random: () => number, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T;
}

const NUMBERS = [0, 1, -1, 2, 53, 64, 106, 255, 256, 257, 4096, 48_000, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 31), 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Anything a careless caller could hand over, small enough to make quickly. */
function argument(random: () => number): unknown {
  const number = (): number => pick(random, NUMBERS);
  const length = (): number => Math.min(100_000, Math.abs(Math.trunc(number())) || 0);
  switch (Math.floor(random() * 13)) {
    case 0:
      return undefined;
    case 1:
      return null;
    case 2:
      return pick(random, ['', 'ceiling', 'volume', 'panic', 'stop', 'open', 'null', '__proto__']);
    case 3:
      return new Float32Array(length()).fill(number());
    case 4:
      return new Float64Array(length()).fill(number());
    case 5:
      return new Uint8Array(length());
    case 6:
      return { ...mapping, [pick(random, Object.keys(mapping))]: argument(random) };
    case 7:
      return mapping;
    case 8:
      return { isPlaying: random() < 0.5, speed: number(), isLooping: random() < 0.5, startS: number(), endS: number() };
    case 9:
      return { sampleRate: number(), seed: number(), mapping: argument(random), startSample: number(), traceHz: number() };
    case 10:
      return { values: argument(random), rate: number(), start: number() };
    case 11:
      return random() < 0.5;
    default:
      return number();
  }
}

/** Calls that block or need a device are left to their own tests. */
const LEFT_OUT = new Set(['constructor', 'open', 'close']);

function methodsOf(type: Class): string[] {
  return Object.getOwnPropertyNames(type.prototype).filter((name) => !LEFT_OUT.has(name) && typeof Object.getOwnPropertyDescriptor(type.prototype, name)?.value === 'function');
}

const makers: Record<string, () => unknown[]> = {
  SonifyEngine: () => [{ sampleRate: 48_000, seed: 0, mapping }],
  LivePlayer: () => [{ sampleRate: 48_000, seed: 0, mapping }],
  LoudnessMeter: () => [48_000, 2],
  Finalizer: () => [{ sampleRate: 48_000, gainDb: 0, ceilingDb: -1 }],
  SongAnalyzer: () => [],
  BeatNetFeatures: () => [new Float32Array(136 * 705).fill(0.01)],
};

async function settled(call: () => unknown): Promise<'answered' | 'threw'> {
  try {
    await call();
    return 'answered';
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return 'threw';
  }
}

test.each(Object.keys(makers))('%s answers or throws whatever it is given', { timeout: RUN_MS + 120_000 }, async (name) => {
  const addon = loadAddon() as Record<string, Class>;
  const type = addon[name] as Class;
  const random = randomOf(name.length * 7919);
  const counts = { answered: 0, threw: 0 };
  for (const end = performance.now() + RUN_MS / Object.keys(makers).length; performance.now() < end; ) {
    counts[await settled(() => new type(argument(random), argument(random)))] += 1;
    const object = new type(...(makers[name]?.() ?? []));
    for (let i = 0; i < 60; i += 1) {
      const method = pick(random, methodsOf(type));
      counts[await settled(() => object[method]?.(argument(random), argument(random), argument(random)))] += 1;
    }
  }
  expect(counts.threw).toBeGreaterThan(10);
  expect(counts.answered).toBeGreaterThan(10);
});

test.each(['peaks', 'measureLatency'])('the function %s answers or throws whatever it is given', { timeout: RUN_MS + 120_000 }, async (name) => {
  const addon = loadAddon() as Record<string, (...args: unknown[]) => unknown>;
  const random = randomOf(name.length);
  let threw = 0;
  for (const end = performance.now() + RUN_MS / 8; performance.now() < end; ) {
    // An object that would be understood makes clicks for five seconds: that has a test of its own.
    const first = argument(random);
    const second = name === 'measureLatency' && typeof first === 'object' ? null : first;
    if ((await settled(() => addon[name]?.(second, argument(random), argument(random), argument(random)))) === 'threw') threw += 1;
  }
  expect(threw).toBeGreaterThan(10);
});

test('what lies behind an array that was given stays as it was', async () => {
  const { LivePlayer } = loadAddon() as Record<string, Class>;
  const memory = new Float32Array(4096).fill(CANARY);
  const player = new (LivePlayer as Class)({ sampleRate: 48_000, seed: 0, mapping });
  player['pull']?.(100, memory.subarray(1000, 1200));
  expect(memory.subarray(0, 1000).every((value) => value === CANARY)).toBe(true);
  expect(memory.subarray(1200).every((value) => value === CANARY)).toBe(true);
  expect(() => player['pull']?.(101, memory.subarray(1000, 1200))).toThrow(/202/);
});
