/**
 * Whatever JavaScript hands to the addon's classes, it answers or throws; it never crashes and never writes beyond what
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

/** Numbers of a move's embeddings of pose, audio and text. */
const SEGMENTS = [512, 128, 384] as const;

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

test.each(['peaks', 'measureLatency', 'clipSound'])('the function %s answers or throws whatever it is given', { timeout: RUN_MS + 120_000 }, async (name) => {
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

test('VectorMatrix refuses a search with one argument that is not right, answers whatever numbers stand in those that are, and writes only what it says', { timeout: 60_000 }, async () => {
  const { VectorMatrix } = loadAddon() as Record<string, Class>;
  const [random, rows, top] = [randomOf(41), 7, 3];
  const floats = (length: number): Float32Array => Float32Array.from({ length }, () => (random() < 0.02 ? pick(random, NUMBERS) : random() - 0.5));
  let [answered, refused] = [0, 0];
  for (const end = performance.now() + RUN_MS / 4; performance.now() < end; ) {
    const matrix = new (VectorMatrix as Class)(rows, ...SEGMENTS.map((length) => floats(rows * length)));
    const [places, scores] = [new Uint32Array(top + 1 + 8).fill(7777), new Float32Array(top * 4 + 8).fill(CANARY)];
    const args: unknown[] = [...SEGMENTS.map((length) => (random() < 0.2 ? null : floats(length))), floats(3), random() < 0.5 ? null : Uint8Array.from({ length: rows }, () => Math.trunc(random() * 3)), top, 0, rows, places.subarray(4, 4 + top + 1), scores.subarray(4, 4 + top * 4)];
    const method = random() < 0.5 ? 'search' : 'searchNow';
    expect(await settled(() => matrix[method]?.(...args))).toBe('answered');
    const found = places[4 + top] as number;
    expect(found).toBeLessThanOrEqual(top);
    expect(places.subarray(4, 4 + found).every((row) => row < rows)).toBe(true);
    answered += 1;
    // Arguments of the vectors and the mask may be left out; of the rest, one wrong length is enough.
    const spoilt = Math.trunc(random() * args.length);
    const wrongNumbers = spoilt === 5 ? [0, -1, 0.5, 2, 4, Number.NaN, 2 ** 32, '3'] : [-1, 0.5, rows + 1, Number.NaN, 2 ** 32, '3'];
    const wrong = args.with(spoilt, spoilt >= 5 && spoilt <= 7 ? pick(random, wrongNumbers) : pick(random, [new Float32Array(1), new Uint8Array(1), new Float64Array(512), 'x', 3, {}]));
    expect(await settled(() => matrix[method]?.(...wrong))).toBe('threw');
    await settled(() => matrix[method]?.(...args.map(() => argument(random))));
    await settled(() => new (VectorMatrix as Class)(argument(random), argument(random), argument(random), argument(random)));
    refused += 1;
    for (const edge of [0, 1, 2, 3]) expect([places[edge], places.at(-1 - edge), scores[edge], scores.at(-1 - edge)]).toEqual([7777, 7777, CANARY, CANARY]);
  }
  expect(Math.min(answered, refused)).toBeGreaterThan(10);
});

test('clipSound gives 128 finite numbers of any samples, of none and of those that are no numbers', { timeout: 60_000 }, async () => {
  const { clipSound } = loadAddon() as Record<string, (samples: Float32Array, out: Float32Array) => Promise<void>>;
  const random = randomOf(43);
  for (const length of [0, 1, 2, 511, 512, 513, 2047, 2048, 22_050, 100_003]) {
    for (const filling of [0, 1, 1e-30, 3.4e38, Number.NaN, Number.POSITIVE_INFINITY]) {
      const samples = Float32Array.from({ length }, () => (random() < 0.5 ? filling : random() - 0.5));
      const out = new Float32Array(128 + 8).fill(CANARY);
      await clipSound?.(samples, out.subarray(4, 132));
      expect(out.subarray(4, 132).every(Number.isFinite), `${length} samples with ${filling}`).toBe(true);
      expect([...out.subarray(0, 4), ...out.subarray(132)]).toEqual(Array.from({ length: 8 }, () => CANARY));
    }
  }
});
