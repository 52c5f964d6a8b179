import { describe, expect, it } from 'vitest';

import { keyDown, keyUp, stopped } from './shuttle.ts';
import type { ShuttleKey, ShuttleState } from './shuttle.ts';

function press(keys: string): number[] {
  let state: ShuttleState = stopped;
  return [...keys].map((key) => {
    [state] = keyDown(state, key as ShuttleKey, false);
    state = keyUp(state, key as ShuttleKey);
    return state.rate;
  });
}

describe('shuttle', () => {
  it('doubles with each L up to four times, and J turns it round at single speed', () => {
    expect(press('lllljj')).toEqual([1, 2, 4, 4, -1, -2]);
  });

  it('stops with K from any speed', () => {
    expect(press('llk')).toEqual([1, 2, 0]);
  });

  it('steps frames while K is held, also when the key repeats', () => {
    const [held] = keyDown(stopped, 'k', false);
    expect(keyDown(held, 'l', true)[1]).toEqual({ kind: 'step', frames: 1 });
    expect(keyDown(held, 'j', false)[1]).toEqual({ kind: 'step', frames: -1 });
    expect(keyDown(keyUp(held, 'k'), 'l', false)[1]).toEqual({ kind: 'rate', rate: 1 });
  });

  it('ignores the repeats of a held L', () => {
    const [playing] = keyDown(stopped, 'l', false);
    expect(keyDown(playing, 'l', true)).toEqual([playing, { kind: 'none' }]);
  });
});
