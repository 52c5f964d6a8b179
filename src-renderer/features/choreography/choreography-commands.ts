/** What the keys do in the Choreograph workspace: playback and practice, selection, edits of clips, zoom. */
import { useMemo } from 'react';

import { neighbour } from '../../model/snapping.ts';
import { segmentAt } from '../../model/plan-edit.ts';
import { useCommands } from '../../stores/command-store.ts';
import type { CommandHandlers } from '../../stores/command-store.ts';
import { useSongDocument } from '../song/song-document.ts';
import { songPlayer, useSongPlayer } from '../song/song-player.ts';
import { useSongView, zoomAbout, zoomToFit } from '../song/song-view-store.ts';
import { loopStretch, planNow, select, selectedIndex, useDance } from './dance-store.ts';
import { focusAlternatives } from './inspector/clip-tab.tsx';
import { makePlan, removeSelected, rerollAll, rerollSection, rerollSelected, splitHere, toggleLock, unlockAll, usePlanning } from './plan-actions.ts';

const hasSound = (): boolean => useSongPlayer.getState().sound === 'ready';
const hasPlan = (): boolean => planNow() !== null;
const hasClip = (): boolean => selectedIndex() >= 0;
const isIdle = (): boolean => usePlanning.getState().stage === 'idle';
const isPlaying = (): boolean => useSongPlayer.getState().isPlaying;
const beats = (): readonly number[] => useSongDocument.getState().song?.analysis?.beats ?? [];

function goTo(times: readonly number[], direction: 1 | -1): void {
  const to = neighbour(times, songPlayer.positionS, direction);
  if (to !== null) songPlayer.seek(to);
}

const cuts = (): readonly number[] => [...(planNow()?.segments ?? []).map((segment) => segment.start_s), songPlayer.durationS];

/** The clip beside the selected one; the one under the playhead when none is selected. */
function selectBeside(by: 1 | -1): void {
  const segments = planNow()?.segments ?? [];
  const chosen = selectedIndex();
  const index = chosen < 0 ? segmentAt(segments, songPlayer.positionS) : Math.max(0, Math.min(segments.length - 1, chosen + by));
  select(index, { isPlaying: isPlaying() });
}

function mark(end: 'startS' | 'endS'): void {
  const atS = songPlayer.positionS;
  const known = useDance.getState().stretch ?? { startS: 0, endS: songPlayer.durationS };
  const next = { ...known, [end]: atS };
  const LEAST_S = 0.2;
  if (next.endS - next.startS >= LEAST_S) useDance.setState({ stretch: next });
  else if (end === 'startS') useDance.setState({ stretch: { startS: atS, endS: songPlayer.durationS } });
}

function zoomMiddle(factor: number): void {
  const { transform, widthPx } = useSongView.getState();
  const px = transform.toPx(songPlayer.positionS);
  zoomAbout(px >= 0 && px <= widthPx ? px : widthPx / 2, factor);
}

function openAlternatives(): void {
  useDance.setState({ tab: 'clip' });
  focusAlternatives();
}

const onClip = (run: () => void) => ({ run, isEnabled: hasClip });
const onPlan = (run: () => void) => ({ run, isEnabled: () => hasPlan() && isIdle() });
const onSound = (run: () => void) => ({ run, isEnabled: hasSound });

const handlers: CommandHandlers = {
  'play.toggle': onSound(() => songPlayer.toggle()),
  'play.pause': onSound(() => songPlayer.pause()),
  'play.start': onSound(() => songPlayer.seek(0)),
  'play.end': onSound(() => songPlayer.seek(songPlayer.durationS)),
  'play.beatBack': onSound(() => goTo(beats(), -1)),
  'play.beatForward': onSound(() => goTo(beats(), 1)),
  'play.cutBack': onSound(() => goTo(cuts(), -1)),
  'play.cutForward': onSound(() => goTo(cuts(), 1)),
  'range.in': onSound(() => mark('startS')),
  'range.out': onSound(() => mark('endS')),
  'range.clear': { run: () => useDance.setState({ stretch: null }), isEnabled: () => useDance.getState().stretch !== null },
  'zoom.fit': { run: zoomToFit },
  'zoom.in': { run: () => zoomMiddle(1.5) },
  'zoom.out': { run: () => zoomMiddle(1 / 1.5) },
  'clip.previous': { run: () => selectBeside(-1), isEnabled: hasPlan },
  'clip.next': { run: () => selectBeside(1), isEnabled: hasPlan },
  'clip.alternatives': onClip(openAlternatives),
  'clip.lock': onClip(() => toggleLock()),
  'clip.reroll': { run: rerollSelected, isEnabled: () => hasClip() && isIdle() && planNow()?.segments[selectedIndex()]?.is_locked === false },
  'clip.remove': onClip(removeSelected),
  'clip.split': { run: splitHere, isEnabled: hasPlan },
  'clip.deselect': onClip(() => useDance.setState({ selectedId: null })),
  'plan.make': { run: makePlan, isEnabled: isIdle },
  'plan.rerollAll': onPlan(rerollAll),
  'plan.rerollSection': onPlan(rerollSection),
  'plan.unlockAll': onPlan(unlockAll),
  'dance.half': { run: () => useDance.setState(({ rate }) => ({ rate: rate === 1 ? 0.5 : 1 })), isEnabled: hasSound },
  'dance.mirror': { run: () => useDance.setState(({ isMirrored }) => ({ isMirrored: !isMirrored })) },
  'dance.loop': { run: () => useDance.setState(({ isLooping }) => ({ isLooping: !isLooping })), isEnabled: () => useDance.getState().isLooping || loopStretch() !== null },
};

export function useChoreographyCommands(): void {
  useCommands(useMemo(() => handlers, []));
}
