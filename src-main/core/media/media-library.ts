/**
 * The library: import by path and by upload, look, remove and restore, find moved files again. An item is the grant for its
 * file: everything later goes by its id. Originals are never written to.
 */
import type { MediaItem, Probe } from '../../contract/documents/media-item.ts';
import { AppError, isAbort, toAppError } from '../../contract/errors.ts';
import type { ImportResult } from '../../contract/operations/media.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { Clock, NewId } from '../clock.ts';
import type { EventSink } from '../event-sink.ts';
import type { EnqueueRequest, Jobs } from '../jobs/job-handler.ts';
import type { Log } from '../log.ts';
import type { AnalysisMedia, FeatureStates, VideoSource } from '../vision/ports.ts';
import { fullIdentity, isUnchanged, provisionalIdentity } from './identity.ts';
import { kindOf, mediaDocument } from './media-document.ts';
import { isPlayable } from './playable.ts';
import type { FileFacts, FoundFile, HashMaker, MediaFiles, MediaKind, MediaRecord, MediaStore, MediaTools, ReceivedFile } from './ports.ts';

export type FollowUps = (event: 'media-imported' | 'media-unplayable', item: MediaItem) => EnqueueRequest[];

export interface MediaLibraryPorts {
  readonly store: MediaStore;
  readonly files: MediaFiles;
  readonly tools: Pick<MediaTools, 'probe'>;
  readonly hashes: HashMaker;
  /** What an item's features are; a function, because vision is made with this library. */
  readonly features: () => FeatureStates;
  readonly jobs: () => Pick<Jobs, 'enqueue'>;
  /** The table of what follows what. */
  readonly followUps: FollowUps;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

type Imported = ImportResult['items'][number];
type Rejected = ImportResult['rejected'][number];

/** Files probed at once. */
const PARALLEL = 3;

export class MediaLibrary implements AnalysisMedia {
  readonly #ports: MediaLibraryPorts;

  constructor(ports: MediaLibraryPorts) {
    this.#ports = ports;
  }

  list(kind?: MediaKind): MediaItem[] {
    return this.#ports.store.list(kind).map((record) => this.#document(record));
  }

  /** @throws AppError 'media-not-found' */
  get(id: string): MediaItem {
    return this.#document(this.record(id));
  }

  /** The stored item with its path, for the steps that work on it. @throws AppError 'media-not-found' */
  record(id: string): MediaRecord {
    const record = this.#ports.store.get(id);
    if (!record) throw new AppError('media-not-found', `There is no media item ${id}.`, { hint: 'It may have been removed for good.' });
    return record;
  }

  /** Absolute path of the file. @throws AppError 'media-not-found', 'media-missing' */
  pathOf(id: string): string {
    return this.source(id).path;
  }

  source(mediaId: string): VideoSource {
    const record = this.record(mediaId);
    if (this.#ports.files.look(record.path) === null) {
      this.#setMissing(record, true);
      throw mediaError('missing', record.name);
    }
    return { mediaId, identity: record.identity, name: record.name, path: record.path, probe: record.probe };
  }

  identityOf(mediaId: string): { identity: string; name: string; probe: Probe } {
    return this.record(mediaId);
  }

  /** Announces an item as it is now. */
  changed(mediaId: string): void {
    const record = this.#ports.store.get(mediaId);
    if (record) this.#announce(record);
  }

