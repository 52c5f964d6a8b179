/** The Choreograph workspace as it is looked at: selection, gestures under way, practice, the open tab. None of it is saved. */
import { create } from 'zustand';

import type { ChoreographyDocument } from '../../../src-main/contract/documents/project.ts';
import type { Plan, PlanSegment } from '../../../src-main/contract/documents/choreography.ts';
import { segmentAt } from '../../model/plan-edit.ts';
import type { Stretch } from '../../model/deck.ts';
import { announce } from '../../stores/announcements.ts';
import { useMedia } from '../../stores/media-store.ts';
import { edit, useProject } from '../../stores/project-store.ts';
import { wake } from '../../ui/animation.ts';
import { songPlayer } from '../song/song-player.ts';
import { useSongView } from '../song/song-view-store.ts';

export type InspectorTab = 'plan' | 'clip' | 'moves';

interface DanceState {
  readonly selectedId: string | null;
  readonly tab: InspectorTab;
  /** Segments as a gesture under way leaves them; null when none is. */
  readonly dragged: readonly PlanSegment[] | null;
  /** What the gesture says beside the pointer. */
  readonly readout: { readonly atS: number; readonly text: string; readonly isSnapped: boolean } | null;
  /** The clip something is held over. */
  readonly dropIndex: number | null;
  readonly hoverIndex: number | null;
  readonly isMirrored: boolean;
  /** The stretch that is marked; it is looped while `isLooping`. */
  readonly stretch: Stretch | null;
  readonly isLooping: boolean;
  readonly rate: 1 | 0.5;
  /** The exported film shown in place of the plan. */
  readonly resultId: string | null;
}

export const useDance = create<DanceState>()(() => ({
  selectedId: null,
  tab: 'plan',
  dragged: null,
  readout: null,
  dropIndex: null,
  hoverIndex: null,
  isMirrored: false,
  stretch: null,
  isLooping: false,
  rate: 1,
  resultId: null,
}));

useDance.subscribe(wake);
// The canvases draw the plan outside React: an edit from anywhere has to wake them.
useProject.subscribe(wake);
useMedia.subscribe(wake);

export const documentNow = (): ChoreographyDocument | null => useProject.getState().choreography;
export const planNow = (): Plan | null => documentNow()?.plan ?? null;
const NO_SEGMENTS: readonly PlanSegment[] = [];

/** The segments as they are seen: with the gesture that is under way. */
export const shownSegments = (): readonly PlanSegment[] => useDance.getState().dragged ?? planNow()?.segments ?? NO_SEGMENTS;

export function usePlan(): Plan | null {
  return useProject((state) => state.choreography?.plan ?? null);
}

export function selectedIndex(): number {
  const { selectedId } = useDance.getState();
  return planNow()?.segments.findIndex(({ id }) => id === selectedId) ?? -1;
}

/** The selected segment with its place; null without one. */
export function useSelected(): { readonly segment: PlanSegment; readonly index: number } | null {
  const plan = usePlan();
  const id = useDance((state) => state.selectedId);
  const index = plan?.segments.findIndex((segment) => segment.id === id) ?? -1;
  const segment = plan?.segments[index];
  return segment ? { segment, index } : null;
}

/** Selects a clip, brings it into view, and goes there unless the dance is playing. */
export function select(index: number, { isPlaying, opensTab = true }: { readonly isPlaying: boolean; readonly opensTab?: boolean }): void {
  const segment = planNow()?.segments[index];
  if (!segment) return;
  useDance.setState(({ tab }) => ({ selectedId: segment.id, tab: opensTab && tab === 'plan' ? 'clip' : tab }));
  announce(`${index + 1}. ${segment.name}`);
  if (!isPlaying && segmentAt(planNow()?.segments ?? [], songPlayer.positionS) !== index) songPlayer.seek(segment.start_s);
  const view = useSongView.getState();
  const bounds = { durationS: view.durationS, widthPx: view.widthPx, maxPxPerS: Number.POSITIVE_INFINITY };
  const px = view.transform.toPx(segment.start_s);
  if (px < 0 || px > view.widthPx - 40) useSongView.setState({ transform: view.transform.revealing(segment.start_s, view.widthPx * 0.2, bounds) });
}

/** The stretch a loop runs over: the marked one, else the selected clip's. */
export function loopStretch(): Stretch | null {
  const { stretch } = useDance.getState();
  if (stretch) return stretch;
  const segment = planNow()?.segments[selectedIndex()];
  return segment ? { startS: segment.start_s, endS: segment.end_s } : null;
}

export { edit };
