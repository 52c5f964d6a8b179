/** What the desktop shell adds to the page (contract/shell-bridge.ts); absent behind the browser door. */
import type { KinetoneBridge } from '../../src-main/contract/shell-bridge.ts';

export function shellBridge(): KinetoneBridge | null {
  return (globalThis as { kinetone?: KinetoneBridge }).kinetone ?? null;
}
