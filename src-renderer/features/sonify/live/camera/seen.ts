/** What the eye saw last in a frame the page gave it, and how long ago. */
import type { FeatureFrame } from '../../../../../src-main/contract/documents/feature-frame.ts';
import type { Overlay } from '../../../../../src-main/contract/overlay.ts';
import { wake } from '../../../../ui/animation.ts';
import type { Seen } from './frame-feed.ts';

/** After this the picture has moved on. */
const STALE_MS = 400;

const NEAR_S = 0.07;

let newest: (Seen & { readonly atMs: number }) | null = null;

export function keepSeen(seen: Seen): void {
  newest = { ...seen, atMs: performance.now() };
  wake();
}

export function forgetSeen(): void {
  newest = null;
  wake();
}

const isFresh = (): boolean => newest !== null && performance.now() - newest.atMs < STALE_MS;

export const seenFeatures = (): FeatureFrame | null => (isFresh() ? (newest?.features ?? null) : null);
export const seenOverlay = (): Overlay | null => (isFresh() ? (newest?.overlay ?? null) : null);

/** Whether the newest map is of the picture that is shown, or of one that is hardly older: edges beside their picture mislead. */
export function isSeenNear(pictureS: number | null): boolean {
  return newest !== null && pictureS !== null && Math.abs(newest.pictureS - pictureS) < NEAR_S;
}
