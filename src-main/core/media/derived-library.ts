/**
 * What was made from items: makes it, keeps it under its key, and answers it. A maker that is stopped leaves nothing; one
 * that is killed leaves a record that counts as abandoned after a minute.
 */
import { z } from 'zod';

import { FilmstripSchema, PeaksInfoSchema } from '../../contract/documents/media-item.ts';
import type { Filmstrip, MediaItem, PeaksInfo } from '../../contract/documents/media-item.ts';
import { AppError, isAbort, toAppError } from '../../contract/errors.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { FRAMES_PER_PEAK, POSTER_HEIGHT_PX, folderOf, isPresent, operations, parametersOf } from './derived.ts';
import { filmstripPlan } from './filmstrip-plan.ts';
import type { MediaLibrary } from './media-library.ts';
import { levelsFor } from './peaks-pyramid.ts';
import { isPlayable, mimeTypeOf } from './playable.ts';
import type { DerivedFiles, DerivedOperation, DerivedRecord, MediaRecord, MediaStore, MediaTools, PeaksMaker, ToolOptions } from './ports.ts';

export interface DerivedLibraryPorts {
  readonly library: MediaLibrary;
  readonly store: MediaStore;
  readonly files: DerivedFiles;
  readonly tools: MediaTools;
  readonly peaks: PeaksMaker;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ServedFile {
  readonly path: string;
  readonly mimeType: string;
}

const POSTER = 'poster.jpg';
const PROXY = 'proxy';
const sheetName = (sheet: number): string => `sheet-${String(sheet).padStart(4, '0')}.jpg`;
const levelName = (level: number): string => `level-${level}.bin`;
/** A record that is being made is touched this often. */
const TOUCH_MS = 10_000;
/** A proxy is small next to its original; this much room is asked for at least. */
const PROXY_BYTES_PER_S = 400_000;

/** A folder that nothing refers to may belong to a maker that just began. */
const SPARE_MS = 3_600_000;

const ProxySchema = z.object({ mime_type: z.string() });

export class DerivedLibrary {
  readonly #ports: DerivedLibraryPorts;

  constructor(ports: DerivedLibraryPorts) {
    this.#ports = ports;
  }

