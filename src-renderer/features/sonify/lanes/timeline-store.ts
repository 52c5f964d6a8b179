/**
 * The view of the time axis: zoom, scroll, what the pointer is over, snapping, which lanes are folded. Painters read it
 * outside React; components take only what they show.
 */
import { create } from 'zustand';

import { TimeTransform } from '../../../model/time-transform.ts';
import type { ZoomBounds } from '../../../model/time-transform.ts';
import type { SnapTarget } from '../../../model/snapping.ts';
import { remember, remembered } from '../../../stores/settings-store.ts';
import { wake } from '../../../ui/animation.ts';

export const LANES = ['filmstrip', 'motion', 'edges', 'colour', 'cuts', 'film', 'result'] as const;
export type LaneId = (typeof LANES)[number];

interface TimelineState {
  readonly transform: TimeTransform;
  readonly widthPx: number;
  readonly durationS: number;
  /** Time under the pointer, null when it is elsewhere. */
  readonly hoverS: number | null;
  /** What a drag has snapped to. */
  readonly snapped: SnapTarget | null;
  readonly isSnapping: boolean;
  /** The range while it is dragged, before it becomes an edit. */
  readonly draggedRange: { readonly startS: number; readonly endS: number } | null;
  readonly folded: readonly LaneId[];
}

/** Closest zoom: a frame of 30 fps is about 130 px wide. */
const MAX_PX_PER_S = 4000;

export const useTimeline = create<TimelineState>()(() => ({
  transform: new TimeTransform(100, 0),
  widthPx: 0,
  durationS: 0,
  hoverS: null,
  snapped: null,
  isSnapping: true,
  draggedRange: null,
  folded: [],
}));

useTimeline.subscribe(wake);

export function zoomBounds(): ZoomBounds {
  const { durationS, widthPx } = useTimeline.getState();
  return { durationS, widthPx, maxPxPerS: MAX_PX_PER_S };
}

/** The lanes have another width: what was fitted stays fitted, else the left edge stays. */
export function setWidth(widthPx: number): void {
  const { transform, widthPx: before, durationS } = useTimeline.getState();
  if (widthPx === before || widthPx <= 0) return;
  const wasFitted = before === 0 || transform.pxPerS <= (before / Math.max(0.001, durationS)) * 1.001;
  useTimeline.setState({ widthPx });
  useTimeline.setState({
    transform: wasFitted ? TimeTransform.fit(durationS, widthPx) : transform.clamped(zoomBounds()),
  });
}

/** Another film: all of it is shown. */
export function setDuration(durationS: number): void {
  if (durationS === useTimeline.getState().durationS) return;
  useTimeline.setState({ durationS, transform: TimeTransform.fit(durationS, useTimeline.getState().widthPx) });
}

export function zoomAbout(px: number, factor: number): void {
  const { transform } = useTimeline.getState();
  useTimeline.setState({ transform: transform.zoomedAbout(px, factor, zoomBounds()) });
}

export function scrollBy(px: number): void {
  const { transform } = useTimeline.getState();
  useTimeline.setState({ transform: transform.scrolledBy(px, zoomBounds()) });
}

export function zoomToFit(): void {
  const { durationS, widthPx } = useTimeline.getState();
  useTimeline.setState({ transform: TimeTransform.fit(durationS, widthPx) });
}

export function zoomToRange(startS: number, endS: number): void {
  const { widthPx } = useTimeline.getState();
  const lengthS = Math.max(0.05, endS - startS) * 1.1;
  const pxPerS = widthPx / lengthS;
  useTimeline.setState({ transform: new TimeTransform(pxPerS, startS - lengthS * 0.045).clamped(zoomBounds()) });
}

/** Scrolls when the playhead leaves the view while playing. */
export function follow(timeS: number): void {
  const { transform, widthPx } = useTimeline.getState();
  const px = transform.toPx(timeS);
  if (px >= 0 && px <= widthPx - 24) return;
  const next = new TimeTransform(transform.pxPerS, timeS - (widthPx * 0.08) / transform.pxPerS).clamped(zoomBounds());
  if (next !== transform) useTimeline.setState({ transform: next });
}

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
