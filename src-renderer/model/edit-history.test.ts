import { describe, expect, it } from 'vitest';

import { noHistory, recorded, redone, undone } from './edit-history.ts';
import type { EditHistory } from './edit-history.ts';

const step = (before: number, after: number, atMs: number, group: string | null = null) => ({ label: `${after}`, before, after, group, atMs });
const none: EditHistory<number> = noHistory;

describe('an edit history', () => {
  it('takes steps back newest first and does them again in order', () => {
    const history = recorded(recorded(none, step(0, 1, 0)), step(1, 2, 10));
    const first = undone(history);
    expect(first?.step.before).toBe(1);
    const second = undone(first?.history ?? none);
    expect(second?.step.before).toBe(0);
    expect(undone(second?.history ?? none)).toBeNull();
    expect(redone(second?.history ?? none)?.step.after).toBe(1);
  });

  it('joins edits of a group that follow quickly, and keeps apart those that do not', () => {
    const quick = recorded(recorded(none, step(0, 5, 0, 'nudge')), step(5, 10, 200, 'nudge'));
    expect(quick.past).toEqual([{ ...step(0, 10, 200, 'nudge') }]);
    expect(recorded(quick, step(10, 15, 9000, 'nudge')).past).toHaveLength(2);
    expect(recorded(quick, step(10, 15, 300, 'tempo')).past).toHaveLength(2);
  });

  it('forgets what was undone when something new is done', () => {
    const back = undone(recorded(none, step(0, 1, 0)));
    expect(redone(recorded(back?.history ?? none, step(0, 7, 10)))).toBeNull();
  });

  it('does not join onto a step that was undone and done again', () => {
    const again = redone(undone(recorded(none, step(0, 5, 0, 'nudge')))?.history ?? none);
    expect(recorded(again?.history ?? none, step(5, 10, 100, 'nudge')).past).toHaveLength(2);
  });
});
