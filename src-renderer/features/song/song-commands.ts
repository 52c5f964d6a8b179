/** What the keys do in the song view: playback, clicks, edits of the beats, zoom, undo. */
import { useMemo } from 'react';

import { BEATS_PER_BAR } from '../../../src-main/contract/documents/song-analysis.ts';
import type { SongSection } from '../../../src-main/contract/documents/song-analysis.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { neighbour } from '../../model/snapping.ts';
import { barShifted, foundGrid, isEdited, locked, nudged, scaled, split } from '../../model/song-edit.ts';
import type { EditChange } from '../../model/song-edit.ts';
import { useCommands } from '../../stores/command-store.ts';
import type { CommandHandlers } from '../../stores/command-store.ts';
import { analyseSong, editSong, editSongBy, redoSong, resetSong, undoSong, useSongDocument } from './song-document.ts';
import { songPlayer, useSongPlayer } from './song-player.ts';
import { useSongView, zoomAbout, zoomToFit } from './song-view-store.ts';
import { tap } from './tap-store.ts';

const undo = en.song.undo;
const song = () => useSongDocument.getState().song;
const hasBeats = (): boolean => (song()?.analysis?.beats.length ?? 0) > 0;
const hasSound = (): boolean => useSongPlayer.getState().sound === 'ready';

export function nudge(byS: number): void {
  const open = song();
  if (open) editSong(nudged(open.edits, byS), { label: undo.nudge, group: 'nudge' });
}

export function scale(by: 0.5 | 2): void {
  const open = song();
  if (open) editSong(scaled(open.edits, by), { label: undo.tempo });
}

export function shiftBar(by: 1 | -1): void {
  const open = song();
  if (open?.analysis) editSong(barShifted(open.edits, by, BEATS_PER_BAR[open.analysis.time_signature ?? '4/4']), { label: undo.bar, group: 'bar' });
}

/** Locks the beats as they are, or goes back to those that were found. */
export function toggleLock(): void {
  editSongBy(({ edits, analysis }) => (edits.grid !== null ? foundGrid() : analysis && locked(analysis)), { label: undo.lock });
}

function splitHere(): void {
  const atS = songPlayer.positionS;
  const change = (sections: readonly SongSection[]): EditChange | null => {
    const next = split(sections, atS);
    return next.length > sections.length ? { sections: next } : null;
  };
  editSongBy(({ analysis }) => analysis && change(analysis.sections), { label: undo.split });
}

function goToBeat(direction: 1 | -1): void {
  const to = neighbour(song()?.analysis?.beats ?? [], songPlayer.positionS, direction);
  if (to !== null) songPlayer.seek(to);
}

function zoomMiddle(factor: number): void {
  const { transform, widthPx } = useSongView.getState();
  const px = transform.toPx(songPlayer.positionS);
  zoomAbout(px >= 0 && px <= widthPx ? px : widthPx / 2, factor);
}

const onBeats = (run: () => void) => ({ run, isEnabled: hasBeats });

const handlers: CommandHandlers = {
  'play.toggle': { run: () => songPlayer.toggle(), isEnabled: hasSound },
  'play.panic': { run: () => songPlayer.panic() },
  'play.start': { run: () => songPlayer.seek(0), isEnabled: hasSound },
  'play.end': { run: () => songPlayer.seek(songPlayer.durationS), isEnabled: hasSound },
  'play.beatBack': onBeats(() => goToBeat(-1)),
  'play.beatForward': onBeats(() => goToBeat(1)),
  'tempo.tap': { run: tap, isEnabled: () => hasSound() && song()?.analysis != null },
  'edit.undo': { run: undoSong, isEnabled: () => useSongDocument.getState().history.past.length > 0 },
  'edit.redo': { run: redoSong, isEnabled: () => useSongDocument.getState().history.future.length > 0 },
  'zoom.fit': { run: zoomToFit },
  'zoom.in': { run: () => zoomMiddle(1.5) },
  'zoom.out': { run: () => zoomMiddle(1 / 1.5) },
  'song.click': { run: () => songPlayer.setClick(!useSongPlayer.getState().hasClick) },
  'song.nudgeEarlier': onBeats(() => nudge(-0.005)),
  'song.nudgeLater': onBeats(() => nudge(0.005)),
  'song.nudgeEarlierFine': onBeats(() => nudge(-0.001)),
  'song.nudgeLaterFine': onBeats(() => nudge(0.001)),
  'song.halve': onBeats(() => scale(0.5)),
  'song.double': onBeats(() => scale(2)),
  'song.barEarlier': onBeats(() => shiftBar(-1)),
  'song.barLater': onBeats(() => shiftBar(1)),
  'song.lock': onBeats(toggleLock),
  'song.split': { run: splitHere, isEnabled: () => (song()?.analysis?.sections.length ?? 0) > 0 },
  'song.reset': { run: resetSong, isEnabled: () => isEdited(song()?.edits ?? ({} as never)) },
};

export function useSongCommands(songId: string): void {
  const all = useMemo<CommandHandlers>(
    () => ({
      ...handlers,
      'song.analyse': {
        run: () => analyseSong(song()?.analysis != null),
        isEnabled: () => song()?.id === songId && song()?.state !== 'making',
      },
    }),
    [songId],
  );
  useCommands(all);
}
