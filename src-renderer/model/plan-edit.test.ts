import { describe, expect, it } from 'vitest';

import type { PlanSegment } from '../../src-main/contract/documents/choreography.ts';
import { piecesOf, planOf, segmentOf } from '../../tests/fixtures/plans.ts';
import { applyPatches } from './json-patch.ts';
import { atSpeed, borderMoved, borderRange, contentAt, divided, entered, exchanged, nearestUse, planCommand, removed, replaced, segmentAt, withLock, within } from './plan-edit.ts';

const BEATS = Array.from({ length: 200 }, (_, i) => i * 0.5);

/** What must hold of any plan: no gap, no piece outside its clip. */
function requireWhole(segments: readonly PlanSegment[]): void {
  segments.forEach((segment, i) => {
    if (i > 0) expect(segment.start_s).toBe(segments[i - 1]?.end_s);
    expect(segment.end_s).toBeGreaterThan(segment.start_s);
    expect(segment.in_s).toBeGreaterThanOrEqual(0);
    expect(segment.in_s + (segment.end_s - segment.start_s) * segment.speed).toBeLessThanOrEqual(segment.clip_s + 1e-5);
  });
}

describe('segmentAt', () => {
  it('finds the piece that is seen at a time, the later one on the border itself', () => {
    const segments = piecesOf(5);
    expect([0, 3.999, 4, 11, 19.9, 99].map((time) => segmentAt(segments, time))).toEqual([0, 0, 1, 2, 4, 4]);
    expect(segmentAt([], 3)).toBe(-1);
  });
});

describe('borderMoved', () => {
  it('keeps both pictures against the music: the right clip is entered later by what it lost', () => {
    const moved = borderMoved(piecesOf(3), 0, 5, BEATS);
    expect(moved?.[0]).toMatchObject({ start_s: 0, end_s: 5, in_s: 1, counts: 10 });
    expect(moved?.[1]).toMatchObject({ start_s: 5, end_s: 8, in_s: 2, counts: 6 });
    requireWhole(moved ?? []);
  });

  it('enters the right clip at its beginning when it has nothing earlier to show', () => {
    const moved = borderMoved(piecesOf(3), 0, 2, BEATS);
    expect(moved?.[1]).toMatchObject({ start_s: 2, in_s: 0 });
    requireWhole(moved ?? []);
  });

  it('stops where a clip ends', () => {
    const segments = piecesOf(2, (i) => (i === 0 ? { clipS: 4.5 } : { clipS: 5, endS: 8 }));
    expect(borderRange(segments, 0)).toEqual([3, 4.5]);
    expect(borderMoved(segments, 0, 7, BEATS)?.[0]?.end_s).toBe(4.5);
    expect(borderMoved(segments, 0, 0, BEATS)?.[0]?.end_s).toBe(3);
    requireWhole(borderMoved(segments, 0, 7, BEATS) ?? []);
  });

  it('has no border after the last piece', () => {
    expect(borderMoved(piecesOf(2), 1, 7, BEATS)).toBeNull();
  });
});

describe('entered and atSpeed', () => {
  it('never leaves the clip', () => {
    expect(entered(piecesOf(1), 0, 99)?.[0]?.in_s).toBe(6);
    expect(entered(piecesOf(1), 0, -4)?.[0]?.in_s).toBe(0);
    expect(atSpeed(piecesOf(1), 0, 9)?.[0]).toMatchObject({ speed: 2.5, in_s: 0 });
    expect(atSpeed(piecesOf(1), 0, 0)?.[0]?.speed).toBe(0.25);
  });
});

describe('exchanged', () => {
  it('exchanges what two places show and nothing else', () => {
    const before = piecesOf(4);
    const after = exchanged(before, 0, 2);
    expect(after?.map(({ move_id }) => move_id)).toEqual(['move-c', 'move-b', 'move-a', 'move-d']);
    expect(after?.map(({ id, start_s }) => [id, start_s])).toEqual(before.map(({ id, start_s }) => [id, start_s]));
    requireWhole(after ?? []);
  });

  it('plays a short clip slower, and refuses one that is far too short', () => {
    const segments = piecesOf(3, (i) => (i === 2 ? { clipS: 3, inS: 0, endS: 10, startS: 8 } : {}));
    expect(exchanged(segments, 0, 2)?.[0]).toMatchObject({ move_id: 'move-c', speed: 0.75, in_s: 0 });
    expect(exchanged(piecesOf(2, (i) => (i === 1 ? { clipS: 1.9 } : {})), 0, 1)).toBeNull();
    expect(exchanged(segments, 1, 1)).toBeNull();
  });
});

