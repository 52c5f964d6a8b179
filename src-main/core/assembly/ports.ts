/** What assembly needs from the outside, and what it shares with the steps that use it. */
import type { Artifact } from '../../contract/documents/artifact.ts';
import type { AssemblePayload } from '../../contract/documents/assembly.ts';
import type { VideoCodec } from '../../contract/documents/blueprint.ts';
import type { Probe } from '../../contract/documents/media-item.ts';
import type { OUTPUT_FORMATS } from '../../contract/documents/sonify.ts';
import type { MasterInput, MasterOutput } from '../../contract/hosts/sound.ts';
import type { ColorMatrix } from './graphs/copy-arguments.ts';
import type { AdtsIndex } from './timeline/adts.ts';
import type { StreamIndex } from './timeline/annex-b.ts';

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
export type OriginalAudio = 'drop' | 'mix' | 'duck';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly speed?: number }) => void;
  readonly onCommand?: (program: string, args: readonly string[]) => void;
}

/** Picture packets of a finished file in the order of its table. */
export interface PacketFacts {
  /** Bytes of each. */
  readonly sizes: readonly number[];
  /** Presentation time of each in ticks of 1 / ticksPerSecond. */
  readonly times: readonly number[];
  readonly ticksPerSecond: number;
  readonly startS: number;
  readonly codec: string;
  readonly sound: { readonly startS: number; readonly durationS: number; readonly codec: string } | null;
}

export interface Span {
  readonly startS: number;
  readonly endS: number;
}

/** Pictures of a stream, counted from 0, both ends included; an infinite end is the last one. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

export interface SoundFacts {
  readonly integratedLufs: number | null;
  readonly truePeakDb: number | null;
  readonly silent: readonly Span[];
}

/** FFmpeg for assembly. */
export interface AssemblyTools {
  /** @param options  `input` is what the graph reads from `pipe:0`; what it throws is thrown */
  run(args: readonly string[], durationS: number, options: RunOptions & { readonly input?: AsyncIterable<Uint8Array> }): Promise<void>;
  /** @throws AppError: why the file cannot be used. */
  probe(path: string, name: string, signal: AbortSignal): Promise<Probe>;
  colorsOf(path: string, demuxer: string, signal: AbortSignal): Promise<ColorMatrix>;
  /** Encodes one frame. @returns null when the encoder works, else why not. */
  encoderFault(codec: VideoCodec, signal: AbortSignal): Promise<string | null>;
  packets(path: string, signal: AbortSignal): Promise<PacketFacts>;
  /** Decodes the sound of a file. */
  hear(path: string, demuxer: string, signal: AbortSignal): Promise<SoundFacts>;
  /**
   * Decodes keyframes of raw H.264 as they come, the last of them twice, and looks for runs of black and of three or more like pictures.
   * A run that is open at the end has no last one: its `last` is infinite. @throws AppError 'ffmpeg-failed' where they cannot be decoded; what `pictures` throws
   */
  look(pictures: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<{ readonly black: readonly Run[]; readonly frozen: readonly Run[] }>;
  /** Decodes the first picture and the first sound of a finished film. @throws AppError 'ffmpeg-failed' */
  begin(path: string, signal: AbortSignal): Promise<void>;
}

/** Gain and limiter over a finished track; a method of a host process. */
export interface SoundMaster {
  master(input: MasterInput & { samples: number; sample_rate: number }, options: RunOptions): Promise<MasterOutput>;
}

export interface ClipHashes {
  /** SHA-256 of a file's bytes, hex. */
  sha256(path: string, options: { signal?: AbortSignal }): Promise<string>;
}

/** Files a blueprint names. */
export interface BlueprintFiles {
  /**
   * @returns the real path of a file below its granted root.
   * @throws AppError 'path-not-granted', 'media-missing' (worth another try), 'media-unsupported'
   */
  find(roots: AssemblePayload['roots'], path: string): Promise<string>;
}

/** A range of bytes of a file. */
export interface ByteRange {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** Files that an assembly leaves and uses on its way; what has no `partial` in its name is whole. */
export interface AssemblyFiles {
  artifactPath(id: string, extension: string): string;
  /** Where an intermediate result with this key lives; it outlives a killed process. */
  workPath(key: string, extension: string): string;
  /** Where a clip's normalised copy lives. */
  copyPath(key: string, extension: string): string;
  has(path: string): boolean;
  partialPath(target: string, key?: string): string;
  publish(partial: string, target: string): Promise<number>;
  discard(path: string): Promise<void>;
  sizeOf(path: string): Promise<number>;
  readText(path: string): Promise<string>;
  /** Whole or not at all. */
  writeText(path: string, text: string): Promise<void>;
  indexStream(path: string, signal: AbortSignal): Promise<StreamIndex>;
  indexSound(path: string, signal: AbortSignal): Promise<AdtsIndex>;
  /** Reads byte ranges one after the other, each when it comes. @throws what `ranges` throws */
  read(ranges: AsyncIterable<ByteRange>): AsyncIterable<Uint8Array>;
  /** Writes byte ranges one after the other. */
  joinBytes(ranges: readonly ByteRange[], target: string, signal: AbortSignal): Promise<void>;
  /** Writes whole files at the given places of a file of that size; what is between is zero. */
  placeBytes(pieces: readonly { readonly path: string; readonly at: number }[], sizeBytes: number, target: string, signal: AbortSignal): Promise<void>;
  freeBytes(path: string): Promise<number>;
  /** @throws AppError 'disk-full' */
  requireSpace(path: string, bytes: number): Promise<void>;
  /** Marks copies as used now, and removes those that are old or more than the disk should hold. */
  keepCopies(used: readonly string[], nowMs: number): Promise<void>;
  /** Removes intermediate results that are old or more than the disk should hold. */
  trim(nowMs: number): Promise<void>;
}

export interface AssemblyArtifacts {
  add(artifact: Artifact, path: string): void;
}

export type { AdtsIndex, ColorMatrix, StreamIndex };
