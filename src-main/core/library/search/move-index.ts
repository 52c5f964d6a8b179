/**
 * All moves with their vectors in memory. Vectors come from the vector store, checked against the database's index; what the
 * store does not hold as it should comes from the database's own copy, so every path gives the same. They are kept for a while
 * and brought up to date when the library's revision rises.
 */
import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS, type EmbeddingKind } from '../../../contract/documents/move.ts';
import { toAppError } from '../../../contract/errors.ts';
import { searchText } from '../../../contract/text/en/library-import.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { valuesOf } from '../labels.ts';
import { chosenEmbedding } from '../move-document.ts';
import type { LabelValues, MakeMatrix, MoveRecord, MoveStore, StoredVector, VectorMatrix, VectorStore } from '../ports.ts';
import { labelFeatures } from '../text/lexical-embedding.ts';
import type { FeatureCounts } from '../text/query-words.ts';

export interface MoveIndexPorts {
  readonly store: MoveStore;
  /** Null where there is none: the database's copy is then all there is. */
  readonly vectors: VectorStore | null;
  readonly makeMatrix: MakeMatrix;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when the store could not be read, or held less than it should. */
  readonly repair: () => void;
  /** Seconds vectors are kept; 0 reads them for every search. */
  readonly cacheS: () => number;
}

export type Spaces = Readonly<Record<EmbeddingKind, string | null>>;
export type VectorSource = 'memory' | 'lancedb' | 'sqlite';

/** The library as one search sees it; row i is the i-th move in order of ids. */
export interface LoadedMoves {
  readonly records: readonly MoveRecord[];
  readonly values: readonly LabelValues[];
  readonly rowOf: ReadonlyMap<string, number>;
  readonly counts: FeatureCounts;
  readonly source: VectorSource;
  readonly notes: readonly string[];
  /** The unit vector of a move; null when it has none in that space. */
  vector(id: string, kind: EmbeddingKind, space: string): Float32Array | null;
  /** The moves' vectors in these spaces. */
  matrix(spaces: Spaces): VectorMatrix;
}

const keyOf = ({ moveId, kind, space }: { moveId: string; kind: string; space: string }): string => `${moveId}/${kind}/${space}`;
const byId = (a: MoveRecord, b: MoveRecord): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Length 1, so that an inner product is a cosine; null for what has no direction. */
export function unit(vector: Float32Array): Float32Array | null {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return sum > 0 && Number.isFinite(sum) ? vector.map((value) => value / Math.sqrt(sum)) : null;
}

interface Held {
  readonly stamp: number;
  readonly vector: Float32Array | null;
}

export class MoveIndex {
  readonly #ports: MoveIndexPorts;
  #held = new Map<string, Held>();
  #readMs = Number.NEGATIVE_INFINITY;
  #loaded: { readonly revision: number; readonly moves: LoadedMoves } | null = null;
  #loading: Promise<LoadedMoves> | null = null;

  constructor(ports: MoveIndexPorts) {
    this.#ports = ports;
  }

