/**
 * The one mapping between seconds and CSS pixels of every lane: an immutable value, so that lanes, ruler, playhead and
 * the accessible twins agree. x = 0 is the left edge of the lanes.
 */
export class TimeTransform {
  readonly pxPerS: number;
  readonly originS: number;

  constructor(pxPerS: number, originS: number) {
    this.pxPerS = pxPerS;
    this.originS = originS;
  }

  /** The whole of `durationS` in `widthPx`; at least a millisecond is shown. */
  static fit(durationS: number, widthPx: number): TimeTransform {
    return new TimeTransform(Math.max(1, widthPx) / Math.max(0.001, durationS), 0);
  }

  toPx(timeS: number): number {
    return (timeS - this.originS) * this.pxPerS;
  }

  toS(px: number): number {
    return this.originS + px / this.pxPerS;
  }

  /** Zooms by `factor` (above 1 goes closer) so that the time under `px` stays under it. */
  zoomedAbout(px: number, factor: number, bounds: ZoomBounds): TimeTransform {
    const anchorS = this.toS(px);
    const pxPerS = Math.min(bounds.maxPxPerS, Math.max(minPxPerS(bounds), this.pxPerS * factor));
    return new TimeTransform(pxPerS, anchorS - px / pxPerS).clamped(bounds);
  }

  scrolledBy(px: number, bounds: ZoomBounds): TimeTransform {
    return new TimeTransform(this.pxPerS, this.originS + px / this.pxPerS).clamped(bounds);
  }

  /** Never shows time before 0 or past the end, unless the whole fits. */
  clamped(bounds: ZoomBounds): TimeTransform {
    const pxPerS = Math.min(bounds.maxPxPerS, Math.max(minPxPerS(bounds), this.pxPerS));
    const lastOriginS = Math.max(0, bounds.durationS - bounds.widthPx / pxPerS);
    const originS = Math.min(lastOriginS, Math.max(0, this.originS));
    return pxPerS === this.pxPerS && originS === this.originS ? this : new TimeTransform(pxPerS, originS);
  }

  /** Scrolls the least that brings `timeS` into view, with `marginPx` around it. */
  revealing(timeS: number, marginPx: number, bounds: ZoomBounds): TimeTransform {
    const px = this.toPx(timeS);
    if (px < marginPx) return this.scrolledBy(px - marginPx, bounds);
    if (px > bounds.widthPx - marginPx) return this.scrolledBy(px - bounds.widthPx + marginPx, bounds);
    return this;
  }

  visible(widthPx: number): { startS: number; endS: number } {
    return { startS: this.originS, endS: this.toS(widthPx) };
  }
}

export interface ZoomBounds {
  readonly durationS: number;
  readonly widthPx: number;
  /** Closest zoom, in CSS pixels per second. */
  readonly maxPxPerS: number;
}

function minPxPerS(bounds: ZoomBounds): number {
  return Math.min(bounds.maxPxPerS, Math.max(1, bounds.widthPx) / Math.max(0.001, bounds.durationS));
}
