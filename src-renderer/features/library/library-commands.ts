/** What the keys do in the library. */
import { useEffect, useMemo } from 'react';

import { noSelection, selectAll } from '../../model/selection.ts';
import { useCommands } from '../../stores/command-store.ts';
import type { CommandHandlers } from '../../stores/command-store.ts';
import { canUndoLibrary, makeMoves, redoLibrary, undoLibrary, useMoves } from '../../stores/move-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { hasClip, panicClip, toggleClip } from './clip-player.ts';
import { activeEntry, analyseEntries, openEntry, removeEntries, selectedEntries } from './entry-actions.ts';
import { askByExample, setSelection, stepBack, useLibraryView } from './library-view.ts';
import type { Example } from './library-view.ts';

const hasSelection = (): boolean => useLibraryView.getState().selection.ids.size > 0;

function ask(kind: Example['kind']): void {
  const entry = activeEntry();
  if (!entry?.move) return;
  askByExample(kind, entry.id, entry.name);
  setSelection(noSelection);
}

const isMove = (): boolean => activeEntry()?.move != null;
const isNoMove = (): boolean => selectedEntries().some((entry) => entry.item.kind === 'video' && !entry.move);

export function useLibraryCommands(order: readonly string[]): void {
  const handlers = useMemo<CommandHandlers>(
    () => ({
      'library.search': { run: () => document.querySelector<HTMLElement>('.library-bar input')?.focus() },
      'library.selectAll': { run: () => setSelection(selectAll(useLibraryView.getState().selection, order)), isEnabled: () => order.length > 0 },
      'library.open': {
        run: () => {
          const entry = activeEntry();
          if (entry) openEntry(entry);
        },
        isEnabled: hasSelection,
      },
      'library.edit': {
        run: () => globalThis.dispatchEvent(new Event('kinetone-edit-labels')),
        isEnabled: () => selectedEntries().some((entry) => entry.move),
      },
      'library.like': { run: () => ask('like'), isEnabled: isMove },
      'library.follow': { run: () => ask('follow'), isEnabled: isMove },
      'library.makeMoves': {
        run: () => attempt(makeMoves(selectedEntries().filter((entry) => entry.item.kind === 'video' && !entry.move).map((entry) => entry.id))),
        isEnabled: isNoMove,
      },
      'library.analyse': { run: () => analyseEntries(selectedEntries()), isEnabled: hasSelection },
      'library.remove': { run: () => removeEntries(selectedEntries()), isEnabled: hasSelection },
      'play.toggle': { run: toggleClip, isEnabled: hasClip },
      'play.panic': { run: panicClip },
      'edit.undo': { run: () => attempt(undoLibrary()), isEnabled: canUndoLibrary },
      'edit.redo': { run: () => attempt(redoLibrary()), isEnabled: () => useMoves.getState().history.future.length > 0 },
    }),
    [order],
  );
  useCommands(handlers);
}

/** Escape goes one step back, after menus, dialogs, sheets and fields had their turn. */
export function useStepBack(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.shiftKey || event.defaultPrevented || event.isComposing) return;
      if (useShell.getState().dialog !== null || document.querySelector('[data-modal], [role=menu], [role=listbox]') !== null) return;
      if (stepBack()) event.preventDefault();
    };
    globalThis.addEventListener('keydown', onKeyDown);
    return () => globalThis.removeEventListener('keydown', onKeyDown);
  }, []);
}