  /** The library as it is now. Cost: nothing while it is unchanged and cached. */
  current(): Promise<LoadedMoves> {
    const { store, clock, cacheS } = this.#ports;
    const isFresh = clock.nowMs() - this.#readMs < cacheS() * 1000;
    if (isFresh && this.#loaded?.revision === store.revision()) return Promise.resolve(this.#loaded.moves);
    this.#loading ??= this.#load(isFresh).finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** Lets go of everything in memory. */
  forget(): void {
    [this.#held, this.#loaded, this.#readMs] = [new Map(), null, Number.NEGATIVE_INFINITY];
  }

  async #load(isFresh: boolean): Promise<LoadedMoves> {
    const { store, clock } = this.#ports;
    let [source, notes]: [VectorSource, string[]] = ['memory', []];
    if (!isFresh) {
      const read = await this.#read();
      this.#held = read.held;
      [source, notes] = [read.source, read.notes];
      this.#readMs = clock.nowMs();
    }
    const held = this.#held.size;
    // One view: revision, index and moves are read without anything in between.
    const revision = store.revision();
    this.#complete();
    if (source === 'lancedb' && held !== this.#held.size) {
      // An empty store is one that was never filed, or was taken away: the database's copy is searched.
      this.#ports.repair();
      if (held === 0) source = 'sqlite';
    }
    const moves = this.#view(source, notes);
    this.#loaded = { revision, moves: source === 'memory' ? moves : { ...moves, source: 'memory', notes: [] } };
    return moves;
  }

  async #read(): Promise<{ held: Map<string, Held>; source: VectorSource; notes: string[] }> {
    const { vectors, log, repair } = this.#ports;
    if (vectors === null) return { held: new Map(), source: 'sqlite', notes: [] };
    try {
      const read = await vectors.read();
      return { held: new Map(read.map((each) => [keyOf(each), heldOf(each)])), source: 'lancedb', notes: [] };
    } catch (error) {
      log.warn({ code: toAppError(error).code, err: error }, 'the vector store could not be read');
      repair();
      return { held: new Map(), source: 'sqlite', notes: [searchText.lancedbFailed] };
    }
  }

  /** Makes what is held exactly what the database says there is. */
  #complete(): void {
    const { store } = this.#ports;
    const index = store.vectorIndex();
    const next = new Map<string, Held>();
    const wanting = new Set<string>();
    for (const entry of index) {
      const key = keyOf(entry);
      const held = this.#held.get(key);
      if (held?.stamp === entry.stamp) next.set(key, held);
      else wanting.add(entry.moveId);
    }
    const all = wanting.size > index.length / 20 ? store.vectors({}) : [...wanting].flatMap((moveId) => store.vectors({ moveId }));
    for (const stored of all) next.set(keyOf(stored), heldOf(stored));
    this.#held = next;
  }

  #view(source: VectorSource, notes: readonly string[]): LoadedMoves {
    const records = this.#ports.store.list().sort(byId);
    const values = records.map(valuesOf);
    const held = this.#held;
    const vector = (id: string, kind: EmbeddingKind, space: string): Float32Array | null => held.get(keyOf({ moveId: id, kind, space }))?.vector ?? null;
    const matrices = new Map<string, VectorMatrix>();
    let counts: FeatureCounts | null = null;
    const { makeMatrix } = this.#ports;
    return {
      records,
      values,
      rowOf: new Map(records.map(({ id }, row) => [id, row])),
      get counts() {
        return (counts ??= countsOf(values));
      },
      source,
      notes,
      vector,
      matrix(spaces) {
        const key = EMBEDDING_KINDS.map((kind) => spaces[kind] ?? '').join(' ');
        const made = matrices.get(key) ?? makeMatrix(records.length, segmentsOf(records, spaces, vector));
        matrices.set(key, made);
        return made;
      },
    };
  }
}

function heldOf({ stamp, kind, vector }: StoredVector): Held {
  return { stamp, vector: vector.length === EMBEDDING_DIMENSIONS[kind] ? unit(vector) : null };
}

function segmentsOf(records: readonly MoveRecord[], spaces: Spaces, vector: LoadedMoves['vector']): Record<EmbeddingKind, Float32Array> {
  const segment = (kind: EmbeddingKind): Float32Array => {
    const length = EMBEDDING_DIMENSIONS[kind];
    const space = spaces[kind];
    const all = new Float32Array(records.length * length);
    if (space !== null) for (const [row, { id }] of records.entries()) all.set(vector(id, kind, space) ?? [], row * length);
    return all;
  };
  return { pose: segment('pose'), audio: segment('audio'), text: segment('text') };
}

function countsOf(values: readonly LabelValues[]): FeatureCounts {
  const counts = new Map<string, number>();
  for (const labels of values) for (const name of labelFeatures(labels).keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return { moves: values.length, count: (feature) => counts.get(feature) ?? 0 };
}

/** The spaces a move is compared in: where it has several, the preferred one, then a computed one. */
export function spacesOf(record: MoveRecord, preferred?: string): Spaces {
  return Object.fromEntries(EMBEDDING_KINDS.map((kind) => [kind, chosenEmbedding(record.embeddings, kind, preferred)?.space ?? null])) as Record<EmbeddingKind, string | null>;
}
