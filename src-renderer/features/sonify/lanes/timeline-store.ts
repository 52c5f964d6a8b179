/**
 * The view of the time axis: zoom, scroll, what the pointer is over, snapping, which lanes are folded. Painters read it
 * outside React; components take only what they show.
 */
import { create } from 'zustand';

import type { SnapTarget } from '../../../model/snapping.ts';
import { fitted, following, lasting, noView, resized, scrolledBy, zoomedAbout, zoomedTo } from '../../../model/time-view.ts';
import type { TimeView } from '../../../model/time-view.ts';
import { remember, remembered } from '../../../stores/settings-store.ts';
import { wake } from '../../../ui/animation.ts';

export const LANES = ['filmstrip', 'motion', 'edges', 'colour', 'cuts', 'film', 'result'] as const;
export type LaneId = (typeof LANES)[number];

interface TimelineState extends TimeView {
  /** Time under the pointer, null when it is elsewhere. */
  readonly hoverS: number | null;
  /** What a drag has snapped to. */
  readonly snapped: SnapTarget | null;
  readonly isSnapping: boolean;
  /** The range while it is dragged, before it becomes an edit. */
  readonly draggedRange: { readonly startS: number; readonly endS: number } | null;
  readonly folded: readonly LaneId[];
}

export const useTimeline = create<TimelineState>()(() => ({
  ...noView,
  hoverS: null,
  snapped: null,
  isSnapping: true,
  draggedRange: null,
  folded: [],
}));

useTimeline.subscribe(wake);

/** Puts in what the hand made of the view. */
function change(view: TimeView): void {
  if (view !== useTimeline.getState()) useTimeline.setState({ transform: view.transform, widthPx: view.widthPx, durationS: view.durationS });
}

export const setWidth = (widthPx: number): void => change(resized(useTimeline.getState(), widthPx));
export const setDuration = (durationS: number): void => change(lasting(useTimeline.getState(), durationS));
export const zoomAbout = (px: number, factor: number): void => change(zoomedAbout(useTimeline.getState(), px, factor));
export const scrollBy = (px: number): void => change(scrolledBy(useTimeline.getState(), px));
export const zoomToFit = (): void => change(fitted(useTimeline.getState()));
export const zoomToRange = (startS: number, endS: number): void => change(zoomedTo(useTimeline.getState(), startS, endS));
/** Scrolls when the playhead leaves the view while playing. */
export const follow = (timeS: number): void => change(following(useTimeline.getState(), timeS));

export function isFolded(lane: LaneId): boolean {
  return useTimeline.getState().folded.includes(lane);
}

export function toggleFold(lane: LaneId): void {
  const { folded } = useTimeline.getState();
  const next = folded.includes(lane) ? folded.filter((other) => other !== lane) : [...folded, lane];
  useTimeline.setState({ folded: next });
  remember('lanes.folded', next);
}

/** Brings back what was remembered of the lanes. */
export function restoreLanes(): void {
  const kept = remembered('lanes.folded');
  const folded = Array.isArray(kept) ? LANES.filter((lane) => kept.includes(lane)) : [];
  useTimeline.setState({ folded });
}
