import { describe, expect, it } from 'vitest';

import { clicked, movedTo, noSelection, selectAll, selectOne, stillIn } from './selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const plain = { shift: false, ctrl: false };

describe('a selection', () => {
  it('is one item after a click, and a stretch from there after a click with Shift', () => {
    const one = clicked(noSelection, order, 'b', plain);
    expect([...one.ids]).toEqual(['b']);
    const many = clicked(one, order, 'd', { shift: true, ctrl: false });
    expect([...many.ids]).toEqual(['b', 'c', 'd']);
    expect([...clicked(many, order, 'a', { shift: true, ctrl: false }).ids]).toEqual(['a', 'b']);
  });

  it('takes one more or one less with Ctrl', () => {
    const two = clicked(selectOne('a'), order, 'c', { shift: false, ctrl: true });
    expect([...two.ids]).toEqual(['a', 'c']);
    expect([...clicked(two, order, 'a', { shift: false, ctrl: true }).ids]).toEqual(['c']);
  });

  it('grows and shrinks with Shift and arrows about its anchor', () => {
    const grown = movedTo(movedTo(selectOne('c'), order, 3, true), order, 4, true);
    expect([...grown.ids]).toEqual(['c', 'd', 'e']);
    expect([...movedTo(grown, order, 1, true).ids]).toEqual(['b', 'c']);
    expect([...movedTo(grown, order, 99, false).ids]).toEqual(['e']);
  });

  it('holds everything after Ctrl+A, and drops what is no longer shown', () => {
    const all = selectAll(selectOne('b'), order);
    expect(all.ids.size).toBe(5);
    expect(all.active).toBe('b');
    const left = stillIn(all, ['c', 'd']);
    expect([...left.ids]).toEqual(['c', 'd']);
    expect(left.active).toBe('c');
    expect(stillIn(left, ['d', 'c'])).toBe(left);
  });

  it('of an empty list is empty', () => {
    expect(movedTo(noSelection, [], 0, false)).toBe(noSelection);
    expect(selectAll(noSelection, []).active).toBeNull();
  });
});
