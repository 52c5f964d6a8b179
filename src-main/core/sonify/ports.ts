/** What Sonify needs from the outside. Adapters and the composition root implement it. */
import type { Artifact, Verification } from '../../contract/documents/artifact.ts';
import type { Mapping } from '../../contract/documents/mapping.ts';
import type { MediaItem } from '../../contract/documents/media-item.ts';
import type { InspectPerformanceOutput, ReplayInput } from '../../contract/hosts/performance.ts';
import type { FeatureChunk, MasterInput, MasterOutput, RenderInput, RenderOutput } from '../../contract/hosts/sound.ts';

export interface Progress {
  /** 0..1 */
  readonly done: number;
  /** Multiple of real time. */
  readonly speed?: number;
}

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** The sound methods of a host process. A crash rejects with the retryable `host-crashed`. */
export interface SoundHost {
  render(input: RenderInput, options: RunOptions): Promise<RenderOutput>;
  /** A recorded performance rendered again. @param input  besides the message, the rate, for progress. */
  replay(input: ReplayInput & { sample_rate: number }, options: RunOptions): Promise<void>;
  /** What a performance's file says of itself; reads all of it. @throws AppError 'performance-invalid' */
  inspectPerformance(eventsPath: string, options: RunOptions): Promise<InspectPerformanceOutput>;
  /** @param input  besides the message, the length of the source, for progress. */
  master(input: MasterInput & { samples: number; sample_rate: number }, options: RunOptions): Promise<MasterOutput>;
}

/** Media as Sonify sees it: an item and where its file is. */
export interface SonifyMedia {
  get(id: string): MediaItem;
  /** Absolute path of the file. @throws AppError `media-missing` */
  pathOf(id: string): string;
}

/** Analysed features as Sonify reads them. */
export interface SonifyFeatures {
  /** Key of the series (identity and algorithm), or null while it is not complete. */
  readyKey(mediaId: string): string | null;
  /** Analyses what is not analysed yet. @returns the key of the complete series. */
  ensure(mediaId: string, options: RunOptions): Promise<string>;
  /** Frames of the complete series. */
  frames(mediaId: string): number;
  /** Chunk by chunk from 0, null after the last. */
  chunk(mediaId: string, index: number): FeatureChunk | null;
  /** The chunk that holds the frame shown at a time. */
  chunkIndexAt(mediaId: string, timeS: number): number;
}

/** FFmpeg for the film with its new sound. */
export interface FilmMaker {
  /** Runs one FFmpeg with the given arguments; progress against `durationS`. */
  run(args: readonly string[], durationS: number, options: RunOptions & { onCommand?: (program: string, args: readonly string[]) => void }): Promise<void>;
  /** Stream facts of a file, for verification; loudness by decoding the whole of its sound, where asked for. */
  inspect(path: string, options: { signal: AbortSignal; withLoudness: boolean; demuxer?: string }): Promise<FilmFacts>;
}

export interface FilmFacts {
  readonly durationS: number;
  readonly video: { readonly frames: number; readonly startS: number; readonly durationS: number; readonly codec: string } | null;
  readonly audio: { readonly startS: number; readonly durationS: number; readonly codec: string; readonly integratedLufs: number | null; readonly truePeakDb: number | null } | null;
}

/** Files that a render leaves and uses on its way. */
export interface WorkFiles {
  /** Where a finished artifact of this id and extension lives. */
  artifactPath(id: string, extension: string): string;
  hasArtifact(id: string, extension: string): boolean;
  /** Where an intermediate result with this key lives; it outlives a killed process. */
  workPath(key: string, extension: string): string;
  /** Whether a finished intermediate result is there. */
  hasWork(key: string, extension: string): boolean;
  /** A name beside `target` to write to; nothing under it counts as done. The same key gives the same name, so that a resumed job leaves none. */
  partialPath(target: string, key?: string): string;
  /** Makes what was written to `partial` durable and gives it its name, in one step. */
  publish(partial: string, target: string): Promise<number>;
  discard(path: string): Promise<void>;
  /** Removes intermediate results that are old or more than the disk should hold. */
  trim(nowMs: number): Promise<void>;
  /** Whether the file lies in the data folder. */
  isKept(path: string): boolean;
  /** Copies, or links where the file system can. */
  copy(source: string, target: string): Promise<void>;
  /** @throws AppError `disk-full` when fewer than `bytes` are free where `path` lies. */
  requireSpace(path: string, bytes: number): Promise<void>;
}

export interface ArtifactStore {
  add(artifact: Artifact, path: string): void;
  get(id: string): Artifact | null;
  pathOf(id: string): string | null;
  list(filter: { mediaId?: string; projectId?: string }): Artifact[];
  remove(id: string): void;
}

/** The user's mappings. */
export interface MappingStore {
  list(): Mapping[];
  get(id: string): Mapping | null;
  save(mapping: Mapping): void;
  remove(id: string): boolean;
}

export type { CompiledMapping } from './mapping/index.ts';
export type { SessionStore, StoredFrame } from './live/ports.ts';
export type { Verification };