describe('replaced', () => {
  it('says a person chose it', () => {
    const { move_id, name, category, path, clip_s, in_s, speed } = segmentOf({ startS: 0, endS: 1, move: 'move-z', inS: 9 });
    const after = replaced(piecesOf(2), 1, { move_id, name, category, path, clip_s, in_s, speed });
    expect(after?.[1]).toMatchObject({ id: 'segment-1', move_id: 'move-z', in_s: 6, chosen_by: 'user' });
  });
});

describe('removed', () => {
  it('lets the clip before go on in its place', () => {
    const after = removed(piecesOf(3), 1, BEATS);
    expect(after?.map(({ move_id, start_s, end_s }) => [move_id, start_s, end_s])).toEqual([
      ['move-a', 0, 8],
      ['move-c', 8, 12],
    ]);
    requireWhole(after ?? []);
  });

  it('lets the clip after begin earlier where the one before is too short or there is none', () => {
    const short = piecesOf(3, (i) => (i === 0 ? { clipS: 5 } : {}));
    expect(removed(short, 1, BEATS)?.map(({ move_id }) => move_id)).toEqual(['move-a', 'move-c']);
    expect(removed(short, 1, BEATS)?.[1]).toMatchObject({ start_s: 4, end_s: 12, in_s: 0 });
    expect(removed(piecesOf(2), 0, BEATS)?.[0]).toMatchObject({ move_id: 'move-b', start_s: 0 });
    requireWhole(removed(short, 1, BEATS) ?? []);
  });

  it('is no edit where neither clip can fill the place, nor of the only one', () => {
    expect(removed(piecesOf(3, () => ({ clipS: 5 })), 1, BEATS)).toBeNull();
    expect(removed(piecesOf(1), 0, BEATS)).toBeNull();
  });
});

describe('divided', () => {
  it('goes on where the first part stops, at the clip’s own speed', () => {
    const after = divided(piecesOf(1, () => ({ speed: 1.1 })), 1.5, 'new', BEATS);
    expect(after?.map(({ id, start_s, end_s, counts }) => [id, start_s, end_s, counts])).toEqual([
      ['segment-0', 0, 1.5, 3],
      ['new', 1.5, 4, 5],
    ]);
    expect(after?.[1]?.in_s).toBeCloseTo(contentAt(piecesOf(1, () => ({ speed: 1.1 }))[0] ?? segmentOf({ startS: 0, endS: 1 }), 1.5), 6);
    requireWhole(after ?? []);
  });

  it('leaves no piece shorter than can be seen', () => {
    expect(divided(piecesOf(1), 0.05, 'new', BEATS)).toBeNull();
  });
});

describe('within and nearestUse', () => {
  it('takes a section by the middles of its pieces', () => {
    expect(within(piecesOf(6), 7, 15)).toEqual([2, 3]);
  });

  it('counts clips to the nearest other use', () => {
    const segments = piecesOf(6, (i) => (i % 3 === 0 ? { move: 'again' } : {}));
    expect(nearestUse(segments, 1, 'again')).toBe(1);
    expect(nearestUse(segments, 0, 'again')).toBe(3);
    expect(nearestUse(segments, 0, 'never')).toBeNull();
  });
});

describe('planCommand', () => {
  it('names only what changed, and the document after its patches holds the edit', () => {
    const plan = planOf(piecesOf(5));
    const after = withLock(plan.segments, [3], true);
    const command = planCommand('Lock', plan, after, 'key');
    expect(command?.patches.map(({ path }) => path)).toEqual(['/plan/segments/3']);
    expect(applyPatches({ plan }, command?.patches ?? []).plan.segments).toEqual(after);
  });

  it('replaces the list when pieces come or go, and is nothing when nothing changed', () => {
    const plan = planOf(piecesOf(3));
    expect(planCommand('Remove', plan, removed(plan.segments, 1, BEATS))?.patches).toMatchObject([{ op: 'replace', path: '/plan/segments' }]);
    expect(planCommand('Lock', plan, withLock(plan.segments, [1], false))).toBeNull();
    expect(planCommand('Move', plan, null)).toBeNull();
  });
});