  /**
   * Imports files in place, in the order of the paths; a folder gives what it holds, without a word about what is no media.
   * @throws AbortError; what cannot be used is in `rejected`.
   */
  async importPaths(paths: readonly string[], signal?: AbortSignal): Promise<ImportResult> {
    const found: FoundFile[] = [];
    for (const path of paths) for await (const file of this.#ports.files.find(path)) found.push(file);
    const outcomes = new Array<Imported | Rejected | null>(found.length).fill(null);
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < found.length) {
        signal?.throwIfAborted();
        const at = next;
        next += 1;
        outcomes[at] = await this.#importFound(found[at] as FoundFile, signal);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    return resultOf(outcomes);
  }

  /** Imports one file by its bytes. @throws AppError 'disk-full', 'data-folder-read-only'; AbortError */
  async importUpload(bytes: ReadableStream<Uint8Array>, name: string, signal?: AbortSignal): Promise<ImportResult> {
    const received = await this.#ports.files.receive(bytes, name, signal);
    try {
      const twin = await this.#twinOf(received, received.sha256, signal);
      const outcome = twin ? await this.#importTwin(twin, null) : await this.#adoptUpload(received, signal);
      return { items: [outcome], rejected: [] };
    } catch (error) {
      if (isAbort(error) || !isRefusal(error)) throw error;
      return { items: [], rejected: [{ name, error: toAppError(error).toBody() }] };
    } finally {
      await this.#ports.files.discard(received.path);
    }
  }

  /** Takes an item out of the library; its file and what was made from it stay. */
  remove(id: string): MediaItem {
    const record = this.record(id);
    return this.#save(record.removedMs === null ? { ...record, removedMs: this.#ports.clock.nowMs() } : record);
  }

  restore(id: string): MediaItem {
    return this.#save({ ...this.record(id), removedMs: null });
  }

  /**
   * Points an item to where its file is now.
   * @throws AppError 'input-invalid' when that file holds other bytes.
   */
  async relink(id: string, path: string, signal?: AbortSignal): Promise<MediaItem> {
    const record = this.record(id);
    for await (const found of this.#ports.files.find(path)) {
      if ('error' in found) throw found.error;
      const facts = await this.#ports.files.facts(found.path);
      if (await this.#holdsSameBytes(record, facts, null, signal)) return this.#save({ ...record, path: facts.path, modifiedMs: facts.modifiedMs, isMissing: false });
      if (!found.isFromFolder) {
        throw new AppError('input-invalid', `${facts.name} is another file than ${record.name} was.`, { hint: 'Choose the same file, or import the other one.' });
      }
    }
    throw mediaError('notFound', record.name);
  }

  /** Looks whether the files of all items are where they were; says what changed. */
  async refresh(signal?: AbortSignal): Promise<void> {
    for (const record of this.#ports.store.list()) {
      if (signal?.aborted) return;
      const now = await this.#ports.files.lookLater(record.path);
      if (now === null || !isUnchanged(record, now)) await this.#refreshOne(record, signal);
      else this.#setMissing(record, false);
    }
  }

  /** The full hash of an item is known: it and what was made from it go by it from now on. @returns folders to remove. */
  identify(id: string, sha256: string): string[] {
    const record = this.record(id);
    const identity = fullIdentity(sha256);
    const spare = record.identity === identity ? [] : this.#ports.store.adopt(record.identity, identity);
    this.#save({ ...record, sha256, identity });
    return spare;
  }

  /** Asks for a copy a page can play. @returns the job. */
  requestProxy(id: string): string {
    const item = this.get(id);
    const [request] = this.#ports.followUps('media-unplayable', item);
    if (!request) throw mediaError('noVideo', item.name, 'it needs no playable copy');
    return this.#ports.jobs().enqueue(request).id;
  }

  async #importFound(found: FoundFile, signal?: AbortSignal): Promise<Imported | Rejected | null> {
    if ('error' in found) return { name: found.name, error: toAppError(found.error).toBody() };
    try {
      return await this.#importFile(found.path, signal);
    } catch (error) {
      if (isAbort(error) || !isRefusal(error)) throw error;
      const refused = toAppError(error);
      return found.isFromFolder && refused.code === 'media-unsupported' ? null : { name: found.name, error: refused.toBody() };
    }
  }

  async #importFile(path: string, signal?: AbortSignal): Promise<Imported> {
    const facts = await this.#ports.files.facts(path);
    const [known] = this.#ports.store.byPath(facts.path);
    if (known) {
      const record = isUnchanged(known, facts) ? known : await this.#reread(known, facts, signal);
      return this.#importTwin(record, facts);
    }
    const twin = await this.#twinOf(facts, null, signal);
    if (twin) return this.#importTwin(twin, facts);
    const probe = await this.#ports.tools.probe(facts.path, facts.name, signal);
    return this.#insert({ ...facts, probe, isOwned: false, sha256: null, id: this.#ports.newId() });
  }

  async #adoptUpload(received: ReceivedFile, signal?: AbortSignal): Promise<Imported> {
    const probe = await this.#ports.tools.probe(received.path, received.name, signal);
    const id = this.#ports.newId();
    const path = await this.#ports.files.keep(received, id);
    return this.#insert({ ...received, path, probe, isOwned: true, id });
  }

  #insert(made: FileFacts & Pick<MediaRecord, 'id' | 'probe' | 'isOwned' | 'sha256'>): Imported {
    const record: MediaRecord = {
      ...made,
      kind: kindOf(made.probe),
      identity: made.sha256 === null ? provisionalIdentity(made) : fullIdentity(made.sha256),
      isMissing: false,
      createdMs: this.#ports.clock.nowMs(),
      removedMs: null,
    };
    const stored = this.#ports.store.insert(record);
    if (stored.id !== record.id) return { item: this.#document(stored), is_new: false };
    this.#enqueueFollowUps(stored);
    return { item: this.#announce(stored), is_new: true };
  }

  /** An item that is there already: brought back when it was removed, pointed to the new place when its file is gone. */
  async #importTwin(twin: MediaRecord, facts: FileFacts | null): Promise<Imported> {
    const isGone = this.#ports.files.look(twin.path) === null;
    const place = isGone && facts && !twin.isOwned ? { path: facts.path, modifiedMs: facts.modifiedMs, isMissing: false } : {};
    const isNew = twin.removedMs !== null;
    const item = this.#save({ ...twin, ...place, removedMs: null });
    this.#enqueueFollowUps(this.record(twin.id));
    return { item, is_new: isNew };
  }

