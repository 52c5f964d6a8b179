/** Files a person brings beside clips: annotations, and embeddings made elsewhere (the seed's move_embeddings.json). */
import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS, type EmbeddingKind } from '../../contract/documents/move.ts';
import type { EmbeddingEntry, GivenVector } from '../../contract/hosts/embeddings-file.ts';
import { embeddingsText } from '../../contract/text/en/library-import.ts';
import { Places, applyAnnotations } from './annotations/apply-annotations.ts';
import { readAnnotations } from './annotations/read-annotations.ts';
import { Remarks } from './annotations/remarks.ts';
import type { MoveLibrary } from './move-library.ts';
import type { EmbeddingsReader, LibraryFiles, MoveName, MoveStore } from './ports.ts';
import { importedSpace } from './spaces.ts';

export interface LibraryDocumentsPorts {
  readonly library: MoveLibrary;
  readonly store: MoveStore;
  readonly files: LibraryFiles;
  readonly embeddings: EmbeddingsReader;
}

const MOST_ANNOTATION_BYTES = 16 * 2 ** 20;
const MOST_EMBEDDING_BYTES = 512 * 2 ** 20;

export class LibraryDocuments {
  readonly #ports: LibraryDocumentsPorts;

  constructor(ports: LibraryDocumentsPorts) {
    this.#ports = ports;
  }

  /** Labels moves from a file, those of a folder or all. @throws AppError 'annotations-unreadable', 'library-folder-not-found' */
  async annotate(given: string, folderId: string | null, signal?: AbortSignal): Promise<{ annotated: number; notes: string[] }> {
    const { library, store, files } = this.#ports;
    const folder = folderId === null ? null : library.folder(folderId);
    const { path } = await files.grant(given);
    const name = files.nameOf(path);
    const annotations = readAnnotations(await files.readText(path, MOST_ANNOTATION_BYTES), name);
    const moves = store.list().filter((move) => folder === null || move.folderId === folder.id);
    const { ids, changed, notes } = await applyAnnotations({ store, files, signal }, annotations, name, { folder: folder?.path ?? null, moves });
    if (changed.length > 0) library.announce(changed);
    return { annotated: ids.length, notes };
  }

  /**
   * Takes embeddings of clips that are in the library into a space of their own.
   * @throws AppError 'embeddings-unreadable' when the file holds no list of embeddings; see EmbeddingsReader
   */
  async importEmbeddings(given: string, space: string, signal?: AbortSignal): Promise<{ imported: number; notes: string[] }> {
    const { library, store, files, embeddings } = this.#ports;
    const { path } = await files.grant(given);
    const name = files.nameOf(path);
    const places = new Places(store.names());
    const remarks = new Remarks();
    const imported = new Set<string>();
    let away = 0;
    const take = (entry: EmbeddingEntry): void => {
      const move = moveOf(entry, places);
      if (!move) away += 1;
      else if (this.#take(move, entry, importedSpace(space), remarks)) imported.add(move.id);
    };
    for await (const batch of embeddings.read({ path, name }, MOST_EMBEDDING_BYTES, signal)) {
      store.transaction(() => batch.forEach(take));
      // Other work has its turn after each batch.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    if (imported.size > 0) library.announce([...imported]);
    return { imported: imported.size, notes: [...remarks.sentences(), ...(away > 0 ? [embeddingsText.partlyAway(away)] : [])] };
  }

  /** @returns whether the entry had a vector. */
  #take(move: MoveName, entry: EmbeddingEntry, space: string, remarks: Remarks): boolean {
    let isTaken = false;
    for (const kind of EMBEDDING_KINDS) {
      const vector = entry[kind];
      if (vector instanceof Float32Array) {
        this.#ports.store.putEmbedding(move.id, { kind, space, note: embeddingsText.imported, vector });
        isTaken = true;
      } else if (vector !== null) remarks.add('vector', embeddingsText.badVector(move.name, kind, reasonOf(vector, kind)));
    }
    return isTaken;
  }
}

function moveOf({ video_path: path, clip_id: clip, move_id: move }: EmbeddingEntry, places: Places<MoveName>): MoveName | null {
  const found = path === null ? [] : places.at(path.replaceAll('\\', '/'));
  if (found.length === 1) return found[0] ?? null;
  const id = clip ?? move;
  const called = id === null ? [] : places.called(id);
  return called.length === 1 ? (called[0] ?? null) : null;
}

function reasonOf(fault: Exclude<GivenVector, Float32Array | null>, kind: EmbeddingKind): string {
  if (fault.fault === 'length') return embeddingsText.wrongLength(fault.got, EMBEDDING_DIMENSIONS[kind]);
  return fault.fault === 'zero' ? embeddingsText.isZero : embeddingsText.notNumbers;
}
