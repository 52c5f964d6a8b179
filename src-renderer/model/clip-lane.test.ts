import { describe, expect, it } from 'vitest';

import { piecesOf } from '../../tests/fixtures/plans.ts';
import { cutToWidth, hitAt, inSight } from './clip-lane.ts';
import { TimeTransform } from './time-transform.ts';

describe('inSight', () => {
  it('takes pieces that are only partly seen, and no others', () => {
    expect(inSight(piecesOf(1000), 401, 413)).toEqual([100, 104]);
    expect(inSight([], 0, 10)).toEqual([0, 0]);
  });
});

describe('hitAt', () => {
  const segments = piecesOf(3);
  const near = new TimeTransform(20, 0);

  it('finds a border within a few pixels on either side, else the clip', () => {
    expect(hitAt(segments, near, 77)).toEqual({ kind: 'border', index: 0 });
    expect(hitAt(segments, near, 84)).toEqual({ kind: 'border', index: 0 });
    expect(hitAt(segments, near, 40)).toEqual({ kind: 'clip', index: 0 });
    expect(hitAt(segments, near, 2)).toEqual({ kind: 'clip', index: 0 });
    expect(hitAt(segments, near, 300)).toBeNull();
  });

  it('has no borders to hold where clips are narrow', () => {
    expect(hitAt(segments, new TimeTransform(2, 0), 8)).toEqual({ kind: 'clip', index: 1 });
  });
});

describe('cutToWidth', () => {
  const measure = (text: string): number => text.length * 6;

  it('keeps what fits and cuts the rest with an ellipsis', () => {
    expect(cutToWidth('dip', 18, measure)).toBe('dip');
    expect(cutToWidth('shadow position', 48, measure)).toBe('shadow …');
    expect(cutToWidth('shadow position', 12, measure)).toBe('');
  });
});
