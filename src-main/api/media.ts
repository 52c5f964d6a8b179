/** The operations on media items. Which doors may name paths is decided by door-rules.ts. */
import type { mediaOperations } from '../contract/operations/media.ts';
import type { DerivedLibrary, MediaLibrary, ServedFile } from '../core/media/index.ts';
import type { FileAnswer } from './answer.ts';
import type { HandlersOf } from './handler.ts';
import { localFile } from './local-file.ts';

/** What is under a key never changes; it may be replaced under another one. */
const served = ({ path, mimeType }: ServedFile): Promise<FileAnswer> => localFile(path, { mimeType });

export function mediaHandlers({ library, derived }: { library: MediaLibrary; derived: DerivedLibrary }): HandlersOf<typeof mediaOperations> {
  return {
    listMedia: ({ query }) => ({ items: library.list(query.kind) }),
    importMedia: ({ body }, { signal }) => library.importPaths(body.paths, signal),
    uploadMedia: ({ query, body }, { signal }) => library.importUpload(body, query.name, signal),
    getMedia: ({ params }) => library.get(params.id),
    removeMedia: ({ params }) => library.remove(params.id),
    restoreMedia: ({ params }) => library.restore(params.id),
    relinkMedia: ({ params, body }, { signal }) => library.relink(params.id, body.path, signal),
    getMediaFile: ({ params }) => served(derived.original(params.id)),
    getMediaPlayable: ({ params }) => served(derived.playable(params.id)),
    makeProxy: ({ params }) => ({ job_id: library.requestProxy(params.id) }),
    getPoster: ({ params }) => served(derived.poster(params.id)),
    getFilmstrip: ({ params }) => derived.filmstrip(params.id),
    getFilmstripSheet: ({ params }) => served(derived.filmstripSheet(params.id, params.sheet)),
    getPeaksInfo: ({ params }) => derived.peaksInfo(params.id),
    getPeaks: ({ params }) => served(derived.peaksLevel(params.id, params.level)),
  };
}
