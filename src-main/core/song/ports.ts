/** What the song step needs from the outside: items, a table of songs, the host that listens, and models of beats. */
import type { Probe } from '../../contract/documents/media-item.ts';
import type { SongEdits, SongInfo } from '../../contract/documents/song.ts';
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';
import type { BeatActivations } from '../../contract/hosts/song.ts';

/** An item's sound; `identity` is what the bytes are. */
export interface SongSource {
  readonly path: string;
  readonly name: string;
  readonly identity: string;
  readonly probe: Probe;
}

export interface SongMedia {
  /** @throws AppError 'media-not-found', 'media-missing' */
  source(mediaId: string): SongSource;
  /** As `source`, also while the file is away. @throws AppError 'media-not-found' */
  identityOf(mediaId: string): { readonly identity: string; readonly name: string; readonly probe: Probe };
  /** Items that are sound only, newest first. */
  songs(): readonly { readonly id: string; readonly name: string; readonly identity: string; readonly probe: Probe }[];
}

export interface SongRecord {
  readonly number: number;
  readonly info: SongInfo;
  readonly edits: SongEdits;
  readonly problem: string | null;
}

/** Key of an analysis: content, version of the program's ear, and where the beats come from. */
export interface AnalysisKey {
  readonly identity: string;
  readonly version: number;
  readonly source: string;
}

/** An analysis as a list shows it, as it was found. */
export interface SongFacts {
  readonly version: number;
  readonly source: string;
  readonly updatedMs: number;
  /** Seconds. */
  readonly duration: number | null;
  readonly tempo: number | null;
  readonly key: string | null;
  readonly timeSignature: SongAnalysis['time_signature'];
  /** Mean of the energy curve, 0..1. */
  readonly energy: number | null;
}

export interface SongStore {
  /** The record of an item, made with its number where there is none. */
  record(mediaId: string): SongRecord;
  /** The item with a number; null when there is none. */
  byNumber(number: number): string | null;
  change(mediaId: string, fields: Partial<Omit<SongRecord, 'number'>>): void;
  analysis(key: AnalysisKey): SongAnalysis | null;
  /** What is known of every analysis of a content, the newest first. Cost: no analysis is read. */
  facts(identity: string): SongFacts[];
  put(key: AnalysisKey, analysis: SongAnalysis, nowMs: number): void;
  /** Moves what is stored under one identity to another (its full hash has become known). */
  adopt(from: string, to: string): void;
}

export interface ListenOptions {
  readonly signal: AbortSignal;
  /** 0..1 */
  readonly onProgress: (done: number) => void;
  readonly onNote?: (line: string) => void;
}

/** Listens to a whole file. */
export interface SongEar {
  /** @throws AppError 'media-no-audio', 'media-unreadable', 'ffmpeg-missing', the retryable 'host-crashed'; AbortError */
  listen(source: SongSource, activations: BeatActivations | null, options: ListenOptions): Promise<SongAnalysis>;
}

/** A model that hears beats, where one was added. */
export interface BeatModel {
  /** Its name as `beat_source` carries it; null while none is there. */
  name(): string | null;
  /** @throws AppError 'model-…' when it cannot be used; AbortError */
  activations(source: SongSource, options: ListenOptions): Promise<BeatActivations>;
}
