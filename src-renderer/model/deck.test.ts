import { describe, expect, it } from 'vitest';

import type { PlanSegment, PlanTransition } from '../../src-main/contract/documents/choreography.ts';
import { PLAN_TRANSITIONS } from '../../src-main/contract/documents/choreography.ts';
import { piecesOf } from '../../tests/fixtures/plans.ts';
import { assigned, looks, mixAt, upcoming } from './deck.ts';
import type { Slots } from './deck.ts';

const faded = (kind: PlanTransition, count = 4): PlanSegment[] => piecesOf(count).map((segment) => ({ ...segment, transition: kind }));

describe('mixAt', () => {
  it('shows one piece at a time between plain cuts, the new one on the cut itself', () => {
    const segments = piecesOf(3);
    expect(mixAt(segments, 3.999, 0.5)).toMatchObject({ from: 0, to: null });
    expect(mixAt(segments, 4, 0.5)).toMatchObject({ from: 1, to: null });
  });

  it('lies half before and half after its cut', () => {
    const segments = faded('crossfade');
    expect(mixAt(segments, 3.74, 0.5).to).toBeNull();
    expect(mixAt(segments, 3.75, 0.5)).toMatchObject({ from: 0, to: 1, amount: 0, kind: 'crossfade' });
    expect(mixAt(segments, 4, 0.5)).toMatchObject({ from: 0, to: 1, amount: 0.5 });
    expect(mixAt(segments, 4.125, 0.5).amount).toBeCloseTo(0.75, 9);
    expect(mixAt(segments, 4.25, 0.5)).toMatchObject({ from: 1, to: null });
  });

  it('has nothing to come from at the beginning', () => {
    expect(mixAt(faded('crossfade'), 0, 0.5)).toMatchObject({ from: 0, to: null });
  });
});

describe('upcoming', () => {
  it('is the next piece, and the first of a loop that ends before it', () => {
    const segments = piecesOf(4);
    expect(upcoming(segments, mixAt(segments, 5, 0.5), null)).toBe(2);
    expect(upcoming(segments, mixAt(segments, 15, 0.5), null)).toBeNull();
    expect(upcoming(segments, mixAt(segments, 9, 0.5), { startS: 4, endS: 12 })).toBe(1);
    expect(upcoming(segments, mixAt(segments, 5, 0.5), { startS: 4, endS: 12 })).toBe(2);
    expect(upcoming(segments, mixAt(segments, 5, 0.5), { startS: 4.5, endS: 7 })).toBeNull();
  });
});

describe('assigned', () => {
  it('never moves a film that is there, whatever comes next', () => {
    let slots: Slots = [null, null];
    let front: 0 | 1 = 0;
    const moved: number[] = [];
    for (let seen = 0; seen < 20; seen += 1) {
      const next = assigned(slots, seen, seen + 1, front);
      const place = next.indexOf(seen) === 0 ? 0 : 1;
      if (seen > 0 && slots[place] !== seen) moved.push(seen);
      expect(next).toHaveLength(2);
      expect(next).toContain(seen + 1);
      slots = next;
      front = place;
    }
    expect(moved).toEqual([]);
  });

  it('leaves the picture that is seen alone after a jump to a piece neither holds', () => {
    expect(assigned([3, 4], 9, 10, 0)).toEqual([10, 9]);
    expect(assigned([3, 4], 9, 10, 1)).toEqual([9, 10]);
  });
});

describe('looks', () => {
  const at = (kind: PlanTransition, amount: number) => looks({ from: 0, to: 1, amount, kind });

  it('begins with all of the old picture and ends with all of the new one, for every kind', () => {
    for (const kind of PLAN_TRANSITIONS) {
      const [begin, end] = [at(kind, 0), at(kind, 1)];
      expect(begin.from.opacity, kind).toBe(1);
      const isNewHidden = begin.to.opacity === 0 || /100\.00%|circle\(0\.00%\)/.test(`${begin.to.clip} ${begin.to.shift}`);
      expect(isNewHidden, kind).toBe(true);
      expect(end.to.opacity, kind).toBe(1);
      expect(`${end.to.clip} ${end.to.shift}`, kind).not.toContain('100.00%');
    }
  });

  it('passes through nothing but black in the middle of a fade', () => {
    const middle = at('fade_black', 0.5);
    expect([middle.from.opacity, middle.to.opacity]).toEqual([0, 0]);
  });
});
