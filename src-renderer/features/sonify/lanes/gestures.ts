/**
 * The hand on the time axis: zoom about the pointer, scroll, scrub, and dragging a range on the ruler with snapping to
 * cuts, markers, beats and the playhead; Alt lets go of snapping.
 */
import { useEffect } from 'react';
import type { RefObject } from 'react';

import { snap, sortedTargets } from '../../../model/snapping.ts';
import type { SnapTarget } from '../../../model/snapping.ts';
import { setRange } from '../../../model/project-edit.ts';
import { edit, useProject } from '../../../stores/project-store.ts';
import { player } from '../player/player.ts';
import type { FilmData } from './film-data.ts';
import { scrollBy, useTimeline, zoomAbout } from './timeline-store.ts';

const SNAP_PX = 7;
const DRAG_PX = 4;
const EDGE_PX = 5;

/** Beats of a tempo near a time; the rest of the film's beats never matter to a drag. */
function beatsNear(bpm: number, timeS: number): SnapTarget[] {
  const beatS = 60 / bpm;
  const nearest = Math.round(timeS / beatS);
  return [-1, 0, 1].map((by) => ({ atS: Math.max(0, (nearest + by) * beatS), kind: 'beat' as const }));
}

/** The time a drag means: the nearest target, or just where the pointer is. Shows what it snapped to. */
export function snappedTime(timeS: number, data: FilmData | null, isReleased: boolean, withPlayhead: boolean): number {
  const { transform, isSnapping, durationS } = useTimeline.getState();
  const inside = Math.min(Math.max(0, timeS), durationS);
  if (!isSnapping || isReleased) {
    useTimeline.setState({ snapped: null });
    return inside;
  }
  const document = useProject.getState().document;
  const targets: SnapTarget[] = [
    { atS: 0, kind: 'edge' },
    { atS: durationS, kind: 'edge' },
    ...(data?.cuts ?? []).map((atS) => ({ atS, kind: 'cut' as const })),
    ...(document?.markers ?? []).map((marker) => ({ atS: marker.at_s, kind: 'marker' as const })),
    ...(withPlayhead ? [{ atS: player.positionS, kind: 'playhead' as const }] : []),
    ...(document && (document.mapping.tempo.bpm / 60) * SNAP_PX * 3 < transform.pxPerS
      ? beatsNear(document.mapping.tempo.bpm, inside)
      : []),
  ];
  const target = snap(sortedTargets(targets), inside, SNAP_PX / transform.pxPerS);
  useTimeline.setState({ snapped: target });
  return target?.atS ?? inside;
}

/** Wheel and pinch on the lanes: Ctrl zooms about the pointer, Shift and sideways scroll; the rest scrolls the panel. */
export function useTimelineWheel(area: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      const x = event.clientX - element.getBoundingClientRect().left;
      if (event.ctrlKey || event.metaKey)
        zoomAbout(x, Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.06 : 0.0022)));
      else if (event.shiftKey) scrollBy(event.deltaY === 0 ? event.deltaX : event.deltaY);
      else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) scrollBy(event.deltaX);
      else return;
      event.preventDefault();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [area]);
}

/** Follows a pointer until it is let go. */
function track(
  event: React.PointerEvent<HTMLElement>,
  onMove: (moved: PointerEvent) => void,
  onEnd: (ended: PointerEvent) => void,
): void {
  const target = event.currentTarget;
  target.setPointerCapture(event.pointerId);
  const end = (ended: PointerEvent): void => {
    target.removeEventListener('pointermove', onMove);
    target.removeEventListener('pointerup', end);
    target.removeEventListener('pointercancel', end);
    useTimeline.setState({ snapped: null });
    onEnd(ended);
  };
  target.addEventListener('pointermove', onMove);
  target.addEventListener('pointerup', end);
  target.addEventListener('pointercancel', end);
}

const timeOf = (event: { clientX: number }, element: HTMLElement): number =>
  useTimeline.getState().transform.toS(event.clientX - element.getBoundingClientRect().left);

/** Scrubbing: the playhead goes where the pointer is. */
export function scrub(event: React.PointerEvent<HTMLElement>, data: FilmData | null): void {
  if (event.button !== 0) return;
  const element = event.currentTarget;
  const go = (moved: { clientX: number; altKey: boolean }): void =>
    player.seek(snappedTime(timeOf(moved, element), data, moved.altKey, false));
  go(event);
  track(event, go, () => undefined);
}

/** The end of the range under the pointer, or null. */
export function rangeEdgeAt(x: number): 'start' | 'end' | null {
  const range = useProject.getState().document?.range;
  if (!range) return null;
  const { transform } = useTimeline.getState();
  if (Math.abs(transform.toPx(range.end_s) - x) <= EDGE_PX) return 'end';
  return Math.abs(transform.toPx(range.start_s) - x) <= EDGE_PX ? 'start' : null;
}

/** On the ruler: a click goes there, a drag selects a range, an end of the range is dragged. Escape gives it up. */
export function dragRuler(event: React.PointerEvent<HTMLElement>, data: FilmData | null): void {
  if (event.button !== 0) return;
  const element = event.currentTarget;
  const startX = event.clientX;
  const range = useProject.getState().document?.range ?? null;
  const edge = rangeEdgeAt(startX - element.getBoundingClientRect().left);
  const anchorS =
    edge && range
      ? edge === 'start'
        ? range.end_s
        : range.start_s
      : snappedTime(timeOf(event, element), data, event.altKey, true);
  let isDragging = edge !== null;
  let isGivenUp = false;
  const giveUp = (pressed: KeyboardEvent): void => {
    if (pressed.key !== 'Escape') return;
    pressed.preventDefault();
    pressed.stopPropagation();
    isGivenUp = true;
    useTimeline.setState({ draggedRange: null, snapped: null });
  };
  document.addEventListener('keydown', giveUp, true);
  const move = (moved: PointerEvent): void => {
    if (isGivenUp) return;
    isDragging ||= Math.abs(moved.clientX - startX) > DRAG_PX;
    if (!isDragging) return;
    const otherS = snappedTime(timeOf(moved, element), data, moved.altKey, true);
    useTimeline.setState({ draggedRange: { startS: Math.min(anchorS, otherS), endS: Math.max(anchorS, otherS) } });
  };
  track(event, move, () => {
    document.removeEventListener('keydown', giveUp, true);
    const dragged = useTimeline.getState().draggedRange;
    useTimeline.setState({ draggedRange: null });
    if (isGivenUp) return;
    if (dragged) edit(setRange(dragged.startS, dragged.endS, useTimeline.getState().durationS));
    else player.seek(anchorS);
  });
}
