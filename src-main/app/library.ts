/** Wiring of the library of moves: tables, folders, vectors, eyes and ears for clips, search. */
import { newId, systemClock } from '../adapters/clock/system-clock.ts';
import { DiskLibraryFiles } from '../adapters/files/library-files.ts';
import { nativeMatrix } from '../adapters/native/vector-matrix.ts';
import { moveStore } from '../adapters/sqlite/move-store.ts';
import type { LibraryServices } from '../api/library.ts';
import type { Move } from '../contract/documents/move.ts';
import type { HostCaller } from '../core/host.ts';
import type { JobHandler, JobQueue } from '../core/jobs/index.ts';
import { type ClipDescriber, type ClipEars, HostEmbeddings, HostVectors, LibraryDocuments, MoveIndex, MoveLibrary, MoveSearch, type PoseEyes, type SongStretch, VectorFiling, analysisKey, importHandler, moveAnalysisHandler, stretchOfSong } from '../core/library/index.ts';
import type { MediaFiles, MediaLibrary } from '../core/media/index.ts';
import type { HostInference } from '../core/models/index.ts';
import type { Songs } from '../core/song/index.ts';
import type { FeatureLibrary } from '../core/vision/index.ts';
import type { Ground } from './ground.ts';

export interface LibraryParts {
  readonly media: MediaLibrary;
  readonly files: MediaFiles;
  readonly features: FeatureLibrary;
  readonly vectorHost: HostCaller;
  readonly ears: ClipEars;
  readonly describer: ClipDescriber;
  readonly poses: PoseEyes;
  readonly stretch: SongStretch;
  readonly jobs: () => JobQueue;
  /** Makes clips ready for films, once they are known. */
  readonly prepareClips: (moves: readonly Move[]) => void;
}

/** The pose model, where one was added. */
export function posesOf(inference: HostInference): PoseEyes {
  return { model: () => inference.poseModel(), poses: (source, signal) => inference.poses(source, { signal }) };
}


/** Stretches of songs as they were analysed and edited. */
export function stretchOf(songs: Songs): SongStretch {
  return (id, start, end) => {
    const { name, analysis } = songs.get(id);
    return analysis && { name, ...stretchOfSong(analysis, start, end) };
  };
}

const DEFAULT_TOP = 20;
const DEFAULT_CACHE_S = 3600;
/** Changes are gathered for so long before LanceDB gets them. */
const FILE_MS = 5000;

/** A whole number of the environment in its range; null where there is none. */
function environmentNumber(name: string, least: number, most: number): number | null {
  const value = Number(process.env[name] ?? '');
  return process.env[name] !== undefined && Number.isInteger(value) && value >= least && value <= most ? value : null;
}

export function openLibrary({ database, events, settings, log, folder }: Ground, { media, vectorHost, ears, describer, files: mediaFiles, features, poses, stretch, jobs, prepareClips }: LibraryParts): LibraryServices & { readonly handlers: JobHandler[]; close(): Promise<void> } {
  const store = moveStore(database);
  const files = new DiskLibraryFiles(mediaFiles);
  const scope = log.child({ scope: 'library' });
  const vectors = new HostVectors(vectorHost, folder.vectors);
  const filing = new VectorFiling({ store, vectors, log: scope, delayMs: FILE_MS });
  const fileSoon = (): void => filing.soon();
  const library = new MoveLibrary({ store, media, files, jobs, events, clock: systemClock, analysisKey: () => analysisKey(poses), fileSoon });
  const cacheS = (): number => settings.read().library?.cache_s ?? environmentNumber('MOVE_EMBEDDINGS_CACHE_TTL', 0, 604_800) ?? DEFAULT_CACHE_S;
  const top = (): number => settings.read().library?.top ?? environmentNumber('VECTOR_SEARCH_TOP_K', 1, 1000) ?? DEFAULT_TOP;
  const index = new MoveIndex({ store, vectors, repair: fileSoon, makeMatrix: nativeMatrix, clock: systemClock, log: scope, cacheS });
  const search = new MoveSearch({ index, store, stretch, log: scope, top, elapsedMs: () => performance.now() });
  const documents = new LibraryDocuments({ library, store, files, embeddings: new HostEmbeddings(vectorHost) });
  const handlers = [importHandler({ library, store, media, files, jobs, clock: systemClock, newId }), moveAnalysisHandler({ library, store, media, features, poses, ears, describer, file: () => filing.now(), known: () => prepareClips(library.list()) })];
  return { library, search, documents, handlers, close: () => filing.close() };
}
