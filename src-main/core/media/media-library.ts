/**
 * The library: import by path and by upload, look, remove and restore, find moved files again. An item is the grant for its
 * file: everything later goes by its id. Originals are never written to.
 */
import type { MediaItem, Probe } from '../../contract/documents/media-item.ts';
import { AppError, isAbort, toAppError } from '../../contract/errors.ts';
import type { ImportResult } from '../../contract/operations/media.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { Log } from '../log.ts';
import type { AnalysisMedia, VideoSource } from '../vision/ports.ts';
import { fullIdentity, isUnchanged } from './identity.ts';
import { MediaImporter } from './media-importer.ts';
import type { MediaImporterPorts } from './media-importer.ts';
import { MediaItems } from './media-items.ts';
import type { MediaItemsPorts } from './media-items.ts';
import type { HashMaker, MediaKind, MediaRecord } from './ports.ts';
import { SameBytes } from './same-bytes.ts';

export interface MediaLibraryPorts extends MediaItemsPorts, MediaImporterPorts {
  readonly hashes: HashMaker;
  readonly log: Log;
}

export class MediaLibrary implements AnalysisMedia {
  readonly #ports: MediaLibraryPorts;
  readonly #items: MediaItems;
  readonly #sameBytes: SameBytes;
  readonly #importer: MediaImporter;
  /** Items that are read again because their file was found changed. */
  readonly #rereading = new Set<string>();

  constructor(ports: MediaLibraryPorts) {
    this.#ports = ports;
    this.#items = new MediaItems(ports);
    this.#sameBytes = new SameBytes(ports);
    this.#importer = new MediaImporter(ports, this.#items, this.#sameBytes);
  }

  list(kind?: MediaKind): MediaItem[] {
    return this.#items.list(kind);
  }

  /** @throws AppError 'media-not-found' */
  get(id: string): MediaItem {
    return this.#items.document(this.record(id));
  }

  /** The stored item with its path, for the steps that work on it. @throws AppError 'media-not-found' */
  record(id: string): MediaRecord {
    return this.#items.record(id);
  }

  /** Absolute path of the file. @throws as `source` */
  pathOf(id: string): string {
    return this.source(id).path;
  }

  /** As `record`; null where there is no such item. */
  find(id: string): MediaRecord | null {
    return this.#ports.store.get(id);
  }

  /** Originals are never written to. @returns the path @throws AppError 'path-not-granted' when an item's file lies there. */
  refuseOriginal(path: string): string {
    const [original] = this.#ports.store.byPath(path);
    if (!original) return path;
    throw new AppError('path-not-granted', `${original.name} is an original in the library and is never overwritten.`, { hint: 'Choose another name.' });
  }

  /** Whether a real path is a file of the library. */
  hasFile(path: string): boolean {
    return this.#ports.store.byPath(path).some(({ removedMs }) => removedMs === null);
  }

  /**
   * The item as work begins on it. What was made from its file belongs to the bytes it was made from: a file that was
   * exported again under its name is read again first.
   * @throws AppError 'media-not-found', 'media-missing'; the retryable 'media-missing' while it is read again.
   */
  source(mediaId: string): VideoSource {
    const record = this.record(mediaId);
    const now = this.#ports.files.look(record.path);
    if (now === null) {
      this.#items.setMissing(record, true);
      throw mediaError('missing', record.name);
    }
    if (!isUnchanged(record, now)) {
      void this.#rereadChanged(record);
      throw mediaError('changed', record.name);
    }
    return { mediaId, identity: record.identity, name: record.name, path: record.path, probe: record.probe };
  }

  identityOf(mediaId: string): { identity: string; name: string; probe: Probe } {
    return this.record(mediaId);
  }

  /** Announces an item as it is now. */
  changed(mediaId: string): void {
    const record = this.#ports.store.get(mediaId);
    if (record) this.#items.announce(record);
  }

