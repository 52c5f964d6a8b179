/**
 * The job behind "Add a folder": finds clips, makes each a media item and a move, notices what changed, moved or is gone, and
 * labels from an annotations file. Everything is stored clip by clip: a killed import goes on where it was, a repeated one does
 * nothing. A folder that is removed meanwhile stays removed. The analysis is a job of its own.
 */
import { z } from 'zod';

import { LibraryImportReportSchema, type LibraryImportReport } from '../../contract/documents/move.ts';
import { isAbort, toAppError } from '../../contract/errors.ts';
import { annotationsText, importText } from '../../contract/text/en/library-import.ts';
import type { Clock, NewId } from '../clock.ts';
import type { JobContext, JobHandler, Jobs } from '../jobs/job-handler.ts';
import { applyAnnotations } from './annotations/apply-annotations.ts';
import { readAnnotations } from './annotations/read-annotations.ts';
import { ClipImport, type ClipPlace } from './clip-import.ts';
import { folderName, isAnnotationsFile } from './folder-names.ts';
import type { MoveLibrary } from './move-library.ts';
import type { FolderRecord, FoundClip, LibraryFiles, MoveMedia, MoveRecord, MoveStore } from './ports.ts';

export interface ImportPorts {
  readonly library: MoveLibrary;
  readonly store: MoveStore;
  readonly media: MoveMedia;
  readonly files: LibraryFiles;
  readonly jobs: () => Pick<Jobs, 'cancel'>;
  readonly clock: Clock;
  readonly newId: NewId;
}

const PayloadSchema = z.object({ paths: z.array(z.string().min(1)).min(1), annotations: z.string().nullable() });
const MOST_ANNOTATION_BYTES = 16 * 2 ** 20;
/** Clips read at once. */
const PARALLEL = 2;
const ANNOUNCE_CLIPS = 25;

const { find: FIND, read: READ, label: LABEL } = importText.stages;

interface Place extends ClipPlace {
  readonly clips: readonly FoundClip[];
  readonly annotations: readonly string[];
}

class LibraryImport {
  readonly #ports: ImportPorts;
  readonly #context: JobContext;
  readonly #notes: string[] = [];
  #annotated = 0;

  constructor(ports: ImportPorts, context: JobContext) {
    this.#ports = ports;
    this.#context = context;
  }

  async run(paths: readonly string[], annotations: string | null): Promise<LibraryImportReport> {
    const { library, store, clock } = this.#ports;
    this.#context.stage(FIND, 0);
    const found: Place[] = [];
    const left = paths.filter((path) => !this.#isRemovedSince(path));
    for (const path of left) {
      const place = await this.#find(path);
      if (place) found.push(place);
    }
    const clips = new ClipImport(this.#ports, this.#context.signal);
    await this.#read(found, clips);
    this.#context.stage(LABEL, 0);
    for (const place of found) await this.#label(place, annotations);
    const places = found.filter(({ folder }) => folder === null || store.changeFolder(folder.id, { scannedMs: clock.nowMs() }));
    const isRemoved = left.length < paths.length || places.length < found.length;
    if (places.length === 0 && isRemoved) this.#giveUp();
    library.announce([]);
    library.analyze();
    const [first] = places;
    return LibraryImportReportSchema.parse({ folder_id: first?.folder?.id ?? null, ...clips.counts(), annotated: this.#annotated, notes: [...clips.notes(), ...this.#notes] });
  }

  /** What lies under a path; null, with a note, for a folder that is away. */
  async #find(path: string): Promise<Place | null> {
    const { files, store } = this.#ports;
    const { signal } = this.#context;
    const known = store.folders().find((folder) => folder.path === path);
    if (known && !(await files.isThere(path))) {
      const own = store.list().filter(({ folderId }) => folderId === known.id);
      this.#notes.push(importText.away(known.name, own.length));
      this.#lookFor(own);
      return null;
    }
    const granted = await files.grant(path);
    if (!granted.isFolder) return this.#single(granted.path);
    const clips: FoundClip[] = [];
    const annotations: string[] = [];
    for await (const found of files.walk(granted.path, signal)) {
      if (isAnnotationsFile(found.name)) annotations.push(found.path);
      else clips.push(found);
    }
    const folder = known ?? this.#folderAt(granted.path);
    return { folder, isNamed: false, clips, annotations };
  }

  #folderAt(path: string): FolderRecord {
    const { store, files, newId, clock } = this.#ports;
    return store.transaction(() => {
      const known = store.folders().find((each) => each.path === path);
      if (known) return known;
      const folder: FolderRecord = { id: newId(), name: folderName(files.nameOf(path), store.folders().map(({ name }) => name)), path, annotations: null, scannedMs: null };
      store.addFolder(folder, clock.nowMs());
      return folder;
    });
  }

  /** Whether the folder was removed after this import was asked for. */
  #isRemovedSince(path: string): boolean {
    return (this.#ports.store.folderRemovedMs(path) ?? 0) > Date.parse(this.#context.job.created_at);
  }

  #isGone(folder: FolderRecord | null): boolean {
    return folder !== null && !this.#ports.store.folders().some(({ id }) => id === folder.id);
  }

  /** Nothing is left to import: the job ends as if it had been cancelled by hand. */
  #giveUp(): never {
    this.#ports.jobs().cancel(this.#context.job.id);
    this.#context.signal.throwIfAborted();
    throw new DOMException('The folder was removed.', 'AbortError');
  }

