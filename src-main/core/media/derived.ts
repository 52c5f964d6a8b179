/**
 * What can be made from an item, with the parameters and version that key it. A new version makes what exists stale; it
 * is never mixed with the old.
 */
import { createHash } from 'node:crypto';

import type { DerivedState, Probe } from '../../contract/documents/media-item.ts';
import type { DerivedOperation, DerivedRecord, MediaKind } from './ports.ts';

export const FRAMES_PER_PEAK = 256;
export const PEAK_LEVEL_STEP = 4;
export const POSTER_HEIGHT_PX = 360;
export const TILE_HEIGHT_PX = 90;
export const TILE_COLUMNS = 10;
export const TILE_ROWS = 5;

interface Operation {
  readonly version: number;
  /** Sorted keys: this is part of the key. */
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly applies: (kind: MediaKind, probe: Probe) => boolean;
}

export const operations: Readonly<Record<DerivedOperation, Operation>> = {
  poster: { version: 1, parameters: { height_px: POSTER_HEIGHT_PX }, applies: (_, probe) => probe.video !== null },
  filmstrip: {
    version: 1,
    parameters: { columns: TILE_COLUMNS, height_px: TILE_HEIGHT_PX, rows: TILE_ROWS },
    applies: (kind) => kind === 'video',
  },
  peaks: { version: 1, parameters: { frames_per_peak: FRAMES_PER_PEAK }, applies: (kind, probe) => kind !== 'image' && probe.audio !== null },
  proxy: { version: 1, parameters: { height_px: 720 }, applies: (kind) => kind !== 'image' },
};

/** A maker writes at least this often that it is at work; one that does not was killed. */
const ABANDONED_MS = 60_000;

export function parametersOf(operation: DerivedOperation): string {
  return JSON.stringify(operations[operation].parameters);
}

/** Whether a record is what this program would make. */
export function isPresent(record: DerivedRecord): boolean {
  return record.version === operations[record.operation].version && record.parameters === parametersOf(record.operation);
}

/** Folder of a derived thing: one key, one folder. */
export function folderOf(identity: string, operation: DerivedOperation): string {
  const key = `${identity} ${operation} ${parametersOf(operation)} ${operations[operation].version}`;
  return `${operation}/${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;
}

export function stateOf(records: readonly DerivedRecord[], operation: DerivedOperation, applies: boolean, nowMs: number): DerivedState {
  if (!applies) return 'not-applicable';
  const mine = records.filter((record) => record.operation === operation);
  const present = mine.find(isPresent);
  if (present && (present.state !== 'making' || nowMs - present.updatedMs < ABANDONED_MS)) return present.state;
  return mine.some((record) => record.state === 'ready') ? 'stale' : 'none';
}
