import { describe, expect, it } from 'vitest';

import { follow } from './follow-clock.ts';

describe('follow', () => {
  it('seeks beyond eighty milliseconds', () => {
    expect(follow(1, 1.2, 1)).toEqual({ kind: 'seek', toS: 1.2 });
  });

  it('never plays more than two percent off', () => {
    for (const error of [-0.079, -0.03, 0.02, 0.079]) {
      const action = follow(5, 5 + error, 1);
      expect(action.kind).toBe('rate');
      if (action.kind === 'rate') expect(Math.abs(action.rate - 1)).toBeLessThan(0.02 + 1e-9);
    }
  });

  it('brings a picture that is 60 ms late into half a frame within six seconds', () => {
    let picture = 0;
    const step = 0.05;
    for (let sound = 0.06; sound < 6; sound += step) {
      const action = follow(picture, sound, 1);
      picture = action.kind === 'seek' ? action.toS : picture + step * action.rate;
    }
    expect(Math.abs(picture - 6)).toBeLessThan(0.05 + 0.012);
  });
});
