/**
 * What follows what, as one table: the jobs that an event of a media item's life starts. The step that sees the event
 * enqueues them; nothing else starts work on its own.
 */
import type { JobKind } from '../../contract/documents/job.ts';
import type { MediaItem } from '../../contract/documents/media-item.ts';
import type { EnqueueRequest } from './job-handler.ts';

interface FollowUp {
  readonly kind: JobKind;
  readonly title: (name: string) => string;
  /** 10 is what a user waits for, 0 background work. */
  readonly priority: number;
  readonly applies: (item: MediaItem) => boolean;
}

const always = (): boolean => true;
const hasPicture = (item: MediaItem): boolean => item.probe.video !== null;
const isFilm = (item: MediaItem): boolean => item.kind === 'video';
const isPlayed = (item: MediaItem): boolean => item.kind !== 'image';
const isSong = (item: MediaItem): boolean => item.kind === 'audio';
const hasSound = (item: MediaItem): boolean => item.probe.audio !== null;

const pipeline = {
  'media-imported': [
    { kind: 'media-poster', title: (name) => `Poster of ${name}`, priority: 9, applies: hasPicture },
    { kind: 'media-peaks', title: (name) => `Waveform of ${name}`, priority: 8, applies: hasSound },
    { kind: 'media-filmstrip', title: (name) => `Filmstrip of ${name}`, priority: 7, applies: isFilm },
    { kind: 'song', title: (name) => `Listen to ${name}`, priority: 6, applies: isSong },
    { kind: 'media-hash', title: (name) => `Identity of ${name}`, priority: 0, applies: always },
  ],
  'media-opened': [{ kind: 'analysis', title: (name) => `Analyse ${name}`, priority: 10, applies: isFilm }],
  'media-unplayable': [{ kind: 'media-proxy', title: (name) => `Playable copy of ${name}`, priority: 10, applies: isPlayed }],
} as const satisfies Record<string, readonly FollowUp[]>;

export type PipelineEvent = keyof typeof pipeline;

/** The jobs to enqueue when `event` happens to `item`; their payload is `{media_id}` and they never run twice at once. */
export function followUps(event: PipelineEvent, item: MediaItem): EnqueueRequest[] {
  const rows: readonly FollowUp[] = pipeline[event];
  return rows
    .filter((row) => row.applies(item))
    .map((row) => ({
      kind: row.kind,
      title: row.title(item.name),
      payload: { media_id: item.id },
      priority: row.priority,
      dedupeKey: `${row.kind}:${item.id}`,
      mediaId: item.id,
    }));
}
