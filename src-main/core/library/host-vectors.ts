/** The vector store behind a host process. */
import { VectorBatchSchema, VectorEntriesSchema, type VectorBatch, type WriteVectorsInput } from '../../contract/hosts/vectors.ts';
import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS } from '../../contract/documents/move.ts';
import type { HostCaller } from '../host.ts';
import type { StoredVector, VectorStore } from './ports.ts';

const DEADLINE_MS = 15_000;
const WRITE_DEADLINE_MS = 120_000;

function vectorsOf({ kind, moves, spaces, stamps, vectors }: VectorBatch): StoredVector[] {
  const length = EMBEDDING_DIMENSIONS[kind];
  return moves.map((moveId, at) => ({ moveId, kind, space: spaces[at] as string, stamp: stamps[at] as number, vector: vectors.subarray(at * length, (at + 1) * length) }));
}

function batchesOf(put: readonly StoredVector[]): VectorBatch[] {
  return EMBEDDING_KINDS.flatMap((kind) => {
    const own = put.filter((each) => each.kind === kind && each.vector.length === EMBEDDING_DIMENSIONS[kind]);
    if (own.length === 0) return [];
    const vectors = new Float32Array(own.length * EMBEDDING_DIMENSIONS[kind]);
    own.forEach(({ vector }, at) => vectors.set(vector, at * EMBEDDING_DIMENSIONS[kind]));
    return [{ kind, moves: own.map(({ moveId }) => moveId), spaces: own.map(({ space }) => space), stamps: Float64Array.from(own, ({ stamp }) => stamp), vectors }];
  });
}

export class HostVectors implements VectorStore {
  readonly #host: HostCaller;
  readonly #folder: string;

  constructor(host: HostCaller, folder: string) {
    this.#host = host;
    this.#folder = folder;
  }

  async read(): Promise<StoredVector[]> {
    const all: StoredVector[] = [];
    const onEvent = (event: unknown): void => void all.push(...vectorsOf(VectorBatchSchema.parse(event)));
    await this.#host.call('readVectors', { folder: this.#folder }, { onEvent, deadlineMs: DEADLINE_MS });
    return all;
  }

  async index(): Promise<{ moveId: string; kind: StoredVector['kind']; space: string; stamp: number }[]> {
    const { entries } = VectorEntriesSchema.parse(await this.#host.call('listVectors', { folder: this.#folder }, { deadlineMs: DEADLINE_MS }));
    return entries.map(({ move, ...rest }) => ({ moveId: move, ...rest }));
  }

  async write({ put, drop, isNew }: Parameters<VectorStore['write']>[0]): Promise<void> {
    const input: WriteVectorsInput = { folder: this.#folder, put: batchesOf(put), drop: drop.map(({ moveId, kind, space }) => ({ move: moveId, kind, space })), is_new: isNew };
    await this.#host.call('writeVectors', input, { deadlineMs: WRITE_DEADLINE_MS });
  }
}
