/** Wiring of the song step: who listens, what is stored, which model hears beats. */
import type { SupervisedHost } from '../adapters/host-process/supervised-host.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import type { Programs } from '../contract/hosts/analysis.ts';
import type { EventSink } from '../core/event-sink.ts';
import type { JobHandler, JobQueue } from '../core/jobs/index.ts';
import type { MediaLibrary } from '../core/media/index.ts';
import type { MediaStore } from '../core/media/ports.ts';
import { HostEar, Songs, songHandler } from '../core/song/index.ts';
import type { BeatModel, SongMedia, SongStore } from '../core/song/ports.ts';

export interface SongParts {
  readonly host: SupervisedHost;
  readonly programs: () => Promise<Programs>;
  readonly library: MediaLibrary;
  readonly items: MediaStore;
  readonly store: SongStore;
  readonly model: BeatModel;
  readonly events: EventSink;
  readonly jobs: () => JobQueue;
}

export function openSongs({ host, programs, library, items, store, model, events, jobs }: SongParts): { songs: Songs; handler: JobHandler } {
  const media: SongMedia = {
    source: (id) => library.source(id),
    identityOf: (id) => library.identityOf(id),
    songs: () => items.list('audio'),
  };
  const songs = new Songs({ media, store, model, jobs, events });
  return { songs, handler: songHandler({ songs, media, store, ear: new HostEar(host, programs), model, clock: systemClock }) };
}
