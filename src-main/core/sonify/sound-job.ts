/** What a render makes, whatever it is made from: a film through a mapping, or a recorded performance. */
import type { Mapping } from '../../contract/documents/mapping.ts';
import type { ExportSettings } from '../../contract/documents/sonify.ts';
import type { FilmSource } from '../assembly/index.ts';

/** Features of a film through a mapping. */
export interface MappedSound {
  readonly kind: 'mapped';
  readonly mapping: Mapping;
  readonly seed: number;
  readonly mediaId: string;
}

/** A stretch of a performance: its recorded sound where that is still there, its events in any case. */
export interface PerformedSound {
  readonly kind: 'performed';
  readonly eventsPath: string;
  readonly recording: { readonly path: string; readonly firstSample: number; readonly samples: number } | null;
  /** In samples since the instrument began. */
  readonly firstSample: number;
}

export interface SoundJob {
  /** Names everything the sound before its loudness depends on. */
  readonly key: string;
  /** Of the result, without extension. */
  readonly name: string;
  /** What it was made from, in a few words without names of files. */
  readonly origin: string;
  readonly provenance: Readonly<Record<string, string | number>>;
  readonly settings: ExportSettings;
  readonly samples: number;
  readonly sampleRate: number;
  readonly sound: MappedSound | PerformedSound;
  /** The film it is laid under; null for sound alone. */
  readonly film: FilmSource | null;
  readonly mediaId: string | null;
  /** Pictures the result must have; null where the film is taken whole, and for sound alone. */
  readonly pictures: number | null;
}