  /** A clip named alone belongs to the library folder it lies in, if any. */
  #single(path: string): Place {
    const { store, files } = this.#ports;
    const folder = store.folders().find((each) => !files.relative(each.path, path).startsWith('..') && files.relative(each.path, path) !== path) ?? null;
    return { folder, isNamed: true, clips: [{ path, name: files.nameOf(path) }], annotations: [] };
  }

  async #read(places: readonly Place[], clips: ClipImport): Promise<void> {
    const all = places.flatMap((place) => place.clips.map((clip) => ({ place, clip })));
    this.#context.stage(FIND, 1);
    let [next, done, isStopped] = [0, 0, false];
    let changed: string[] = [];
    const work = async (): Promise<void> => {
      while (next < all.length && !isStopped) {
        this.#context.signal.throwIfAborted();
        const { place, clip } = all[next++] as (typeof all)[number];
        const id = this.#isGone(place.folder) ? null : await clips.take(clip, place);
        if (id !== null) changed.push(id);
        if (changed.length >= ANNOUNCE_CLIPS) {
          this.#ports.library.announce(changed);
          changed = [];
        }
        this.#context.stage(READ, (done += 1) / all.length, { message: clip.name });
      }
    };
    // What fails stops the others too, and is told when none of them works any more: the next attempt finds nobody at it.
    const stopping = (error: unknown): never => {
      isStopped = true;
      throw error;
    };
    const outcomes = await Promise.allSettled(Array.from({ length: PARALLEL }, () => work().catch(stopping)));
    this.#ports.library.announce(changed);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    for (const { folder, clips: found } of places) if (folder && (found.length > 1 || folder.scannedMs === null)) clips.countMissing(folder, new Set(found.map(({ path }) => path)));
  }

  /** Media items learn that their files are away. */
  #lookFor(moves: readonly MoveRecord[]): void {
    for (const { id } of moves) {
      try {
        this.#ports.media.source(id);
      } catch (error) {
        if (isAbort(error)) throw error;
      }
    }
  }

  async #label({ folder, annotations: found }: Place, named: string | null): Promise<void> {
    const { files, store, library } = this.#ports;
    const file = named ?? found[0];
    if (file === undefined) return;
    const name = files.nameOf(file);
    if (named === null && found.length > 1) this.#notes.push(annotationsText.several(name, found.slice(1).map((path) => files.nameOf(path))));
    try {
      const annotations = readAnnotations(await files.readText(file, MOST_ANNOTATION_BYTES), name);
      const moves = store.list().filter(({ folderId }) => folder === null || folderId === folder.id);
      const { ids, changed, notes } = await applyAnnotations({ store, files, signal: this.#context.signal }, annotations, name, { folder: folder?.path ?? null, moves });
      this.#annotated += ids.length;
      this.#notes.push(...notes);
      if (folder) store.changeFolder(folder.id, { annotations: file });
      library.announce(changed);
    } catch (error) {
      if (isAbort(error)) throw error;
      const { message, hint } = toAppError(error);
      this.#notes.push(hint === undefined ? message : `${message} ${hint}`);
    }
  }
}

export function importHandler(ports: ImportPorts): JobHandler<z.infer<typeof PayloadSchema>, LibraryImportReport> {
  return {
    kind: 'library-import',
    payload: PayloadSchema,
    stages: [
      { name: FIND, weight: 0.05 },
      { name: READ, weight: 0.85 },
      { name: LABEL, weight: 0.1 },
    ],
    lane: 'quick',
    run: async ({ paths, annotations }, context) => {
      const report = await new LibraryImport(ports, context).run(paths, annotations);
      context.stage(LABEL, 1);
      return report;
    },
  };
}