  /** An item with the same bytes, asked of the whole file where size and both ends agree. */
  async #twinOf(facts: FileFacts, sha256: string | null, signal?: AbortSignal): Promise<MediaRecord | null> {
    for (const candidate of this.#ports.store.byEnds(facts.sizeBytes, facts.ends)) {
      if (await this.#holdsSameBytes(candidate, facts, sha256, signal)) return candidate;
    }
    return null;
  }

  async #holdsSameBytes(record: MediaRecord, facts: FileFacts, sha256: string | null, signal?: AbortSignal): Promise<boolean> {
    if (record.sizeBytes !== facts.sizeBytes || record.ends !== facts.ends) return false;
    if (sha256 === null && isUnchanged(record, facts)) return true;
    const options = signal ? { signal } : {};
    const isThere = this.#ports.files.look(record.path) !== null;
    // Its file is gone and was never read whole: both ends are all there is to compare.
    if (record.sha256 === null && !isThere) return true;
    const theirs = record.sha256 ?? (await this.#ports.hashes.sha256(record.path, options));
    return theirs === (sha256 ?? (await this.#ports.hashes.sha256(facts.path, options)));
  }

  /** The bytes under an item's path are not the ones that were there: it is what they are now. */
  async #reread(record: MediaRecord, facts: FileFacts, signal?: AbortSignal): Promise<MediaRecord> {
    if (record.ends === facts.ends && record.sizeBytes === facts.sizeBytes && record.sha256 !== null) {
      const options = signal ? { signal } : {};
      if ((await this.#ports.hashes.sha256(facts.path, options)) === record.sha256) return { ...record, modifiedMs: facts.modifiedMs, isMissing: false };
    }
    const probe = await this.#ports.tools.probe(facts.path, facts.name, signal);
    return { ...record, ...facts, probe, kind: kindOf(probe), identity: provisionalIdentity(facts), sha256: null, isMissing: false };
  }

  async #refreshOne(record: MediaRecord, signal?: AbortSignal): Promise<void> {
    try {
      const facts = await this.#ports.files.facts(record.path);
      const reread = await this.#reread(record, facts, signal);
      this.#save(reread);
      if (reread.identity !== record.identity) this.#enqueueFollowUps(reread);
    } catch (error) {
      if (isAbort(error)) return;
      this.#ports.log.info({ mediaId: record.id, code: toAppError(error).code }, 'a media file is not usable any more');
      this.#setMissing(record, true);
    }
  }

  #setMissing(record: MediaRecord, isMissing: boolean): void {
    if (record.isMissing !== isMissing) this.#save({ ...record, isMissing });
  }

  #enqueueFollowUps(record: MediaRecord): void {
    const item = this.#document(record);
    const wanted = this.#ports.followUps('media-imported', item).filter((request) => isWanted(item, request.kind));
    const proxy = record.kind !== 'image' && !isPlayable(record.probe) && item.proxy !== 'ready' ? this.#ports.followUps('media-unplayable', item) : [];
    for (const request of [...wanted, ...proxy]) this.#ports.jobs().enqueue(request);
  }

  #save(record: MediaRecord): MediaItem {
    this.#ports.store.update(record);
    return this.#announce(record);
  }

  #announce(record: MediaRecord): MediaItem {
    const item = this.#document(record);
    this.#ports.events.state({ type: 'media-changed', topic: 'media', item });
    return item;
  }

  #document(record: MediaRecord): MediaItem {
    const features = this.#ports.features().stateOf(record.identity, record.probe);
    return mediaDocument(record, this.#ports.store.derived(record.identity), features, this.#ports.clock.nowMs());
  }
}

/** What a person can do something about by choosing another file; everything else ends the import. */
function isRefusal(error: unknown): boolean {
  return error instanceof AppError && (error.code.startsWith('media-') || error.code === 'path-not-granted' || error.code === 'input-invalid');
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

function resultOf(outcomes: readonly (Imported | Rejected | null)[]): ImportResult {
  const items = new Map<string, Imported>();
  const rejected: Rejected[] = [];
  for (const outcome of outcomes) {
    if (outcome === null) continue;
    if ('error' in outcome) rejected.push(outcome);
    else if (!items.has(outcome.item.id) || outcome.is_new) items.set(outcome.item.id, outcome);
  }
  return { items: [...items.values()], rejected };
}
