import { describe, expect, it } from 'vitest';

import { applyPatches, mergePatches, pointer } from './json-patch.ts';

const document = { name: 'a', rows: [{ id: 'x' }, { id: 'y' }], resting: { bpm: 120 } as Record<string, number> };

describe('applyPatches', () => {
  it('replaces, adds and removes without touching the original', () => {
    const before = structuredClone(document);
    const after = applyPatches(document, [
      { op: 'replace', path: '/rows/1/id', value: 'z' },
      { op: 'add', path: '/rows/-', value: { id: 'w' } },
      { op: 'remove', path: '/rows/0' },
      { op: 'add', path: '/resting/bass_cutoff', value: 300 },
      { op: 'remove', path: '/resting/bpm' },
    ]);
    expect(after).toEqual({ name: 'a', rows: [{ id: 'z' }, { id: 'w' }], resting: { bass_cutoff: 300 } });
    expect(document).toEqual(before);
  });

  it('shares what did not change, so that React draws only what did', () => {
    expect(applyPatches(document, [{ op: 'replace', path: '/name', value: 'b' }]).rows).toBe(document.rows);
  });

  it('refuses a path that leads nowhere', () => {
    expect(() => applyPatches(document, [{ op: 'replace', path: '/rows/7/id', value: 1 }])).toThrow('No such place');
  });

  it('escapes pointers both ways', () => {
    expect(applyPatches({ 'a/b~': 1 }, [{ op: 'replace', path: pointer('a/b~'), value: 2 }])).toEqual({ 'a/b~': 2 });
  });
});

describe('mergePatches', () => {
  it('keeps the last value of a dragged knob', () => {
    const drag = (value: number) => [{ op: 'replace' as const, path: '/resting/bpm', value }];
    expect(mergePatches(drag(1), drag(2))).toEqual(drag(2));
  });

  it('keeps the order of everything else', () => {
    const add = [{ op: 'add' as const, path: '/rows/-', value: 1 }];
    expect(mergePatches(add, add)).toHaveLength(2);
  });
});
