import { expect, it } from 'vitest';

import { performanceStartS } from './performance-start.ts';

const head = (...films: readonly [at: number, filmS: number, speed: number][]): string =>
  [
    JSON.stringify({ kinetone_performance: 1, sample_rate: 48_000, start_sample: 96_000, samples: 1, mapping: {} }),
    ...films.map(([at, film_s, speed]) => JSON.stringify({ at, film: { media_id: 'film', film_s, speed } })),
    '{"at": 96000, "features": [0.1, 0.2',
  ].join('\n');

it('goes on from the line before the first sample', () => {
  expect(performanceStartS(head([0, 3, 0], [48_000, 3, 1]))).toBeCloseTo(4, 9);
});

it('counts back from where the film began to run', () => {
  expect(performanceStartS(head([0, 3, 0], [144_000, 3, 1]))).toBeCloseTo(2, 9);
});

it('knows nothing of a camera, or of a file that is something else', () => {
  expect([performanceStartS(head()), performanceStartS('RIFF'), performanceStartS('')]).toEqual([null, null, null]);
});
