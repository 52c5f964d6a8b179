/** What the library needs from the outside: tables of moves, folders of clips, a vector store, a scan, and ears for clips. */
import type { MediaItem, Probe } from '../../contract/documents/media-item.ts';
import type { PoseSeries } from '../../contract/documents/pose.ts';
import type { ClipDescription } from '../../contract/hosts/clip-description.ts';
import type { EmbeddingEntry } from '../../contract/hosts/embeddings-file.ts';
import type { EmbeddingKind, Difficulty, EnergyLevel, MoveCurves, Origin } from '../../contract/documents/move.ts';

/** What one origin says of a move; what it does not say is absent. */
export interface LabelValues {
  readonly name?: string;
  readonly category?: string;
  readonly difficulty?: Difficulty;
  readonly energy_level?: EnergyLevel;
  readonly style?: string;
  /** Beats per minute. */
  readonly tempo?: number;
  readonly tags?: readonly string[];
}
export type LabelField = keyof LabelValues;
export const LABEL_FIELDS = ['name', 'category', 'difficulty', 'energy_level', 'style', 'tempo', 'tags'] as const satisfies readonly LabelField[];

/** What the analysis of a clip left behind, besides vectors, curves and estimated labels. */
export interface MoveAnalysis {
  /** What made it: version of the program's part and the spaces of its embeddings. */
  readonly key: string;
  /** Which bytes it was made from. */
  readonly stamp: string;
  /** Why it failed; null when it did not. */
  readonly problem: string | null;
  /** Mean movement in fractions of the picture's diagonal per second. */
  readonly movement: number;
  /** Mean movement of the first and the last second. */
  readonly startMovement: number;
  readonly endMovement: number;
  /** How the dancers stand at the beginning and at the end; opaque here, null without a pose model. */
  readonly startPose: unknown;
  readonly endPose: unknown;
}

export interface MoveRecord {
  /** Of the video item, too. */
  readonly id: string;
  readonly folderId: string | null;
  /** Below its folder, with forward slashes; the file's name where it came alone. */
  readonly path: string;
  readonly labels: Readonly<Record<Origin, LabelValues>>;
  readonly analysis: MoveAnalysis | null;
  readonly createdMs: number;
  /** What the video item says. */
  readonly media: { readonly name: string; readonly path: string; readonly durationS: number; readonly isMissing: boolean; readonly stamp: string; readonly hasSound: boolean };
  readonly embeddings: readonly EmbeddingRecord[];
}

export interface EmbeddingRecord {
  readonly kind: EmbeddingKind;
  readonly space: string;
  readonly note: string | null;
  /** Rises with every write. */
  readonly stamp: number;
}

export interface NewEmbedding {
  readonly kind: EmbeddingKind;
  readonly space: string;
  readonly note: string | null;
  readonly vector: Float32Array;
}

export interface FolderRecord {
  readonly id: string;
  readonly name: string;
  /** Absolute, real. */
  readonly path: string;
  readonly annotations: string | null;
  readonly scannedMs: number | null;
}

export interface MoveName {
  readonly id: string;
  /** As a MoveRecord's. */
  readonly path: string;
  /** Of its file. */
  readonly name: string;
}

export interface RemovedMove {
  readonly id: string;
  readonly path: string;
  /** Whether its video item was taken out, too. */
  readonly isItemRemoved: boolean;
}

/** One vector as the stores give it. */
export interface StoredVector {
  readonly moveId: string;
  readonly kind: EmbeddingKind;
  readonly space: string;
  readonly stamp: number;
  readonly vector: Float32Array;
}

