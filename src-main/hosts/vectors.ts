/**
 * The vector host: LanceDB, and files of embeddings, in a process of their own, which may crash or be killed without loss: the
 * database has a copy.
 */
import { setPriority } from 'node:os';

import { listVectors, readVectors, writeVectors } from '../adapters/lancedb/vector-tables.ts';
import { ListVectorsInputSchema, ReadVectorsInputSchema, WriteVectorsInputSchema } from '../contract/hosts/vectors.ts';
import type { HostMethods } from '../core/host.ts';
import { readEmbeddingsMethod } from './methods/read-embeddings.ts';
import { serveParent } from './serve-parent.ts';

const BATCH_NICENESS = 10;

export const methods: HostMethods = {
  readVectors: async (input, { signal, emit }) => {
    for await (const batch of readVectors(ReadVectorsInputSchema.parse(input).folder)) {
      signal.throwIfAborted();
      emit(batch);
    }
    return {};
  },
  listVectors: async (input) => ({ entries: await listVectors(ListVectorsInputSchema.parse(input).folder) }),
  readEmbeddings: readEmbeddingsMethod,
  writeVectors: async (input) => {
    await writeVectors(WriteVectorsInputSchema.parse(input));
    return {};
  },
};

setPriority(BATCH_NICENESS);
serveParent(methods);
