/** The library's moves and their folders as the program has them, kept true by events; labels change here, undoably. */
import { create } from 'zustand';

import type { LibraryFolder, Move } from '../../src-main/contract/documents/move.ts';
import type { LabelChanges } from '../../src-main/contract/operations/library.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { call } from '../api/client.ts';
import { noHistory, recorded, redone, undone } from '../model/edit-history.ts';
import type { EditHistory, EditStep } from '../model/edit-history.ts';
import { announce } from './announcements.ts';
import { useMedia } from './media-store.ts';
import { attempt, say, sayDone } from './toast-store.ts';

type LabelChange = readonly { readonly ids: string[]; readonly labels: LabelChanges }[];

/** What an edit of the library does, or what takes it back. */
export type LibraryChange =
  | { readonly kind: 'labels'; readonly changes: LabelChange }
  /** Items in the library or out of it, those among them that are moves as moves again. */
  | { readonly kind: 'present'; readonly itemIds: readonly string[]; readonly moveIds: readonly string[]; readonly isPresent: boolean };

interface MoveState {
  readonly moves: ReadonlyMap<string, Move>;
  readonly folders: readonly LibraryFolder[];
  readonly isLoaded: boolean;
  readonly history: EditHistory<LibraryChange>;
  readonly load: () => Promise<void>;
  readonly put: (moves: readonly Move[]) => void;
}

export const useMoves = create<MoveState>()((set) => ({
  moves: new Map(),
  folders: [],
  isLoaded: false,
  history: noHistory,
  load: async () => {
    const [{ moves }, { folders }] = await Promise.all([call('listMoves', {}), call('listLibraryFolders', {})]);
    set({ moves: new Map(moves.map((move) => [move.id, move])), folders, isLoaded: true });
  },
  put: (changed) =>
    set((state) => {
      const moves = new Map(state.moves);
      for (const move of changed) moves.set(move.id, move);
      return { moves };
    }),
}));

/** Moves that were taken out here: nobody asks for them again. */
const takenOut = new Set<string>();
const FEW = 24;
const GATHER_MS = 250;
const changedIds = new Set<string>();
let isAllChanged = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Moves changed elsewhere: a few are read one by one, more of them as the whole list; changes of a moment are gathered. */
export function movesChanged(ids: readonly string[]): void {
  for (const id of ids) if (!takenOut.has(id)) changedIds.add(id);
  isAllChanged ||= ids.length === 0 || changedIds.size > FEW;
  timer ??= setTimeout(() => {
    const few = [...changedIds].filter((id) => !takenOut.has(id));
    const readAll = isAllChanged;
    timer = undefined;
    changedIds.clear();
    isAllChanged = false;
    attempt(readAll ? useMoves.getState().load() : readFew(few));
  }, GATHER_MS);
}

async function readFew(ids: readonly string[]): Promise<void> {
  const read = await Promise.all(ids.map((id) => call('getMove', { params: { id } }).catch(() => null)));
  useMoves.setState((state) => {
    const moves = new Map(state.moves);
    // One that can no longer be read was removed.
    ids.forEach((id, i) => {
      const move = read[i];
      if (move) moves.set(id, move);
      else moves.delete(id);
    });
    return { moves };
  });
}

/** A few removals or restorations at a time: the browser has six connections. */
const AT_ONCE = 4;