/** Tables of moves. All methods are synchronous. A removed move keeps everything and shows up nowhere. */
export interface MoveStore {
  /** Rises with every change, by this process or another. */
  revision(): number;
  list(): MoveRecord[];
  /** What the moves of `list` are called. Cost: a small part of `list`. */
  names(): MoveName[];
  get(id: string): MoveRecord | null;
  /** Makes a move of a video item, or brings a removed one back; its place is the given one from now on. @returns whether it is new or back. */
  put(move: { readonly id: string; readonly folderId: string | null; readonly path: string; readonly nowMs: number }): boolean;
  setLabels(id: string, origin: Origin, labels: LabelValues): void;
  setAnalysis(id: string, analysis: MoveAnalysis | null): void;
  /** Replaces the embedding of that kind and space. */
  putEmbedding(id: string, embedding: NewEmbedding): void;
  /** Drops embeddings of a kind, all spaces but those named. */
  dropEmbeddings(id: string, kind: EmbeddingKind, keep: (space: string) => boolean): void;
  vectors(filter: { readonly moveId?: string; readonly kind?: EmbeddingKind; readonly space?: string }): StoredVector[];
  /** What vectors there are, without them. */
  vectorIndex(): { readonly moveId: string; readonly kind: EmbeddingKind; readonly space: string; readonly stamp: number }[];
  curves(id: string): MoveCurves | null;
  /** @param document  JSON of MoveCurves */
  putCurves(id: string, document: string): void;
  /** A number for each move with curves, another whenever they are written. Cost: none of the curves is read. */
  curveStamps(): Map<string, number>;
  /** Mean movement of the liveliest clip. Cost: one look into an index. */
  mostMovement(): number;
  remove(ids: readonly string[], nowMs: number): number;
  /** Brings a removed move back to where it was. @returns whether there is one. */
  restore(id: string): boolean;
  /** Moves of a folder that a person took out, as moves or as items, and where their files are. */
  removed(folderId: string): RemovedMove[];
  /** Whether the move was taken out of this folder. */
  isRemoved(id: string, folderId: string): boolean;
  folders(): FolderRecord[];
  addFolder(folder: FolderRecord, nowMs: number): void;
  /** @returns whether the folder is still there. */
  changeFolder(id: string, fields: Partial<Pick<FolderRecord, 'annotations' | 'scannedMs'>>): boolean;
  /** Its moves are removed; which of them were before is forgotten. */
  removeFolder(id: string, nowMs: number): boolean;
  /** When the folder at a path was last removed; null when it never was. */
  folderRemovedMs(path: string): number | null;
  /** All of `work` is stored, or none of it. */
  transaction<Result>(work: () => Result): Result;
}

/** A clip found below a library folder. */
export interface FoundClip {
  readonly path: string;
  readonly name: string;
}

export interface LibraryFiles {
  /** Grants a folder or a file a person named. @throws AppError 'media-not-found', 'path-not-granted' */
  grant(given: string): Promise<{ readonly path: string; readonly isFolder: boolean }>;
  isThere(path: string): Promise<boolean>;
  /** Size and time now; null when there is no such file. */
  look(path: string): Promise<{ readonly sizeBytes: number; readonly modifiedMs: number } | null>;
  /** Files below a folder, sorted; links that leave it are left out. */
  walk(folder: string, signal?: AbortSignal): AsyncIterable<FoundClip>;
  /** A path named by a document, below a granted folder, with its links followed. @throws AppError 'path-not-granted', 'media-not-found' */
  within(folder: string, given: string): Promise<string>;
  /** Below the folder, with forward slashes. */
  relative(folder: string, path: string): string;
  nameOf(path: string): string;
  /** UTF-8 text of a document, without a byte order mark. @throws AppError 'annotations-unreadable' when it is larger, or no text */
  readText(path: string, mostBytes: number): Promise<string>;
}

/** Media items, as far as moves go. */
export interface MoveMedia {
  get(id: string): MediaItem;
  importPaths(paths: readonly string[], signal?: AbortSignal): Promise<{ items: readonly { item: MediaItem; is_new: boolean }[]; rejected: readonly { name: string; error: { message: string; hint?: string | undefined } }[] }>;
  /** Takes an item out; its file stays. */
  remove(id: string): MediaItem;
  restore(id: string): MediaItem;
  /** Size and time of the file as it was imported, and where. */
  record(id: string): { readonly path: string; readonly name: string; readonly sizeBytes: number; readonly modifiedMs: number; readonly isMissing: boolean; readonly removedMs: number | null; readonly probe: Probe };
  /** The file as work begins on it. @throws AppError 'media-missing' after that was noted. */
  source(id: string): { readonly path: string; readonly name: string; readonly probe: Probe };
}

