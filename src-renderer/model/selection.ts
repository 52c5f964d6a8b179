/** Selecting in a grid of ids by pointer and keys, as file managers do: click, Ctrl, Shift, arrows with Shift, all. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Where a stretch begins. */
  readonly anchor: string | null;
  /** What the keys go on from; has the focus. */
  readonly active: string | null;
}

export const noSelection: Selection = { ids: new Set(), anchor: null, active: null };

export function selectOne(id: string): Selection {
  return { ids: new Set([id]), anchor: id, active: id };
}

function stretch(order: readonly string[], fromId: string | null, toId: string): Set<string> {
  const to = order.indexOf(toId);
  const from = fromId === null ? to : order.indexOf(fromId);
  if (from === -1) return new Set([toId]);
  return new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1));
}

/** A click, with Shift a stretch from the anchor, with Ctrl one more or one less. */
export function clicked(selection: Selection, order: readonly string[], id: string, keys: { readonly shift: boolean; readonly ctrl: boolean }): Selection {
  if (keys.shift) {
    const ids = stretch(order, selection.anchor, id);
    return { ids: keys.ctrl ? new Set([...selection.ids, ...ids]) : ids, anchor: selection.anchor ?? id, active: id };
  }
  if (!keys.ctrl) return selectOne(id);
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id, active: id };
}

/** The keys go to the item at an index; with Shift the stretch from the anchor grows or shrinks. */
export function movedTo(selection: Selection, order: readonly string[], index: number, isExtending: boolean): Selection {
  const id = order[Math.max(0, Math.min(order.length - 1, index))];
  if (id === undefined) return selection;
  return isExtending ? clicked(selection, order, id, { shift: true, ctrl: false }) : selectOne(id);
}

export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return { ids: new Set(order), anchor: order[0] ?? null, active: selection.active ?? order[0] ?? null };
}

/** What is still there of a selection after the list has changed; the same object when nothing went. */
export function stillIn(selection: Selection, order: readonly string[]): Selection {
  const there = new Set(order);
  const isThere = (id: string | null): boolean => id !== null && there.has(id);
  if ([...selection.ids].every(isThere) && (selection.active === null || isThere(selection.active))) return selection;
  const ids = new Set([...selection.ids].filter(isThere));
  return {
    ids,
    anchor: isThere(selection.anchor) ? selection.anchor : null,
    active: isThere(selection.active) ? selection.active : ([...ids][0] ?? null),
  };
}
