/** Moves as the other steps and the API see them: look, label, remove, and ask for imports and analyses. */
import { createHash } from 'node:crypto';

import type { LibraryFolder, Move, MoveCurves } from '../../contract/documents/move.ts';
import { AppError } from '../../contract/errors.ts';
import { MOST_CHANGED_MOVES } from '../../contract/events.ts';
import type { LabelChanges } from '../../contract/operations/library.ts';
import { analysisText, importText } from '../../contract/text/en/library-import.ts';
import type { Clock } from '../clock.ts';
import type { EventSink } from '../event-sink.ts';
import type { Jobs } from '../jobs/job-handler.ts';
import { setLabels } from './describe.ts';
import { changed, placeLabels, undoOf } from './labels.ts';
import { dueMoves, moveDocument, type MoveSurroundings } from './move-document.ts';
import type { FolderRecord, LibraryFiles, MoveMedia, MoveRecord, MoveStore } from './ports.ts';

export interface MoveLibraryPorts {
  readonly store: MoveStore;
  readonly media: MoveMedia;
  readonly files: LibraryFiles;
  readonly jobs: () => Jobs;
  readonly events: EventSink;
  readonly clock: Clock;
  /** What an analysis would be made with now; changes when a model comes or goes. */
  readonly analysisKey: () => string;
  /** Asks that the vector store is brought up to date, later. */
  readonly fileSoon: () => void;
}

/** Labels of so many moves are stored before other work has its turn. */
const BATCH = 100;
/** So many moves are read faster one by one than among all of a large library. */
const FEW = 200;

export class MoveLibrary {
  readonly #ports: MoveLibraryPorts;
  /** Clips the running analysis is at. */
  readonly #analysing = new Set<string>();

  constructor(ports: MoveLibraryPorts) {
    this.#ports = ports;
  }

  list(): Move[] {
    const records = this.#ports.store.list();
    const around = this.#around();
    return records.map((record) => moveDocument(record, around(record)));
  }

