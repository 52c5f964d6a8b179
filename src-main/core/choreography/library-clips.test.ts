import { expect, test } from 'vitest';

import { moveOf } from '../../../tests/fixtures/dance-library.ts';
import { ClipShelf } from './library-clips.ts';
import type { PlannableMove } from './ports.ts';

/** Moves a test changes, and whose curves were read. */
function library() {
  const moves = new Map<string, PlannableMove & { stamp: number }>();
  const read: string[] = [];
  let revision = 0;
  const put = (each: PlannableMove, stamp: number): void => {
    moves.set(each.move.id, { ...each, stamp });
    revision += 1;
  };
  const source = {
    moves: () => [...moves.values()],
    curves: (id: string) => (read.push(id), moves.get(id)?.curves ?? null),
    revision: () => revision,
    file: () => ({ path: '', root: null }),
  };
  const drop = (id: string): void => void (moves.delete(id) && (revision += 1));
  return { source, put, drop, read };
}

test('after a change of the library only curves that are new are read, and the clips and their digest are those of a library read whole', () => {
  const { source, put, drop, read } = library();
  for (const id of ['a', 'b', 'c']) put(moveOf({ id, lands: [1, 2] }), 1);
  const shelf = new ClipShelf(source);
  const digests = [shelf.current().digest];
  shelf.current();
  const steps = [() => put(moveOf({ id: 'b', lands: [1, 2], style: 'romantic' }), 1), () => put(moveOf({ id: 'c', lands: [3] }), 2), () => put(moveOf({ id: 'd' }), 3), () => drop('a'), () => put(moveOf({ id: 'a', lands: [5] }), 1)];
  for (const step of steps) {
    step();
    const [{ digest, clips }, whole] = [shelf.current(), new ClipShelf({ ...source, curves: (id) => source.moves().find(({ move }) => move.id === id)?.curves ?? null }).current()];
    expect([digest, clips]).toEqual([whole.digest, whole.clips]);
    digests.push(digest);
  }
  expect([read, new Set(digests).size]).toEqual([['a', 'b', 'c', 'c', 'd', 'a'], digests.length]);
});