  async makePoster(id: string, options: ToolOptions): Promise<void> {
    await this.#make(id, 'poster', async (record, folder) => {
      await this.#ports.files.write(folder, POSTER, await this.#ports.tools.poster(record, POSTER_HEIGHT_PX, options));
      return null;
    });
  }

  /** Sheets can be asked for as they are made. */
  async makeFilmstrip(id: string, options: ToolOptions): Promise<void> {
    await this.#make(id, 'filmstrip', async (record, folder, keep) => {
      const { video, duration_s } = record.probe;
      if (!video) throw mediaError('noVideo', record.name, 'it is sound only');
      const plan = filmstripPlan(video, duration_s);
      const perSheet = plan.columns * plan.rows;
      let sheets = 0;
      const made = (): Filmstrip => FilmstripSchema.parse({ ...plan, sheets, tiles: Math.min(plan.tiles, sheets * perSheet) });
      for await (const sheet of this.#ports.tools.filmstrip(record, plan, options)) {
        await this.#ports.files.write(folder, sheetName(sheets), sheet);
        sheets += 1;
        keep(made());
      }
      return made();
    });
  }

  async makePeaks(id: string, options: ToolOptions): Promise<void> {
    await this.#make(id, 'peaks', async (record, folder) => {
      const { files, peaks } = this.#ports;
      const finest = (record.probe.duration_s * (record.probe.audio?.sample_rate ?? 0)) / FRAMES_PER_PEAK;
      const names = Array.from({ length: levelsFor(finest) }, (_, level) => levelName(level));
      const partials = await Promise.all(names.map((name) => files.partial(folder, name)));
      const info = await peaks.peaks(record, partials, options);
      for (const [i, name] of names.entries()) await files.publish(partials[i] as string, folder, name);
      return info;
    });
  }

  async makeProxy(id: string, options: ToolOptions): Promise<void> {
    await this.#make(id, 'proxy', async (record, folder) => {
      const { files, tools } = this.#ports;
      await files.requireSpace(record.probe.duration_s * PROXY_BYTES_PER_S);
      const partial = await files.partial(folder, PROXY);
      const mimeType = await tools.proxy(record, partial, options);
      await files.publish(partial, folder, PROXY);
      return { mime_type: mimeType };
    });
  }

  poster(id: string): ServedFile {
    return { path: this.#ports.files.pathOf(this.#require(id, 'poster').folder, POSTER), mimeType: 'image/jpeg' };
  }

  /** Geometry with the sheets there are so far. */
  filmstrip(id: string): Filmstrip {
    return FilmstripSchema.parse(this.#require(id, 'filmstrip').details);
  }

  filmstripSheet(id: string, sheet: number): ServedFile {
    const record = this.#require(id, 'filmstrip');
    if (sheet >= FilmstripSchema.parse(record.details).sheets) throw notMade('That sheet');
    return { path: this.#ports.files.pathOf(record.folder, sheetName(sheet)), mimeType: 'image/jpeg' };
  }

  peaksInfo(id: string): PeaksInfo {
    return PeaksInfoSchema.parse(this.#require(id, 'peaks').details);
  }

  peaksLevel(id: string, level: number): ServedFile {
    const record = this.#require(id, 'peaks');
    if (!PeaksInfoSchema.parse(record.details).levels.some((each) => each.level === level)) throw notMade('That level');
    return { path: this.#ports.files.pathOf(record.folder, levelName(level)), mimeType: 'application/octet-stream' };
  }

  original(id: string): ServedFile & { readonly name: string } {
    const source = this.#ports.library.source(id);
    return { path: source.path, mimeType: mimeTypeOf(source.probe), name: source.name };
  }

  /** What a page plays: the proxy where one was made, else the original where the table says that a page can play it. */
  playable(id: string): ServedFile {
    const record = this.#ports.library.record(id);
    const proxy = this.#find(record, 'proxy');
    if (proxy?.state === 'ready') {
      return { path: this.#ports.files.pathOf(proxy.folder, PROXY), mimeType: ProxySchema.parse(proxy.details).mime_type };
    }
    if (record.kind === 'image' || isPlayable(record.probe)) return this.original(id);
    if (proxy?.state !== 'failed') this.#ports.library.requestProxy(id);
    throw new AppError('media-unsupported', `${record.name} cannot be played here as it is; a playable copy is being made.`, {
      hint: 'Wait until the copy is ready.',
      details: { proxy: proxy?.state ?? 'none' },
      retryable: true,
    });
  }

  /** Removes folders that nothing refers to: their maker was killed, or their item goes by another key by now. */
  async sweep(): Promise<number> {
    const { files, store, clock } = this.#ports;
    const there = await files.list();
    const kept = store.derivedFolders();
    const spare = there.filter(({ folder, modifiedMs }) => !kept.has(folder) && clock.nowMs() - modifiedMs > SPARE_MS);
    for (const { folder } of spare) await files.remove(folder);
    return spare.length;
  }

  /** What an older version or other parameters made is not needed any more. */
  async #dropOlder(identity: string, operation: DerivedOperation): Promise<void> {
    for (const record of this.#ports.store.derived(identity)) {
      if (record.operation !== operation || isPresent(record)) continue;
      this.#ports.store.dropDerived(record);
      await this.#ports.files.remove(record.folder);
    }
  }

  #find(record: MediaRecord, operation: DerivedOperation): DerivedRecord | undefined {
    return this.#ports.store.derived(record.identity).find((each) => each.operation === operation && isPresent(each));
  }

  /** The record of something that is there at least in part. @throws AppError 'not-found' */
  #require(id: string, operation: DerivedOperation): DerivedRecord {
    const found = this.#find(this.#ports.library.record(id), operation);
    if (!found || found.state === 'failed' || found.details === undefined) throw notMade(`The ${operation}`);
    if (found.state === 'making' && found.details === null) throw notMade(`The ${operation}`);
    return found;
  }

  async #make(
    id: string,
    operation: DerivedOperation,
    work: (record: MediaRecord, folder: string, keep: (details: unknown) => void) => Promise<unknown>,
  ): Promise<MediaItem> {
    const { library, store, clock, files, log } = this.#ports;
    const source = library.source(id);
    const item = library.record(id);
    if (this.#find(item, operation)?.state === 'ready') return library.get(id);
    const folder = folderOf(source.identity, operation);
    const { version } = operations[operation];
    let kept: unknown = null;
    const put = (state: DerivedRecord['state'], details: unknown): void => {
      // The full hash may have become known meanwhile.
      const { identity } = library.record(id);
      store.putDerived({ identity, operation, parameters: parametersOf(operation), version, state, folder, details, updatedMs: clock.nowMs() });
      library.changed(id);
    };
    put('making', null);
    /** What must not hide the work or its error: a full disk refuses the record as well. */
    const attempt = async (what: string, write: () => void | Promise<void>): Promise<void> => {
      try {
        await write();
      } catch (error) {
        log.warn({ mediaId: id, operation, code: toAppError(error).code, err: error }, what);
      }
    };
    const touch = setInterval(() => void attempt('a record was not touched', () => put('making', kept)), TOUCH_MS);
    try {
      const details = await work(item, folder, (partial) => {
        kept = partial;
        put('making', partial);
      });
      clearInterval(touch);
      put('ready', details ?? {});
      await this.#dropOlder(library.record(id).identity, operation);
    } catch (error) {
      clearInterval(touch);
      await attempt('a half-made file was not removed', () => files.remove(folder));
      await attempt('a failure was not recorded', () => {
        if (isAbort(error) || (error instanceof AppError && error.retryable)) {
          store.dropDerived({ identity: library.record(id).identity, operation, parameters: parametersOf(operation), version });
          library.changed(id);
        } else put('failed', { message: error instanceof Error ? error.message : String(error) });
      });
      throw error;
    }
    return library.get(id);
  }
}

function notMade(what: string): AppError {
  return new AppError('not-found', `${what} is not there yet.`, { hint: 'It is made in the background.', retryable: true });
}
