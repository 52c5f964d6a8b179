/**
 * Takes clips into the library one by one, and counts what each turned out to be. What a person took out of a folder stays out
 * of it until that clip is named, or the folder is removed and added again.
 */
import type { LibraryImportReport } from '../../contract/documents/move.ts';
import { importText } from '../../contract/text/en/library-import.ts';
import { setLabels } from './describe.ts';
import { isClipName, isOtherName } from './folder-names.ts';
import type { ImportPorts } from './import-job.ts';
import { placeLabels } from './labels.ts';
import type { FolderRecord, FoundClip, MoveRecord, RemovedMove } from './ports.ts';

type Counts = Pick<LibraryImportReport, 'added' | 'unchanged' | 'changed' | 'relinked' | 'missing' | 'rejected'>;

const SAME_MS = 0.002;

/** Where a found clip belongs. */
export interface ClipPlace {
  readonly folder: FolderRecord | null;
  /** Whether a person named this very clip. */
  readonly isNamed: boolean;
}

export class ClipImport {
  readonly #ports: Pick<ImportPorts, 'store' | 'media' | 'files' | 'clock'>;
  readonly #signal: AbortSignal;
  readonly #counts = { added: 0, unchanged: 0, changed: 0, relinked: 0, missing: 0 };
  readonly #rejected: { name: string; message: string }[] = [];
  readonly #notes: string[] = [];
  /** Moves by the path of their file, as the library was. */
  readonly #known: Map<string, MoveRecord>;
  readonly #before: Map<string, MoveRecord>;
  /** Where each move was found in this import. */
  readonly #seen = new Map<string, string>();
  /** What was taken out of each folder, as it was when its first clip was looked at. */
  readonly #removed = new Map<string, readonly RemovedMove[]>();
  readonly #leftOut = new Set<string>();

  constructor(ports: Pick<ImportPorts, 'store' | 'media' | 'files' | 'clock'>, signal: AbortSignal) {
    this.#ports = ports;
    this.#signal = signal;
    const records = ports.store.list();
    this.#known = new Map(records.map((record) => [record.media.path, record]));
    this.#before = new Map(records.map((record) => [record.id, record]));
  }

  counts(): Counts {
    return { ...this.#counts, rejected: this.#rejected };
  }

  notes(): readonly string[] {
    return this.#leftOut.size === 0 ? this.#notes : [...this.#notes, importText.leftOut(this.#leftOut.size)];
  }

  /** @returns the id of a move that is new or not as it was. */
  async take({ path, name }: FoundClip, place: ClipPlace): Promise<string | null> {
    const { folder } = place;
    const relative = folder === null ? name : this.#ports.files.relative(folder.path, path);
    const removed = this.#removedFrom(place).find((move) => move.path === path);
    if (removed) return this.#leave(removed.id);
    const known = this.#known.get(path);
    if (known && (await this.#isUnchanged(known))) {
      const isNew = this.#put(known.id, place, relative);
      if (isNew === null) return null;
      this.#counts.unchanged += 1;
      this.#seen.set(known.id, path);
      return isNew || known.media.isMissing ? known.id : null;
    }
    if (isOtherName(name)) return null;
    return this.#import(path, name, place, relative);
  }

  /** Moves of a folder whose files were not found. */
  countMissing(folder: FolderRecord, found: ReadonlySet<string>): void {
    for (const { id, folderId, media } of this.#ports.store.list()) {
      if (folderId !== folder.id || found.has(media.path) || this.#seen.has(id)) continue;
      try {
        this.#ports.media.source(id);
      } catch {
        this.#counts.missing += 1;
      }
    }
  }

  async #isUnchanged({ id, media }: MoveRecord): Promise<boolean> {
    const [now, record] = [await this.#ports.files.look(media.path), this.#ports.media.record(id)];
    return now !== null && !record.isMissing && now.sizeBytes === record.sizeBytes && Math.abs(now.modifiedMs - record.modifiedMs) < SAME_MS;
  }

  async #import(path: string, name: string, place: ClipPlace, relative: string): Promise<string | null> {
    const { folder } = place;
    const { items, rejected } = await this.#ports.media.importPaths([path], this.#signal);
    for (const { name: of, error } of rejected) {
      // What is no clip by its name and by its bytes is none of the library's business.
      if (isClipName(name) || folder === null) this.#rejected.push({ name: folder === null ? of : relative, message: error.hint === undefined ? error.message : `${error.message} ${error.hint}` });
    }
    const [imported] = items;
    if (!imported) return null;
    const { item } = imported;
    if (item.kind !== 'video') {
      if (isClipName(name) || folder === null) this.#rejected.push({ name: folder === null ? name : relative, message: importText.stillPicture(name) });
      return null;
    }
    return this.#place(item.id, path, place, relative);
  }

  #place(id: string, path: string, place: ClipPlace, relative: string): string | null {
    const removed = this.#removedFrom(place).find((move) => move.id === id);
    if (removed) {
      // The same film under another name: finding it brought its item back.
      if (removed.isItemRemoved) this.#ports.media.remove(id);
      return this.#leave(id);
    }
    const before = this.#before.get(id);
    const earlier = this.#seen.get(id);
    if (earlier !== undefined && earlier !== path) {
      this.#notes.push(importText.same(relative, this.#ports.store.get(id)?.path ?? earlier));
      return null;
    }
    this.#seen.set(id, path);
    const here = this.#ports.media.record(id).path;
    if (here !== path && before && before.media.path === here) {
      // The original is still where it was; this is a copy of it.
      this.#notes.push(importText.same(relative, before.path));
      return null;
    }
    const isBack = this.#put(id, place, relative);
    if (isBack === null) return null;
    const isNew = isBack && !before;
    const now = this.#ports.store.get(id);
    if (isNew) this.#counts.added += 1;
    else if (before && before.media.path !== path) this.#counts.relinked += 1;
    else if (before && now && before.media.stamp !== now.media.stamp) this.#counts.changed += 1;
    else this.#counts.unchanged += 1;
    return id;
  }

  #removedFrom({ folder, isNamed }: ClipPlace): readonly RemovedMove[] {
    if (folder === null || isNamed) return [];
    const held = this.#removed.get(folder.id) ?? this.#ports.store.removed(folder.id);
    this.#removed.set(folder.id, held);
    return held;
  }

  #leave(id: string): null {
    this.#leftOut.add(id);
    return null;
  }

  /**
   * @returns whether the move is new or back; null when its folder, or the move, was taken out while the file was read. Its name and
   * category follow its place, where nobody says otherwise.
   */
  #put(id: string, { folder, isNamed }: ClipPlace, relative: string): boolean | null {
    const { store, clock } = this.#ports;
    return store.transaction(() => {
      if (folder !== null && !store.folders().some((each) => each.id === folder.id)) return null;
      if (folder !== null && !isNamed && store.isRemoved(id, folder.id)) return this.#leave(id);
      const isNew = store.put({ id, folderId: folder?.id ?? null, path: relative, nowMs: clock.nowMs() });
      const record = store.get(id);
      if (record) setLabels(store, id, 'estimate', { ...record.labels.estimate, ...placeLabels(relative) });
      return isNew;
    });
  }
}
