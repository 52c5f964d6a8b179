/** Takes clips into the library one by one, and counts what each turned out to be. */
import type { LibraryImportReport } from '../../contract/documents/move.ts';
import { importText } from '../../contract/text/en/library-import.ts';
import { setLabels } from './describe.ts';
import { isClipName, isOtherName } from './folder-names.ts';
import type { ImportPorts } from './import-job.ts';
import { placeLabels } from './labels.ts';
import type { FolderRecord, FoundClip, MoveRecord } from './ports.ts';

type Counts = Pick<LibraryImportReport, 'added' | 'unchanged' | 'changed' | 'relinked' | 'missing' | 'rejected'>;

const SAME_MS = 0.002;

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
    return this.#notes;
  }

  /** @returns the id of a move that is new or not as it was. */
  async take({ path, name }: FoundClip, folder: FolderRecord | null): Promise<string | null> {
    const relative = folder === null ? name : this.#ports.files.relative(folder.path, path);
    const known = this.#known.get(path);
    if (known && (await this.#isUnchanged(known))) {
      this.#counts.unchanged += 1;
      this.#seen.set(known.id, path);
      return this.#put(known.id, folder, relative) || known.media.isMissing ? known.id : null;
    }
    if (isOtherName(name)) return null;
    return this.#import(path, name, folder, relative);
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

  async #import(path: string, name: string, folder: FolderRecord | null, relative: string): Promise<string | null> {
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
    return this.#place(item.id, path, folder, relative);
  }

  #place(id: string, path: string, folder: FolderRecord | null, relative: string): string | null {
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
    const isNew = this.#put(id, folder, relative) && !before;
    const now = this.#ports.store.get(id);
    if (isNew) this.#counts.added += 1;
    else if (before && before.media.path !== path) this.#counts.relinked += 1;
    else if (before && now && before.media.stamp !== now.media.stamp) this.#counts.changed += 1;
    else this.#counts.unchanged += 1;
    return id;
  }

  /** @returns whether the move is new or back. Its name and category follow its place, where nobody says otherwise. */
  #put(id: string, folder: FolderRecord | null, relative: string): boolean {
    const { store, clock } = this.#ports;
    const isNew = store.put({ id, folderId: folder?.id ?? null, path: relative, nowMs: clock.nowMs() });
    const record = store.get(id);
    if (record) setLabels(store, id, 'estimate', { ...record.labels.estimate, ...placeLabels(relative) });
    return isNew;
  }
}
