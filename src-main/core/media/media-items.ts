/** Items as they are stored, turned into documents and announced when they change; shared by the parts of this step. */
import type { MediaItem } from '../../contract/documents/media-item.ts';
import { AppError } from '../../contract/errors.ts';
import type { Clock } from '../clock.ts';
import type { EventSink } from '../event-sink.ts';
import type { EnqueueRequest, Jobs } from '../jobs/job-handler.ts';
import type { FeatureStates } from '../vision/ports.ts';
import { mediaDocument } from './media-document.ts';
import { isPlayable } from './playable.ts';
import type { MediaKind, MediaRecord, MediaStore } from './ports.ts';

export type FollowUps = (event: 'media-imported' | 'media-unplayable', item: MediaItem) => EnqueueRequest[];

/** Up to this length a playable copy is made at import, before anybody asks. */
const EAGER_PROXY_S = 300;

export interface MediaItemsPorts {
  readonly store: MediaStore;
  /** What an item's features are; a function, because vision is made with this step. */
  readonly features: () => FeatureStates;
  readonly jobs: () => Pick<Jobs, 'enqueue'>;
  /** The table of what follows what. */
  readonly followUps: FollowUps;
  readonly events: EventSink;
  readonly clock: Clock;
}

export class MediaItems {
  readonly #ports: MediaItemsPorts;

  constructor(ports: MediaItemsPorts) {
    this.#ports = ports;
  }

  list(kind?: MediaKind): MediaItem[] {
    return this.#ports.store.list(kind).map((record) => this.document(record));
  }

  /** @throws AppError 'media-not-found' */
  record(id: string): MediaRecord {
    const record = this.#ports.store.get(id);
    if (!record) throw new AppError('media-not-found', `There is no media item ${id}.`, { hint: 'It may have been removed for good.' });
    return record;
  }

  document(record: MediaRecord): MediaItem {
    const features = this.#ports.features().stateOf(record.identity, record.probe);
    return mediaDocument(record, this.#ports.store.derived(record.identity), features, this.#ports.clock.nowMs());
  }

  save(record: MediaRecord): MediaItem {
    this.#ports.store.update(record);
    return this.announce(record);
  }

  announce(record: MediaRecord): MediaItem {
    const item = this.document(record);
    this.#ports.events.state({ type: 'media-changed', topic: 'media', item });
    return item;
  }

  setMissing(record: MediaRecord, isMissing: boolean): void {
    if (record.isMissing !== isMissing) this.save({ ...record, isMissing });
  }

  /** Queues what follows an import and is not there yet. */
  enqueueFollowUps(record: MediaRecord): void {
    const item = this.document(record);
    const wanted = this.#ports.followUps('media-imported', item).filter((request) => isWanted(item, request.kind));
    // A long film's copy is made when it is played: until then it would only hold up what somebody waits for.
    const needsProxy = item.proxy === 'none' && !isPlayable(record.probe) && record.probe.duration_s <= EAGER_PROXY_S;
    const proxy = needsProxy ? this.#ports.followUps('media-unplayable', item).map((request) => ({ ...request, priority: 1 })) : [];
    for (const request of [...wanted, ...proxy]) this.#ports.jobs().enqueue(request);
  }

  /** Asks for a copy a page can play. @returns the job; null for an item that cannot have one. */
  enqueueProxy(record: MediaRecord): string | null {
    const [request] = this.#ports.followUps('media-unplayable', this.document(record));
    return request ? this.#ports.jobs().enqueue(request).id : null;
  }
}

/** Whether a follow-up has anything left to do. */
function isWanted(item: MediaItem, kind: EnqueueRequest['kind']): boolean {
  const isDone: Partial<Record<EnqueueRequest['kind'], boolean>> = {
    'media-poster': item.poster === 'ready',
    'media-filmstrip': item.filmstrip === 'ready',
    'media-peaks': item.peaks === 'ready',
    'media-hash': item.sha256 !== null,
  };
  return isDone[kind] !== true;
}
