/** Files a person brings beside clips: annotations, and embeddings made elsewhere (the seed's move_embeddings.json). */
import { AppError } from '../../contract/errors.ts';
import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS, type EmbeddingKind } from '../../contract/documents/move.ts';
import { annotationsText, embeddingsText } from '../../contract/text/en/library-import.ts';
import { Places, applyAnnotations } from './annotations/apply-annotations.ts';
import { readAnnotations } from './annotations/read-annotations.ts';
import { Remarks } from './annotations/remarks.ts';
import type { MoveLibrary } from './move-library.ts';
import type { LibraryFiles, MoveRecord, MoveStore } from './ports.ts';
import { importedSpace } from './spaces.ts';

export interface LibraryDocumentsPorts {
  readonly library: MoveLibrary;
  readonly store: MoveStore;
  readonly files: LibraryFiles;
}

const MOST_ANNOTATION_BYTES = 16 * 2 ** 20;
const MOST_EMBEDDING_BYTES = 512 * 2 ** 20;
const BATCH = 50;

type Entry = Readonly<Record<string, unknown>>;

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
   * @throws AppError 'embeddings-unreadable' when the file holds no list of embeddings
   */
  async importEmbeddings(given: string, space: string, signal?: AbortSignal): Promise<{ imported: number; notes: string[] }> {
    const { library, store, files } = this.#ports;
    const { path } = await files.grant(given);
    const name = files.nameOf(path);
    const entries = entriesOf(await files.readText(path, MOST_EMBEDDING_BYTES), name);
    const places = new Places(store.list());
    const remarks = new Remarks();
    const imported = new Set<string>();
    let away = 0;
    for (const [at, entry] of entries.entries()) {
      if (at % BATCH === 0) await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      const move = moveOf(entry, places);
      if (!move) away += 1;
      else if (this.#take(move, entry, importedSpace(space), remarks)) imported.add(move.id);
    }
    if (imported.size > 0) library.announce([...imported]);
    return { imported: imported.size, notes: [...remarks.sentences(), ...(away > 0 ? [embeddingsText.partlyAway(away)] : [])] };
  }

  #take(move: MoveRecord, entry: Entry, space: string, remarks: Remarks): boolean {
    const { store } = this.#ports;
    const found = EMBEDDING_KINDS.flatMap((kind) => {
      const vector = vectorOf(entry[`${kind}_embedding`], kind, move.media.name, remarks);
      return vector ? [{ kind, vector }] : [];
    });
    if (found.length > 0) store.transaction(() => found.forEach(({ kind, vector }) => store.putEmbedding(move.id, { kind, space, note: embeddingsText.imported, vector })));
    return found.length > 0;
  }
}

function entriesOf(text: string, name: string): Entry[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new AppError('embeddings-unreadable', annotationsText.notJson(name, cause instanceof Error ? cause.message.slice(0, 120) : ''), { hint: annotationsText.repairIt, cause });
  }
  const wrapped = document as { embeddings?: unknown; moves?: unknown; clips?: unknown } | null;
  const list = [document, wrapped?.embeddings, wrapped?.moves, wrapped?.clips].find(Array.isArray) as unknown[] | undefined;
  if (!list) throw new AppError('embeddings-unreadable', embeddingsText.noList(name), { hint: embeddingsText.known });
  return list.filter((entry): entry is Entry => typeof entry === 'object' && entry !== null && !Array.isArray(entry));
}

function moveOf(entry: Entry, places: Places): MoveRecord | null {
  const { video_path: path, clip_id: clip, move_id: move } = entry;
  const found = typeof path === 'string' ? places.at(path.replaceAll('\\', '/')) : [];
  if (found.length === 1) return found[0] ?? null;
  const id = typeof clip === 'string' ? clip : typeof move === 'string' ? move : null;
  const called = id === null ? [] : places.called(id);
  return called.length === 1 ? (called[0] ?? null) : null;
}

function vectorOf(value: unknown, kind: EmbeddingKind, clip: string, remarks: Remarks): Float32Array | null {
  if (value === undefined || value === null) return null;
  const refuse = (why: string): null => (remarks.add('vector', embeddingsText.badVector(clip, kind, why)), null);
  if (!Array.isArray(value)) return refuse(embeddingsText.notNumbers);
  if (value.length !== EMBEDDING_DIMENSIONS[kind]) return refuse(embeddingsText.wrongLength(value.length, EMBEDDING_DIMENSIONS[kind]));
  if (!value.every((each) => typeof each === 'number' && Number.isFinite(each) && Math.abs(each) < 1e18)) return refuse(embeddingsText.notNumbers);
  const vector = Float32Array.from(value as number[]);
  return vector.some((each) => each !== 0) ? vector : refuse(embeddingsText.isZero);
}