  get(id: string): Move {
    const record = this.record(id);
    return moveDocument(record, this.#around()(record));
  }

  /** @throws AppError 'move-not-found' */
  record(id: string): MoveRecord {
    const record = this.#ports.store.get(id);
    if (!record) throw new AppError('move-not-found', `There is no move ${id}.`, { hint: 'It may have been removed from the library.' });
    return record;
  }

  curves(id: string): MoveCurves {
    this.record(id);
    const curves = this.#ports.store.curves(id);
    if (!curves) throw new AppError('features-missing', 'This move is not analysed yet.', { hint: 'Analyse it first.', retryable: true });
    return curves;
  }

  async folders(): Promise<LibraryFolder[]> {
    const { store, files } = this.#ports;
    const records = store.list();
    return Promise.all(
      store.folders().map(async ({ id, name, path, annotations, scannedMs }) => {
        const own = records.filter(({ folderId }) => folderId === id);
        const isAway = !(await files.isThere(path));
        return {
          id,
          name,
          moves: own.length,
          missing: isAway ? own.length : own.filter(({ media }) => media.isMissing).length,
          is_away: isAway,
          annotations: annotations === null ? null : files.nameOf(annotations),
          scanned_at: scannedMs === null ? null : new Date(scannedMs).toISOString(),
        };
      }),
    );
  }

  /** @throws AppError 'library-folder-not-found' */
  folder(id: string): FolderRecord {
    const folder = this.#ports.store.folders().find((each) => each.id === id);
    if (!folder) throw new AppError('library-folder-not-found', `There is no library folder ${id}.`, { hint: 'It may have been removed.' });
    return folder;
  }

  /** Grants what a person named and imports it in the background. @throws AppError when a path cannot be granted. */
  async add(paths: readonly string[], annotations?: string): Promise<string> {
    const { files } = this.#ports;
    const granted = await Promise.all(paths.map((path) => files.grant(path)));
    const labels = annotations === undefined ? null : await files.grant(annotations);
    const names = granted.map(({ path }) => files.nameOf(path));
    return this.#import(importText.title(names), granted.map(({ path }) => path), labels?.path ?? null);
  }

  scan(id: string): string {
    const { name, path, annotations } = this.folder(id);
    return this.#import(importText.scanTitle(name), [path], annotations);
  }

  /** An import of it that waits or runs ends as cancelled. @throws AppError 'library-folder-not-found' */
  removeFolder(id: string): void {
    this.folder(id);
    this.#ports.store.removeFolder(id, this.#ports.clock.nowMs());
    this.announce([]);
  }

  /** Makes moves of films that are items already. @throws AppError 'media-not-found', 'media-no-video' */
  addFromMedia(ids: readonly string[]): Move[] {
    const { store, media, clock } = this.#ports;
    for (const id of ids) {
      const item = media.get(id);
      if (item.kind !== 'video') throw new AppError('media-no-video', `${item.name} has no moving picture.`, { hint: 'Choose a video.' });
    }
    for (const id of ids) {
      if (store.get(id) || store.restore(id)) continue;
      const { name } = media.record(id);
      store.put({ id, folderId: null, path: name, nowMs: clock.nowMs() });
      setLabels(store, id, 'estimate', placeLabels(name));
    }
    this.announce(ids);
    this.analyze(ids);
    return this.documents(ids);
  }

  /** Queues the analysis of what is not analysed as it is now, of all moves unless ids are named. @returns the job; null when nothing is left to do. */
  analyze(ids?: readonly string[]): string | null {
    const { store, jobs, analysisKey } = this.#ports;
    const due = dueMoves(store.list(), analysisKey(), ids ?? null);
    if (due.length === 0) return null;
    const payload = { ids: ids ? due.map(({ id }) => id) : null };
    // A key is short, whatever is named: of a long list a digest.
    const dedupeKey = ids ? `library-analysis:${createHash('sha256').update(due.map(({ id }) => id).sort().join(',')).digest('hex')}` : 'library-analysis';
    return jobs().enqueue({ kind: 'library-analysis', title: analysisText.title(due.length), payload, priority: 1, dedupeKey }).id;
  }

  /** A person's word on many moves. Unknown ids are left out. @returns the moves as they are now, and the changes that undo it. */
  async label(changes: readonly { ids: readonly string[]; labels: LabelChanges }[]): Promise<{ ids: string[]; undo: { ids: string[]; labels: LabelChanges }[] }> {
    const { store } = this.#ports;
    const undo: { ids: string[]; labels: LabelChanges }[] = [];
    const touched = new Set<string>();
    let count = 0;
    for (const { ids, labels } of changes) {
      for (const id of ids) {
        const record = store.get(id);
        if (!record) continue;
        undo.unshift({ ids: [id], labels: undoOf(record.labels.user, labels) });
        setLabels(store, id, 'user', changed(record.labels.user, labels));
        touched.add(id);
        if ((count += 1) % BATCH === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    const all = [...touched];
    if (all.length > 0) this.announce(all);
    return { ids: all, undo };
  }

  /** Those of the moves that are there. Cost: theirs alone, where they are few. */
  documents(ids: readonly string[]): Move[] {
    const wanted = new Set(ids);
    if (wanted.size > FEW) return this.list().filter(({ id }) => wanted.has(id));
    const around = this.#around();
    return [...wanted].flatMap((id) => {
      const record = this.#ports.store.get(id);
      return record ? [moveDocument(record, around(record))] : [];
    });
  }

  remove(ids: readonly string[]): number {
    const removed = this.#ports.store.remove(ids, this.#ports.clock.nowMs());
    if (removed > 0) this.announce(ids);
    return removed;
  }

  announce(ids: readonly string[]): void {
    this.#ports.fileSoon();
    this.#ports.events.state({ type: 'moves-changed', topic: 'library', ids: ids.length > MOST_CHANGED_MOVES ? [] : [...ids] });
  }

  /** The analysis is at this clip, or done with it. */
  markAnalysing(id: string, isAnalysing: boolean): void {
    if (isAnalysing) this.#analysing.add(id);
    else this.#analysing.delete(id);
    this.announce([id]);
  }

  #import(title: string, paths: readonly string[], annotations: string | null): string {
    const { store, jobs } = this.#ports;
    // An import from before a folder was removed is another one: it ends without having brought anything.
    const removals = paths.map((path) => store.folderRemovedMs(path));
    return jobs().enqueue({ kind: 'library-import', title, payload: { paths, annotations }, priority: 5, dedupeKey: `library-import:${JSON.stringify([paths, annotations, removals])}` }).id;
  }

  #around(): (record: MoveRecord) => MoveSurroundings {
    const names = new Map(this.#ports.store.folders().map(({ id, name }) => [id, name]));
    const key = this.#ports.analysisKey();
    const mostMovement = this.#ports.store.mostMovement();
    return ({ id, folderId }) => ({ folder: folderId === null ? undefined : names.get(folderId), key, isAnalysing: this.#analysing.has(id), mostMovement });
  }
}
