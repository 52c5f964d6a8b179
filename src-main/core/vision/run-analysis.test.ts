import { describe, expect, test } from 'vitest';

import { endOfSeries, isAbandoned, seriesKeyOf } from './run-analysis.ts';

describe('the end of a series', () => {
  test.each([
    ['the container’s, just behind the last frame', 9.96, 10, 10.01, 10.01],
    ['one more distance, when the container states far more than there is', 9.96, 10, 60, 10],
    ['one more distance, when the container states less', 9.96, 10, 5, 10],
    ['the container’s, for a single frame', 0, 0, 0.034, 0.034],
    ['one more distance, when the container says nothing', 9.96, 10, 0, 10],
    ['the container’s, after a long last frame', 2.8, 3.033, 3, 3],
  ])('is %s', (_, lastS, guessedS, containerS, endS) => {
    expect(endOfSeries(lastS, guessedS, containerS)).toBe(endS);
  });
});

test('an unfinished series counts as left behind when it was not written for a minute', () => {
  const series = { id: 1, key: { identity: 'a', version: 1, width: 2, height: 2 }, isComplete: false, frames: 5, endS: 1, updatedMs: 100_000 };
  expect([isAbandoned(series, 130_000), isAbandoned(series, 170_000), isAbandoned({ ...series, isComplete: true }, 1e12)]).toEqual([false, true, false]);
});

test('a file without a picture has no series', () => {
  const audio = { codec: 'aac', sample_rate: 48_000, channels: 2 };
  expect(() => seriesKeyOf('a', 'song.m4a', { demuxer: 'mov', duration_s: 1, video: null, audio })).toThrow(
    expect.objectContaining({ code: 'media-no-video', message: 'song.m4a has no picture to work with: it is sound only.' }),
  );
});
