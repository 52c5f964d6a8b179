/** The view of a time axis (zoom, scroll, width) and what the hand does to it; a store holds one and puts the answers in. */
import { TimeTransform } from './time-transform.ts';
import type { ZoomBounds } from './time-transform.ts';

export interface TimeView {
  readonly transform: TimeTransform;
  readonly widthPx: number;
  readonly durationS: number;
}

/** Closest zoom: a frame of 30 fps is about 130 px wide. */
const MAX_PX_PER_S = 4000;

export const noView: TimeView = { transform: new TimeTransform(100, 0), widthPx: 0, durationS: 0 };

export function boundsOf({ durationS, widthPx }: TimeView): ZoomBounds {
  return { durationS, widthPx, maxPxPerS: MAX_PX_PER_S };
}

export function isFitted({ transform, widthPx, durationS }: TimeView): boolean {
  return transform.pxPerS <= (widthPx / Math.max(0.001, durationS)) * 1.001;
}

/** Another width: what was fitted stays fitted, else the left edge stays. */
export function resized(view: TimeView, widthPx: number): TimeView {
  if (widthPx === view.widthPx || widthPx <= 0) return view;
  const next = { ...view, widthPx };
  const wasFitted = view.widthPx === 0 || isFitted(view);
  return { ...next, transform: wasFitted ? TimeTransform.fit(view.durationS, widthPx) : view.transform.clamped(boundsOf(next)) };
}

/** Another length: all of it is shown. */
export function lasting(view: TimeView, durationS: number): TimeView {
  if (durationS === view.durationS) return view;
  return { ...view, durationS, transform: TimeTransform.fit(durationS, view.widthPx) };
}

const withTransform = (view: TimeView, transform: TimeTransform): TimeView => (transform === view.transform ? view : { ...view, transform });

export function zoomedAbout(view: TimeView, px: number, factor: number): TimeView {
  return withTransform(view, view.transform.zoomedAbout(px, factor, boundsOf(view)));
}

export function scrolledBy(view: TimeView, px: number): TimeView {
  return withTransform(view, view.transform.scrolledBy(px, boundsOf(view)));
}

export function fitted(view: TimeView): TimeView {
  return { ...view, transform: TimeTransform.fit(view.durationS, view.widthPx) };
}

export function zoomedTo(view: TimeView, startS: number, endS: number): TimeView {
  const lengthS = Math.max(0.05, endS - startS) * 1.1;
  return { ...view, transform: new TimeTransform(view.widthPx / lengthS, startS - lengthS * 0.045).clamped(boundsOf(view)) };
}

/** Scrolls when the playhead leaves the view while playing. */
export function following(view: TimeView, timeS: number): TimeView {
  const { transform, widthPx } = view;
  const px = transform.toPx(timeS);
  if (px >= 0 && px <= widthPx - 24) return view;
  return withTransform(view, new TimeTransform(transform.pxPerS, timeS - (widthPx * 0.08) / transform.pxPerS).clamped(boundsOf(view)));
}