/** Files of embeddings made elsewhere. */
export interface EmbeddingsReader {
  /**
   * The entries of a granted file, a few at a time; none before the whole file was read.
   * @throws AppError 'embeddings-unreadable', 'annotations-unreadable' (too large, no text), the retryable 'host-crashed'; AbortError
   */
  read(file: { readonly path: string; readonly name: string }, mostBytes: number, signal?: AbortSignal): AsyncIterable<readonly EmbeddingEntry[]>;
}

/** Durable vectors. Everything may fail; what it gives is checked against the index of MoveStore. */
export interface VectorStore {
  read(): Promise<StoredVector[]>;
  /** What there is, without the vectors. */
  index(): Promise<{ readonly moveId: string; readonly kind: EmbeddingKind; readonly space: string; readonly stamp: number }[]>;
  /** Adds or replaces, and drops; `isNew` begins with an empty store, whatever is there. */
  write(change: { readonly put: readonly StoredVector[]; readonly drop: readonly { readonly moveId: string; readonly kind: EmbeddingKind; readonly space: string }[]; readonly isNew: boolean }): Promise<void>;
}

/** One query to a matrix. */
export interface ScanQuery {
  /** Unit vectors; null where the query has none. */
  readonly pose: Float32Array | null;
  readonly audio: Float32Array | null;
  readonly text: Float32Array | null;
  readonly weights: { readonly pose: number; readonly audio: number; readonly text: number };
  /** One byte a row, 0 leaves it out; null takes all. */
  readonly mask: Uint8Array | null;
  readonly top: number;
}

export interface ScanHit {
  readonly row: number;
  readonly score: number;
  /** Cosine of each embedding that counted, else null. */
  readonly parts: { readonly pose: number | null; readonly audio: number | null; readonly text: number | null };
}

/** Vectors of moves in memory, row i being the i-th move in order of ids. */
export interface VectorMatrix {
  readonly rows: number;
  readonly bytes: number;
  /** Best first; equal scores in order of rows. */
  search(query: ScanQuery): Promise<ScanHit[]>;
}

/** @param segments  per kind n × dimensions, row after row, all zero where a move has none; copied. */
export type MakeMatrix = (rows: number, segments: Readonly<Record<EmbeddingKind, Float32Array>>) => VectorMatrix;

/** What a clip sounds like. */
export interface ClipEars {
  /** 128 numbers, unit length; null for a clip whose sound is silence. @throws AppError */
  embedding(source: { readonly path: string; readonly name: string; readonly probe: Probe }, signal: AbortSignal): Promise<Float32Array | null>;
}

/** A pose model, where one was added. */
export interface PoseEyes {
  /** Its name, "movenet-lightning"; null while there is none. */
  model(): string | null;
  /** @throws AppError */
  poses(source: { readonly path: string; readonly name: string; readonly probe: Probe }, signal: AbortSignal): Promise<PoseSeries>;
}

/** Features of the picture, made where they are not there. */
export interface MoveFeatures {
  ensure(mediaId: string, options: { readonly signal: AbortSignal }): Promise<unknown>;
}

/** What a clip's movement is, from the features that are stored and the poses that were seen. */
export interface ClipDescriber {
  /** @throws AppError the retryable 'host-crashed'; AbortError */
  describe(mediaId: string, poses: PoseSeries | null, signal: AbortSignal): Promise<ClipDescription>;
}

/** The energy and tempo of a stretch of a song; null while the song is not analysed. */
export type SongStretch = (songId: string, start: number, end: number) => { readonly energy: number; readonly tempo: number | null; readonly name: string } | null;
