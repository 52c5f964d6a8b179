/**
 * The song that is open: its document as the program has it, and the edits made here with their undo. Edits are sent in
 * the order they were made; what is shown is what the program answered.
 */
import { create } from 'zustand';

import { toAppError } from '../../../src-main/contract/errors.ts';
import type { AppError } from '../../../src-main/contract/errors.ts';
import { NO_EDITS } from '../../../src-main/contract/documents/song.ts';
import type { Song } from '../../../src-main/contract/documents/song.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { noHistory, recorded, redone, undone } from '../../model/edit-history.ts';
import type { EditHistory, EditStep } from '../../model/edit-history.ts';
import { beforeOf } from '../../model/song-edit.ts';
import type { EditChange } from '../../model/song-edit.ts';
import { announce } from '../../stores/announcements.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { useSongs } from '../../stores/song-store.ts';
import { wake } from '../../ui/animation.ts';

interface SongDocumentState {
  readonly songId: string | null;
  readonly song: Song | null;
  /** Why it could not be read, changed or analysed. */
  readonly error: AppError | null;
  readonly history: EditHistory<EditChange>;
}

const NONE = { songId: null, song: null, error: null, history: noHistory } as const;
/** Histories of songs that were open before: leaving a song forgets nothing. */
const histories = new Map<string, EditHistory<EditChange>>();

export const useSongDocument = create<SongDocumentState>()(() => NONE);

useSongDocument.subscribe(wake);

const isOpen = (id: string): boolean => useSongDocument.getState().songId === id;

function show(song: Song): void {
  if (isOpen(song.id)) useSongDocument.setState({ song, error: null });
}

function fail(id: string, error: unknown): void {
  if (isOpen(id)) useSongDocument.setState({ error: toAppError(error) });
}

function load(id: string): void {
  call('getSong', { params: { id } }).then(show, (error: unknown) => fail(id, error));
}

export function openSong(id: string): void {
  if (isOpen(id)) return;
  closeSong();
  useSongDocument.setState({ ...NONE, songId: id, history: histories.get(id) ?? noHistory });
  load(id);
}

export function closeSong(): void {
  const { songId, history } = useSongDocument.getState();
  if (songId !== null) histories.set(songId, history);
  useSongDocument.setState(NONE);
}

/** Edits on their way; the answer of the last one is shown, since those before it are part of it. */
let sending: Promise<void> = Promise.resolve();
let waiting = 0;

function send(id: string, change: EditChange): void {
  waiting += 1;
  const one = async (): Promise<void> => {
    try {
      const song = await call('changeSongEdits', { params: { id }, body: change });
      if (waiting === 1) show(song);
    } catch (error) {
      fail(id, error);
      load(id);
    } finally {
      waiting -= 1;
    }
  };
  sending = sending.then(one);
}

/** The edits with everything that is still on its way. */
function apply(song: Song, change: EditChange): void {
  useSongDocument.setState({ song: { ...song, edits: { ...song.edits, ...change } } });
  send(song.id, change);
}

interface EditOptions {
  readonly label: string;
  /** Edits of one group that follow quickly are one step of the undo. */
  readonly group?: string;
}

export function editSong(change: EditChange | null, { label, group }: EditOptions): void {
  const { song, history } = useSongDocument.getState();
  if (!song || change === null) return;
  const step: EditStep<EditChange> = { label, before: beforeOf(song.edits, change), after: change, group: group ?? null, atMs: performance.now() };
  useSongDocument.setState({ history: recorded(history, step) });
  apply(song, change);
}

/** An edit that is made from the beats or sections as they are: waits for the edits on their way. */
export function editSongBy(changeOf: (song: Song) => EditChange | null, options: EditOptions): void {
  const id = useSongDocument.getState().songId;
  void sending.then(() => {
    const { song } = useSongDocument.getState();
    if (song && song.id === id) editSong(changeOf(song), options);
  });
}

function take(moved: { readonly history: EditHistory<EditChange>; readonly step: EditStep<EditChange> } | null, change: 'before' | 'after'): void {
  const { song } = useSongDocument.getState();
  if (!song || !moved) return;
  useSongDocument.setState({ history: moved.history });
  announce((change === 'before' ? en.moves.batch.undone : en.moves.batch.redone)(moved.step.label));
  apply(song, moved.step[change]);
}

export const undoSong = (): void => take(undone(useSongDocument.getState().history), 'before');
export const redoSong = (): void => take(redone(useSongDocument.getState().history), 'after');
export const resetSong = (): void => editSong(NO_EDITS, { label: en.song.undo.reset });

export function analyseSong(isAgain: boolean): void {
  const { songId } = useSongDocument.getState();
  if (songId === null) return;
  const start = async (): Promise<void> => {
    const { job_id } = await call('analyzeSong', { params: { id: songId }, body: { again: isAgain } });
    if (job_id !== null) useJobs.getState().put(await call('getJob', { params: { id: job_id } }));
    load(songId);
  };
  start().catch((error: unknown) => fail(songId, error));
}

/** What others changed of the open song is read again; our own edits answer for themselves. */
useSongs.subscribe((state, before) => {
  const { songId } = useSongDocument.getState();
  if (songId !== null && state.songs.get(songId) !== before.songs.get(songId) && waiting === 0) load(songId);
});