async function forEach(ids: readonly string[], run: (id: string) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) await run(id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** What goes is gone from sight at once; when the program refuses, everything is read again. */
async function takeOut(itemIds: readonly string[], moveIds: readonly string[]): Promise<void> {
  const [items, moves] = [new Set(itemIds), new Set(moveIds)];
  useMedia.setState((state) => ({ items: state.items.filter(({ id }) => !items.has(id)) }));
  useMoves.setState((state) => ({ moves: new Map([...state.moves].filter(([id]) => !moves.has(id))) }));
  try {
    if (moveIds.length > 0) await call('removeMoves', { body: { ids: [...moveIds] } });
    await forEach(itemIds, async (id) => useMedia.getState().put(await call('removeMedia', { params: { id } })));
  } catch (error) {
    for (const id of moveIds) takenOut.delete(id);
    attempt(Promise.all([useMedia.getState().load(), useMoves.getState().load()]));
    throw error;
  }
}

/** Carries a change out. @returns what takes it back */
async function carryOut(change: LibraryChange): Promise<LibraryChange> {
  if (change.kind === 'labels') {
    const { moves, undo } = await call('changeMoveLabels', { body: { changes: [...change.changes] } });
    useMoves.getState().put(moves);
    return { kind: 'labels', changes: undo };
  }
  const { itemIds, moveIds, isPresent } = change;
  for (const id of moveIds) takenOut[isPresent ? 'delete' : 'add'](id);
  if (isPresent) {
    await forEach(itemIds, async (id) => useMedia.getState().put(await call('restoreMedia', { params: { id } })));
    if (moveIds.length > 0) useMoves.getState().put((await call('addMovesFromMedia', { body: { media_ids: [...moveIds] } })).moves);
  } else await takeOut(itemIds, moveIds);
  return { ...change, isPresent: !isPresent };
}

/** Edits go one after another, so that what undoes one is known before the next. */
let working: Promise<unknown> = Promise.resolve();
let underWay = 0;

function inTurn(work: () => Promise<void>): Promise<void> {
  underWay += 1;
  const done = working.then(work).finally(() => (underWay -= 1));
  working = done.catch(() => undefined);
  return done;
}

/** Also while the first edit is still on its way. */
export const canUndoLibrary = (): boolean => underWay > 0 || useMoves.getState().history.past.length > 0;

/** Does what can be undone: with Ctrl+Z in the library, and from the toast when there is one. */
export function changeLibrary(change: LibraryChange, { label, told }: { readonly label: string; readonly told?: string }): Promise<void> {
  return inTurn(async () => {
    const before = await carryOut(change);
    const step: EditStep<LibraryChange> = { label, before, after: change, group: null, atMs: performance.now() };
    useMoves.setState(({ history }) => ({ history: recorded(history, step) }));
    // A toast takes back its own step only, not what was done after it.
    const isNewest = (): boolean => useMoves.getState().history.past.at(-1) === step;
    if (told !== undefined) say(told, [{ label: en.moves.batch.undo, run: () => (isNewest() ? attempt(undoLibrary()) : undefined) }]);
  });
}

/** Videos that are in the library already become moves, and are analysed. */
export async function makeMoves(mediaIds: readonly string[]): Promise<void> {
  if (mediaIds.length === 0) return;
  for (const id of mediaIds) takenOut.delete(id);
  const { moves } = await call('addMovesFromMedia', { body: { media_ids: [...mediaIds] } });
  useMoves.getState().put(moves);
  sayDone(en.moves.made(moves.length));
}

export function changeLabels(ids: readonly string[], labels: LabelChanges, label: string): Promise<void> {
  return changeLibrary(
    { kind: 'labels', changes: [{ ids: [...ids], labels }] },
    { label: en.moves.batch.step.label(label, ids.length), ...(ids.length > 1 ? { told: en.moves.batch.changed(label, ids.length) } : {}) },
  );
}

/** Goes one step through the history. */
type Travel = (history: EditHistory<LibraryChange>) => { readonly history: EditHistory<LibraryChange>; readonly step: EditStep<LibraryChange> } | null;

/** In its turn, so that it takes back what was done last though that is still on its way. */
function take(travel: Travel, side: 'before' | 'after'): Promise<void> {
  return inTurn(async () => {
    const moved = travel(useMoves.getState().history);
    if (!moved) return;
    useMoves.setState({ history: moved.history });
    await carryOut(moved.step[side]);
    const words = (side === 'before' ? en.moves.batch.undone : en.moves.batch.redone)(moved.step.label);
    announce(words);
    say(words);
  });
}

export const undoLibrary = (): Promise<void> => take(undone, 'before');
export const redoLibrary = (): Promise<void> => take(redone, 'after');
