/** Arbitrary arguments to every vision function of the addon: each call answers or says what it expected; nothing crashes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { featureLayout } from '../../contract/feature-layout.ts';
import { loadAddon } from './addon.ts';

const SOAK_MS = Number(process.env['KINETONE_SOAK_S'] ?? '1') * 1000;
const LIMITS = { numRuns: 1_000_000, interruptAfterTimeLimit: SOAK_MS, seed: 7 };
const TIMEOUT_MS = 3 * SOAK_MS + 20_000;

type Loose = (...args: unknown[]) => unknown;
interface Session {
  analyze: Loose;
  overlay: Loose;
}
const addon = loadAddon() as { opticalFlow: Loose; VisionSession: new (...args: unknown[]) => Session };

const side = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(-1, 0, 0.5, 16384, 16385, 2 ** 31, 2 ** 32 + 2, NaN, Infinity, -0));
const anything = fc.oneof(fc.anything(), fc.uint8Array({ maxLength: 300 }), fc.float32Array({ maxLength: 300 }), fc.constant(new Uint8Array(new SharedArrayBuffer(64))));

/** A plain refusal: a TypeError with a code of ours. */
async function answersOrRefuses(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    expect((error as { code: string }).code).toMatch(/^native-(bad-argument|size-mismatch|busy)$/);
  }
}

test('opticalFlow', { timeout: TIMEOUT_MS }, async () => {
  const exact = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })).map(([w, h]) => [new Uint8Array(w * h).fill(w), new Uint8Array(w * h), w, h, new Float32Array(w * h * 2)]);
  const calls = fc.oneof(exact, fc.tuple(anything, anything, side, side, anything), fc.array(anything, { maxLength: 6 }));
  await fc.assert(fc.asyncProperty(calls, (args) => answersOrRefuses(() => addon.opticalFlow(...args))), LIMITS);
});

test('VisionSession, its analyze and its overlay', { timeout: TIMEOUT_MS }, async () => {
  const evenSide = fc.integer({ min: 1, max: 24 }).map((half) => half * 2);
  const overlay = fc.oneof(anything, fc.record({ flow: anything, gridWidth: side, gridHeight: side }, { requiredKeys: [] }), fc.record({ edges: anything }));
  const time = fc.oneof(fc.double(), fc.integer({ min: 0, max: 9 }), anything);
  await fc.assert(
    fc.asyncProperty(fc.tuple(fc.oneof(evenSide, side), fc.oneof(evenSide, side)), fc.array(fc.tuple(time, anything, overlay), { maxLength: 4 }), anything, async ([width, height], steps, stray) => {
      let session: Session;
      try {
        session = new addon.VisionSession(width, height);
      } catch (error) {
        return void (await answersOrRefuses(() => Promise.reject(error as Error)));
      }
      for (const [at, color, wanted] of steps) {
        const frame = new Uint8Array((width * height * 3) / 2).fill(90);
        await answersOrRefuses(() => session.analyze(frame, at, new Float32Array(featureLayout.columns), undefined, color));
        await answersOrRefuses(() => session.analyze(frame, 1, new Float32Array(featureLayout.columns), stray));
        await answersOrRefuses(() => session.analyze(stray, at, stray, stray, color));
        await answersOrRefuses(() => session.overlay(wanted));
      }
    }),
    LIMITS,
  );
});
