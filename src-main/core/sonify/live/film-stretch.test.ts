/** One straight stretch of a film is found exactly, though the log notices changes late; anything else is none. */
import { expect, test } from 'vitest';

import type { FilmPlace } from '../../../contract/documents/performance.ts';
import { straightStretch } from './film-stretch.ts';

const rate = 48_000;
const place = (at: number, film_s: number, speed: number, media_id = 'film'): FilmPlace => ({ at, film: { media_id, film_s, speed } });
const second = rate;

test('a film that stands, runs and stands again: only where it ran, to the sample', () => {
  // It began at sample 1.5 s from 10 s of the film and stopped at 4 s; each change is noticed some milliseconds later.
  const places = [place(0, 10, 0), place(1.51 * second, 10.01, 1), place(4.012 * second, 12.5, 0)];
  expect(straightStretch(places, { start: second, samples: 5 * second, rate })).toEqual({ mediaId: 'film', startS: 10, firstSample: 1.5 * second, samples: 2.5 * second });
});

test('a recording within a run is the whole recording', () => {
  expect(straightStretch([place(0, 0, 0), place(2 * second, 3, 1)], { start: 4 * second, samples: second, rate })).toEqual({ mediaId: 'film', startS: 5, firstSample: 4 * second, samples: second });
});

test.each([
  ['another speed', [place(0, 0, 0.5)]],
  ['a change of speed', [place(0, 0, 1), place(2 * second, 2, 2)]],
  ['a jump', [place(0, 0, 1), place(2 * second, 7, 1)]],
  ['two runs', [place(0, 0, 1), place(2 * second, 2, 0), place(3 * second, 2, 1)]],
  ['two films', [place(0, 0, 1), place(2 * second, 0, 0, 'other')]],
  ['a film that only stood', [place(0, 0, 0)]],
  ['no film', []],
])('%s is none', (_, places) => {
  expect(straightStretch(places, { start: second, samples: 4 * second, rate })).toBeNull();
});

test('what was done before the recording does not count', () => {
  const places = [place(0, 0, 2), place(second, 2, 0), place(2 * second, 2, 1)];
  expect(straightStretch(places, { start: 3 * second, samples: second, rate })).toMatchObject({ startS: 3, samples: second });
});