  /**
   * Imports files in place, in the order of the paths; a folder gives what it holds, without a word about what is no media.
   * @throws AbortError; what cannot be used is in `rejected`.
   */
  importPaths(paths: readonly string[], signal?: AbortSignal): Promise<ImportResult> {
    return this.#importer.importPaths(paths, signal);
  }

  /** Imports one file by its bytes. @throws AppError 'disk-full', 'data-folder-read-only'; AbortError */
  importUpload(bytes: ReadableStream<Uint8Array>, name: string, signal?: AbortSignal): Promise<ImportResult> {
    return this.#importer.importUpload(bytes, name, signal);
  }

  /** Takes an item out of the library; its file and what was made from it stay. */
  remove(id: string): MediaItem {
    const record = this.record(id);
    return this.#items.save(record.removedMs === null ? { ...record, removedMs: this.#ports.clock.nowMs() } : record);
  }

  restore(id: string): MediaItem {
    return this.#items.save({ ...this.record(id), removedMs: null });
  }

  /**
   * Points an item to where its file is now: a file, or a folder it is somewhere below.
   * @throws AppError 'input-invalid' when that file holds other bytes, 'media-not-found'.
   */
  async relink(id: string, path: string, signal?: AbortSignal): Promise<MediaItem> {
    const record = this.record(id);
    for await (const found of this.#ports.files.find(path)) {
      if ('error' in found) throw found.error;
      const facts = await this.#ports.files.facts(found.path);
      if (await this.#sameBytes.isSame(record, facts, null, signal)) {
        return this.#items.save({ ...record, path: facts.path, name: facts.name, modifiedMs: facts.modifiedMs, isOwned: false, isMissing: false });
      }
      if (!found.isFromFolder) {
        throw new AppError('input-invalid', `${facts.name} is another file than ${record.name} was.`, { hint: 'Choose the same file, or import the other one.' });
      }
    }
    throw mediaError('notFound', record.name);
  }

  /** Looks whether the files of all items are where they were, and as they were; says what changed. */
  async refresh(signal?: AbortSignal): Promise<void> {
    for (const record of this.#ports.store.list()) {
      if (signal?.aborted) return;
      const now = await this.#ports.files.lookLater(record.path);
      if (now !== null && isUnchanged(record, now)) this.#items.setMissing(record, false);
      else await this.#refreshOne(record, signal);
    }
  }

  /** The full hash of an item is known: it and what was made from it go by it from now on. @returns folders to remove. */
  identify(id: string, sha256: string): string[] {
    const record = this.record(id);
    const identity = fullIdentity(sha256);
    const spare = record.identity === identity ? [] : this.#ports.store.adopt(record.identity, identity);
    this.#items.save({ ...record, sha256, identity });
    return spare;
  }

  /** Asks for a copy a page can play. @returns the job. @throws AppError 'media-no-video' */
  requestProxy(id: string): string {
    const record = this.record(id);
    const job = this.#items.enqueueProxy(record);
    if (job === null) throw mediaError('noVideo', record.name, 'there is nothing to make a playable copy of');
    return job;
  }

  async #rereadChanged(record: MediaRecord): Promise<void> {
    if (this.#rereading.has(record.id)) return;
    this.#rereading.add(record.id);
    try {
      await this.#refreshOne(record);
    } catch (error) {
      this.#ports.log.error({ mediaId: record.id, err: error }, 'a changed media file could not be read again');
    } finally {
      this.#rereading.delete(record.id);
    }
  }

  async #refreshOne(record: MediaRecord, signal?: AbortSignal): Promise<void> {
    try {
      const reread = await this.#importer.reread(record, await this.#ports.files.facts(record.path), signal);
      this.#items.save({ ...reread, name: record.isOwned ? record.name : reread.name });
      if (reread.identity !== record.identity) this.#items.enqueueFollowUps(reread);
    } catch (error) {
      if (isAbort(error)) return;
      this.#ports.log.info({ mediaId: record.id, code: toAppError(error).code }, 'a media file is not usable any more');
      this.#items.setMissing(record, true);
    }
  }
}
