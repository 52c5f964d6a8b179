/** Progress of stages: monotone, weighted, and an estimate that holds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { StageProgress } from './progress.ts';

const STAGES = [{ name: 'decode', weight: 0.2 }, { name: 'render', weight: 0.7 }, { name: 'write', weight: 0.1 }];

test('whatever is reported in whatever order, progress never falls and stays below 100', () => {
  const report = fc.tuple(fc.constantFrom('decode', 'render', 'write'), fc.double({ min: -1, max: 2 }));
  fc.assert(
    fc.property(fc.array(report, { maxLength: 50 }), (reports) => {
      const progress = new StageProgress(STAGES, 0);
      let last = 0;
      for (const [name, done] of reports) {
        progress.report(name, done, 0);
        expect(progress.percent).toBeGreaterThanOrEqual(last);
        expect(progress.percent).toBeLessThanOrEqual(99.9);
        last = progress.percent;
      }
    }),
  );
});

test('a stage that was not declared is a bug of its handler', () => {
  expect(() => new StageProgress(STAGES, 0).report('upload', 0, 0)).toThrow('upload is not one of decode, render, write');
});

test('at a steady rate the estimate is within 5 % after a tenth, and shrinks to nothing', () => {
  const progress = new StageProgress([{ name: 'work', weight: 1 }], 0);
  for (let second = 1; second <= 100; second += 1) {
    progress.report('work', second / 100, second * 1000);
    if (second >= 10) expect(Math.abs((progress.etaS(second * 1000) ?? Number.NaN) - (100 - second))).toBeLessThanOrEqual(0.05 * 100);
  }
  expect(progress.etaS(100_000)).toBe(0);
});

test('a machine that becomes half as fast is believed within the window', () => {
  const progress = new StageProgress([{ name: 'work', weight: 1 }], 0);
  let share = 0;
  for (let second = 1; second <= 60; second += 1) progress.report('work', (share += second <= 30 ? 0.01 : 0.005), second * 1000);
  const left = (1 - share) / 0.005;
  expect(progress.etaS(60_000)).toBeGreaterThan(left * 0.7);
  expect(progress.etaS(60_000)).toBeLessThan(left * 1.05);
});

test('no estimate is given too early or without progress', () => {
  const progress = new StageProgress(STAGES, 0);
  expect(progress.etaS(60_000)).toBeNull();
  progress.report('decode', 1, 500);
  expect(progress.etaS(500)).toBeNull();
  progress.report('decode', 1, 2000);
  expect(progress.etaS(2000)).toBeGreaterThan(0);
});

test('reports thousands of times a second keep no more than the window of samples', () => {
  const progress = new StageProgress(STAGES, 0);
  for (let ms = 0; ms < 60_000; ms += 1) progress.report('render', ms / 60_000, ms);
  expect((progress as unknown as { samples: unknown[] }).samples.length).toBeLessThan(200);
});
