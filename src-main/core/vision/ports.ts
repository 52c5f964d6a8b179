/** What the vision step needs from the outside: where a film is, a host that analyses it, and storage for its features. */
import type { DerivedState, Probe } from '../../contract/documents/media-item.ts';
import type { Programs } from '../../contract/hosts/analysis.ts';

/** A media item as the analysis sees it. */
export interface VideoSource {
  readonly mediaId: string;
  /** What the bytes are, wherever the file lies: the key of everything derived from them. */
  readonly identity: string;
  readonly name: string;
  /** Absolute path of the granted file. */
  readonly path: string;
  readonly probe: Probe;
}

export interface AnalysisMedia {
  /** @throws AppError 'media-not-found', 'media-missing' */
  source(mediaId: string): VideoSource;
  /** The same without a look at the disk. */
  identityOf(mediaId: string): { readonly identity: string; readonly name: string; readonly probe: Probe };
  /** Announces that what is derived from the item changed. */
  changed(mediaId: string): void;
}

/** The programs a host starts; looked for once. @throws AppError 'ffmpeg-missing' */
export type FindPrograms = () => Promise<Programs>;

/** A series is one algorithm's view of one content at one raster. */
export interface SeriesKey {
  readonly identity: string;
  readonly version: number;
  /** Analysis raster in pixels. */
  readonly width: number;
  readonly height: number;
}

export interface SeriesRecord {
  /** Never used twice, so what is cached under it never changes its meaning. */
  readonly id: number;
  readonly key: SeriesKey;
  readonly isComplete: boolean;
  /** Frames stored so far, blocks and tail. */
  readonly frames: number;
  /** End of the last stored frame in seconds. */
  readonly endS: number;
  /** When it was written last: one that grows no more was left by a killed process. */
  readonly updatedMs: number;
}

/** Frames of a block; every block of a series but the last has this many. */
export const BLOCK_FRAMES = 1800;
/** Frames that one node of each pyramid level sums up. */
export const LEVEL_FRAMES = [16, 256] as const;
export type Level = 0 | 1;

/** A block as it is stored: one array per column, and its pyramid. */
export interface FeatureBlock {
  readonly index: number;
  readonly frames: number;
  /** Seconds, ascending. */
  readonly timestamps: Float64Array;
  /** columns × frames, column after column. */
  readonly columns: Float32Array;
  /** Per level: columns × nodes × (min, max, mean), column after column. */
  readonly levels: readonly [Float32Array, Float32Array];
}

/** The frames after the last whole block of a series that still grows. */
export interface FeatureTail {
  readonly firstFrame: number;
  /** n × 53, row after row. */
  readonly rows: Float32Array;
  readonly timestamps: Float64Array;
}

/** What one write adds to a series. */
export interface SeriesPart {
  readonly blocks: readonly FeatureBlock[];
  /** Replaces the tail. */
  readonly tail: FeatureTail | null;
  /** Frames of the series after this, blocks and tail. */
  readonly frames: number;
  /** End of its last frame, seconds. */
  readonly endS: number;
  readonly nowMs: number;
}

/**
 * Storage of series, and nothing more: what a block means, caching and queries are core's. A series that is being
 * written is private to its writer until it is complete; then it replaces every other one under its key.
 */
export interface FeatureBlocks {
  /** The complete series of a key, else the one that has grown furthest; null when there is none. */
  find(key: SeriesKey): SeriesRecord | null;
  /** Every series of a content, whatever made it. */
  list(identity: string): SeriesRecord[];
  create(key: SeriesKey, nowMs: number): SeriesRecord;
  /** Stores whole blocks and what is left over, in one step. @throws AppError 'not-found' when the series was removed. */
  write(id: number, part: SeriesPart): void;
  /** Makes it the series of its key and removes the others. */
  complete(id: number, endS: number): void;
  remove(id: number): void;
  /** Moves what is stored under one identity to another (its full hash has become known). */
  adopt(from: string, to: string): void;
  /** One column of one block; null when that block is not stored. */
  column(id: number, block: number, column: number): Float32Array | null;
  timestamps(id: number, block: number): Float64Array | null;
  /** (min, max, mean) of every node of one column, blocks joined in order. */
  level(id: number, column: number, level: Level): Float32Array;
  tail(id: number): FeatureTail | null;
}

export interface FeatureStates {
  /** State of the features of a content. */
  stateOf(identity: string, probe: Probe): DerivedState;
}
