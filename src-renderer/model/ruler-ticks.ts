/** The ticks of a ruler of time: where each stands, and what those with room say. */
import { clock } from './timecode.ts';
import type { TimeTransform } from './time-transform.ts';

/** Steps of a ruler in seconds: what a person reads without arithmetic. */
const STEPS_S = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000,
];

/**
 * The step of the ruler's labels and of its small ticks.
 * @param minLabelPx  least distance between two labels in CSS pixels
 */
export function rulerSteps(pxPerS: number, minLabelPx: number): { labelS: number; tickS: number } {
  const labelS = STEPS_S.find((step) => step * pxPerS >= minLabelPx) ?? 86_400;
  const tickS =
    STEPS_S.find((step) => step * pxPerS >= 6 && Number.isInteger(Math.round((labelS / step) * 1e6) / 1e6)) ?? labelS;
  return { labelS, tickS };
}

export interface RulerTick {
  /** Whole CSS pixels. */
  readonly px: number;
  readonly isMain: boolean;
  /** The time, where all of it fits beside a main tick; null elsewhere. */
  readonly label: string | null;
}

/** Least distance between two labels. */
const LABEL_EVERY_PX = 84;
/** From a tick to its label. */
export const LABEL_GAP_PX = 4;
/** The figures of a ruler are all of one width. */
export const RULER_FONT_PX = 10.5;
const FIGURE_PX = 0.6 * RULER_FONT_PX;

/** Ticks in view, from left to right; none after the end. */
export function rulerTicks(transform: TimeTransform, { widthPx, durationS }: { readonly widthPx: number; readonly durationS: number }): RulerTick[] {
  const { startS, endS } = transform.visible(widthPx);
  const { labelS, tickS } = rulerSteps(transform.pxPerS, LABEL_EVERY_PX);
  const decimals = labelS >= 1 ? 0 : labelS >= 0.1 ? 1 : 2;
  const perLabel = Math.round(labelS / tickS);
  // A label reaches into the view from a tick left of it.
  const first = Math.max(0, Math.floor((startS - LABEL_EVERY_PX / transform.pxPerS) / tickS));
  const last = Math.floor(Math.min(endS, durationS) / tickS + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const px = Math.round(transform.toPx((first + i) * tickS));
    const isMain = (first + i) % perLabel === 0;
    const label = isMain ? clock((first + i) * tickS, decimals) : '';
    const isWhole = px + LABEL_GAP_PX + label.length * FIGURE_PX <= widthPx;
    return { px, isMain, label: isMain && isWhole ? label : null };
  });
}
