/** Which overlays lie over the picture; remembered. */
import { create } from 'zustand';

import { remember, remembered } from '../../../stores/settings-store.ts';
import { wake } from '../../../ui/animation.ts';

export const OVERLAYS = ['flow', 'regions', 'edges', 'colours'] as const;
export type OverlayId = (typeof OVERLAYS)[number];

interface OverlayState {
  readonly on: readonly OverlayId[];
}

export const useOverlays = create<OverlayState>()(() => ({ on: ['flow', 'regions', 'colours'] }));
useOverlays.subscribe(wake);

export function toggleOverlay(id: OverlayId): void {
  const { on } = useOverlays.getState();
  const next = on.includes(id) ? on.filter((other) => other !== id) : [...on, id];
  useOverlays.setState({ on: next });
  remember('viewer.overlays', next);
}

export function restoreOverlays(): void {
  const kept = remembered('viewer.overlays');
  if (Array.isArray(kept)) useOverlays.setState({ on: OVERLAYS.filter((id) => kept.includes(id)) });
}
