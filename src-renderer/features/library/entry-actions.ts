/** What can be done with the entries that are selected. */
import { en } from '../../../src-main/contract/text/en.ts';
import { entriesOf } from '../../model/library-entries.ts';
import type { Entry } from '../../model/library-entries.ts';
import { noSelection } from '../../model/selection.ts';
import { useMedia } from '../../stores/media-store.ts';
import { changeLibrary, useMoves } from '../../stores/move-store.ts';
import { sonify } from '../../stores/project-list-store.ts';
import { useSongs } from '../../stores/song-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { call } from '../../api/client.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { analyse } from './analyse.ts';
import { toggleClip } from './clip-player.ts';
import { analyseMoves } from './folder-actions.ts';
import { openSongView, setSelection, useLibraryView } from './library-view.ts';

/** The selected entries, in the library's order. */
export function selectedEntries(): Entry[] {
  const { ids } = useLibraryView.getState().selection;
  const items = useMedia.getState().items.filter((item) => ids.has(item.id));
  return entriesOf(items, useMoves.getState().moves, useSongs.getState().songs);
}

export function activeEntry(): Entry | null {
  const { active, ids } = useLibraryView.getState().selection;
  const selected = selectedEntries();
  return selected.find((entry) => entry.id === active) ?? (ids.size === 1 ? (selected[0] ?? null) : null);
}

/** Enter: a move is played, a song opened, a film sonified. */
export function openEntry(entry: Entry): void {
  if (entry.move) toggleClip();
  else if (entry.item.kind === 'audio') openSongView(entry.id);
  else if (entry.item.kind === 'video') attempt(sonify(entry.item));
}

/** Out of the library, as one step that can be taken back; no file is touched. */
export function removeEntries(entries: readonly Entry[]): void {
  const [first] = entries;
  if (!first) return;
  const told = entries.length === 1 ? en.library.item.removed(first.name) : en.moves.batch.removed(entries.length);
  const itemIds = entries.map((entry) => entry.id);
  const moveIds = entries.filter((entry) => entry.move).map((entry) => entry.id);
  setSelection(noSelection);
  attempt(changeLibrary({ kind: 'present', itemIds, moveIds, isPresent: false }, { label: en.moves.batch.step.remove(entries.length), told }));
  // The focus stays in the grid, so that the keys go on.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.media-scroll [role=gridcell][tabindex="0"]')?.focus());
}

/** Moves become plain films again. */
export function unmakeMoves(entries: readonly Entry[]): void {
  const moveIds = entries.filter((entry) => entry.move).map((entry) => entry.id);
  attempt(changeLibrary({ kind: 'present', itemIds: [], moveIds, isPresent: false }, { label: en.moves.action.unmake }));
}

async function analyseSongs(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const { job_id } = await call('analyzeSong', { params: { id }, body: {} });
    if (job_id !== null) useJobs.getState().put(await call('getJob', { params: { id: job_id } }));
  }
}

/** Analyses what is selected, each kind in its way. */
export function analyseEntries(entries: readonly Entry[]): void {
  const moves = entries.filter((entry) => entry.move);
  if (moves.length > 0) attempt(analyseMoves(moves.map((entry) => entry.id)));
  attempt(analyseSongs(entries.filter((entry) => entry.item.kind === 'audio').map((entry) => entry.id)));
  for (const entry of entries) if (!entry.move && entry.item.kind === 'video') analyse(entry.id);
}
