/** Wiring of the steps on media items: import, what is derived, the eye, the ear. */
import { newId, systemClock } from '../adapters/clock/system-clock.ts';
import type { FfmpegPrograms } from '../adapters/ffmpeg/ffmpeg-programs.ts';
import { FfmpegMediaTools } from '../adapters/ffmpeg/media-tools.ts';
import { DiskDerivedFiles } from '../adapters/files/derived-files.ts';
import { DiskMediaFiles } from '../adapters/files/media-files.ts';
import type { SupervisedHost } from '../adapters/host-process/supervised-host.ts';
import { featureBlocks } from '../adapters/sqlite/feature-blocks.ts';
import { mediaStore } from '../adapters/sqlite/media-store.ts';
import { songRepository } from '../adapters/sqlite/song-repository.ts';
import { beatModelOf } from './models.ts';
import { openSongs } from './songs.ts';
import { openLibrary, posesOf, stretchOf } from './library.ts';
import type { Move } from '../contract/documents/move.ts';
import { type JobHandler, type JobQueue, followUps } from '../core/jobs/index.ts';
import type { HostCaller } from '../core/host.ts';
import { HostClipDescriber, HostClipEars } from '../core/library/index.ts';
import type { HostInference } from '../core/models/index.ts';
import { DerivedLibrary, HostMedia, MediaLibrary, derivedHandlers } from '../core/media/index.ts';
import { FeatureLibrary, PicturePairs, analysisHandler } from '../core/vision/index.ts';
import type { Ground } from './ground.ts';

/** What is opened after the media library, and needed by its jobs. */
export interface LateParts {
  queue: JobQueue | null;
  features: FeatureLibrary | null;
  prepareClips: ((moves: readonly Move[]) => void) | null;
}

export function openMedia(ground: Ground, { host, inference, vectors }: { host: SupervisedHost; inference: HostInference; vectors: HostCaller }, late: LateParts) {
  const { database, folder, ffmpeg, events, log } = ground;
  const programs = (): ReturnType<FfmpegPrograms['programs']> => ffmpeg.programs();
  const store = mediaStore(database);
  const tools = new FfmpegMediaTools(ffmpeg);
  const hostMedia = new HostMedia(host, programs);
  const jobs = (): JobQueue => required(late.queue);
  const files = new DiskMediaFiles(folder);
  const blocks = featureBlocks(database);
  const songStore = songRepository(database);
  const library = new MediaLibrary({
    store,
    tools,
    files,
    hashes: hostMedia,
    features: () => required(late.features),
    jobs,
    followUps,
    events,
    clock: systemClock,
    newId,
    log: log.child({ scope: 'media' }),
  });
  const derivedFiles = new DiskDerivedFiles(folder.derived);
  const derived = new DerivedLibrary({ library, store, files: derivedFiles, tools, peaks: hostMedia, clock: systemClock, log: log.child({ scope: 'media' }) });
  const analysis = { media: library, blocks, host, programs, events, clock: systemClock };
  const features = new FeatureLibrary({ ...analysis, jobs });
  const song = openSongs({ host, programs, library, items: store, store: songStore, model: beatModelOf(inference), events, jobs });
  const handlers: JobHandler[] = [...derivedHandlers({ library, derived, hashes: hostMedia, files, derivedFiles, contents: [blocks, songStore] }), analysisHandler(analysis), song.handler];
  const moves = openLibrary(ground, { media: library, files, features, vectorHost: vectors, ears: new HostClipEars(host, programs), describer: new HostClipDescriber(host), poses: posesOf(inference), stretch: stretchOf(song.songs), jobs, prepareClips: (list) => late.prepareClips?.(list) });
  return { library, derived, features, pairs: new PicturePairs(analysis), songs: song.songs, moves, handlers: [...handlers, ...moves.handlers] };
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error('The app is not open yet.');
  return value;
}
