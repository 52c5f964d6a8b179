/** The operations on the library of moves. Which doors may name paths is decided by door-rules.ts. */
import type { libraryOperations } from '../contract/operations/library.ts';
import type { LibraryDocuments, MoveLibrary, MoveSearch } from '../core/library/index.ts';
import type { HandlersOf } from './handler.ts';

export interface LibraryServices {
  readonly library: MoveLibrary;
  readonly search: MoveSearch;
  readonly documents: LibraryDocuments;
}

export function libraryHandlers({ library, search, documents }: LibraryServices): HandlersOf<typeof libraryOperations> {
  return {
    addLibraryFolder: async ({ body }) => ({ job_id: await library.add(body.paths, body.annotations) }),
    listLibraryFolders: async () => ({ folders: await library.folders() }),
    scanLibraryFolder: ({ params }) => ({ job_id: library.scan(params.id) }),
    removeLibraryFolder: ({ params }) => library.removeFolder(params.id),
    addMovesFromMedia: ({ body }) => ({ moves: library.addFromMedia(body.media_ids) }),
    importAnnotations: ({ body }, { signal }) => documents.annotate(body.path, body.folder_id ?? null, signal),
    importEmbeddings: ({ body }, { signal }) => documents.importEmbeddings(body.path, body.space, signal),
    listMoves: () => ({ moves: library.list() }),
    getMove: ({ params }) => library.get(params.id),
    getMoveCurves: ({ params }) => library.curves(params.id),
    analyzeMoves: ({ body }) => ({ job_id: library.analyze(body.ids) }),
    changeMoveLabels: async ({ body }) => {
      const { ids, undo } = await library.label(body.changes);
      return { moves: library.documents(ids), undo };
    },
    removeMoves: ({ body }) => ({ removed: library.remove(body.ids) }),
    searchMoves: ({ body }) => search.search(body),
  };
}
