/** What the media step needs from the outside: files, a table of items, FFmpeg, and the folder of what is derived. */
import type { Filmstrip, MediaItem, PeaksInfo, Probe } from '../../contract/documents/media-item.ts';

export type MediaKind = MediaItem['kind'];

/** What a granted file is from the outside. */
export interface FileFacts {
  /** Absolute, real path. */
  readonly path: string;
  /** Without its folders, as the user knows it. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Hash of the size and the first and last MiB, hex. */
  readonly ends: string;
}

export interface ReceivedFile extends FileFacts {
  readonly sha256: string;
}

export interface MediaRecord extends FileFacts {
  readonly id: string;
  readonly kind: MediaKind;
  /** The file is Kinetone's own copy. */
  readonly isOwned: boolean;
  /** What the bytes are: `sha256:…` once known, before that `ends:…` of size, time and both ends. */
  readonly identity: string;
  readonly sha256: string | null;
  readonly probe: Probe;
  readonly isMissing: boolean;
  readonly createdMs: number;
  readonly removedMs: number | null;
}

export const DERIVED_OPERATIONS = ['poster', 'filmstrip', 'peaks', 'proxy'] as const;
export type DerivedOperation = (typeof DERIVED_OPERATIONS)[number];

/** What was made from a content, by which operation, parameters and version. */
export interface DerivedRecord {
  readonly identity: string;
  readonly operation: DerivedOperation;
  /** JSON with sorted keys. */
  readonly parameters: string;
  readonly version: number;
  readonly state: 'making' | 'ready' | 'failed';
  /** Its folder, relative to the folder of derived files. */
  readonly folder: string;
  readonly details: unknown;
  readonly updatedMs: number;
}

export interface MediaStore {
  /** Stores an item, unless one with the same identity is there, not removed: that one is answered. */
  insert(record: MediaRecord): MediaRecord;
  update(record: MediaRecord): void;
  get(id: string): MediaRecord | null;
  /** Items that are not removed, newest first. */
  list(kind?: MediaKind): MediaRecord[];
  /** Items, removed ones too, whose file this is, the newest first. */
  byPath(path: string): MediaRecord[];
  /** Items, removed ones too, that may hold the same bytes. */
  byEnds(sizeBytes: number, ends: string): MediaRecord[];
  derived(identity: string): DerivedRecord[];
  putDerived(record: DerivedRecord): void;
  dropDerived(record: Pick<DerivedRecord, 'identity' | 'operation' | 'parameters' | 'version'>): void;
  /** Folders of everything derived. */
  derivedFolders(): Set<string>;
  /** Moves what is derived from one identity to another. @returns folders nothing refers to any more. */
  adopt(from: string, to: string): string[];
}

/** One file found under a path a person named. */
export type FoundFile = { readonly path: string; readonly name: string; readonly isFromFolder: boolean } | { readonly name: string; readonly error: unknown };

export interface MediaFiles {
  /** Grants a path; a folder gives every file below it, sorted, hidden ones left out. */
  find(given: string): AsyncIterable<FoundFile>;
  /** @throws AppError 'media-missing', 'path-not-granted' */
  facts(path: string): Promise<FileFacts>;
  /** Size and time now; null when the file is not there. Synchronous: one look at the disk. */
  look(path: string): { readonly sizeBytes: number; readonly modifiedMs: number } | null;
  lookLater(path: string): Promise<{ readonly sizeBytes: number; readonly modifiedMs: number } | null>;
  /** Streams bytes to the disk, hashing them on the way. @throws AppError 'disk-full', 'data-folder-read-only' */
  receive(bytes: ReadableStream<Uint8Array>, name: string, signal?: AbortSignal): Promise<ReceivedFile>;
  /** Makes a received file the copy of an item. @returns its path. */
  keep(received: ReceivedFile, id: string): Promise<string>;
  discard(path: string): Promise<void>;
}

/** The folder of one derived thing. A file appears under its name only when it is whole. */
export interface DerivedFiles {
  /** Absolute path of a file of a folder. */
  pathOf(folder: string, file: string): string;
  write(folder: string, file: string, bytes: Uint8Array): Promise<void>;
  /** A name to write to, for programs; `publish` gives it its own. */
  partial(folder: string, file: string): Promise<string>;
  publish(partial: string, folder: string, file: string): Promise<void>;
  remove(folder: string): Promise<void>;
  /** Folders there are, with the time of their last change. */
  list(): Promise<{ readonly folder: string; readonly modifiedMs: number }[]>;
  /** @throws AppError 'disk-full' when fewer than these bytes are free. */
  requireSpace(bytes: number): Promise<void>;
}

export interface MediaSource {
  readonly path: string;
  readonly name: string;
  readonly probe: Probe;
}

export interface ToolOptions {
  readonly signal?: AbortSignal;
  /** 0..1, and the multiple of real time. */
  readonly onProgress?: (done: number, speed: number | null) => void;
  readonly onCommand?: (program: string, args: readonly string[]) => void;
}

export interface FilmstripPlan extends Filmstrip {
  /** Decode key frames only: far apart tiles of long films. */
  readonly isKeyFramesOnly: boolean;
}

/** FFmpeg, for media. */
export interface MediaTools {
  /** @throws AppError: why the file cannot be used. */
  probe(path: string, name: string, signal?: AbortSignal): Promise<Probe>;
  /** A JPEG of at most the given height. */
  poster(source: MediaSource, heightPx: number, options: ToolOptions): Promise<Uint8Array>;
  /** Sheets in order as they are made. */
  filmstrip(source: MediaSource, plan: FilmstripPlan, options: ToolOptions): AsyncIterable<Uint8Array>;
  /** Writes a copy a page can play. @returns its MIME type. */
  proxy(source: MediaSource, targetPath: string, options: ToolOptions): Promise<string>;
}

export interface PeaksMaker {
  /** Writes one file per level into `paths` as it goes; the first is the finest. @returns what was written. */
  peaks(source: MediaSource, paths: readonly string[], options: ToolOptions): Promise<PeaksInfo>;
}

export interface HashMaker {
  sha256(path: string, options: { signal?: AbortSignal; onBytes?: (bytes: number) => void }): Promise<string>;
}
