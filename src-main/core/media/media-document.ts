/** A stored item as the document the API answers. Pure. */
import type { DerivedState, MediaItem, Probe } from '../../contract/documents/media-item.ts';
import { operations, stateOf } from './derived.ts';
import type { DerivedOperation, DerivedRecord, MediaKind, MediaRecord } from './ports.ts';
import { isPlayable } from './playable.ts';

/** Still pictures have demuxers of their own; a film with one frame is a film. */
export function kindOf(probe: Probe): MediaKind {
  if (probe.demuxer.endsWith('_pipe')) return 'image';
  return probe.video ? 'video' : 'audio';
}

export function mediaDocument(record: MediaRecord, derived: readonly DerivedRecord[], features: DerivedState, nowMs: number): MediaItem {
  const state = (operation: DerivedOperation): DerivedState =>
    stateOf(derived, operation, operations[operation].applies(record.kind, record.probe), nowMs);
  const proxy = state('proxy');
  return {
    id: record.id,
    kind: record.kind,
    name: record.name,
    size_bytes: record.sizeBytes,
    probe: record.probe,
    is_missing: record.isMissing,
    is_owned: record.isOwned,
    sha256: record.sha256,
    created_at: new Date(record.createdMs).toISOString(),
    removed_at: record.removedMs === null ? null : new Date(record.removedMs).toISOString(),
    poster: state('poster'),
    filmstrip: state('filmstrip'),
    peaks: state('peaks'),
    // A page plays the original; a proxy is of no use until one is asked for.
    proxy: proxy === 'none' && isPlayable(record.probe) ? 'not-applicable' : proxy,
    features: record.kind === 'video' ? features : 'not-applicable',
  };
}
