/** Messages of the vector host: the durable copy of embeddings in LanceDB. The folder is the data folder's, named by the main process. */
import { z } from 'zod';

import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS } from '../documents/move.ts';

const folder = z.string().min(1);
const name = z.string().min(1).max(80);

/** Vectors of one kind: n moves and spaces, n stamps, n × dimensions floats. */
export const VectorBatchSchema = z
  .object({
    kind: z.enum(EMBEDDING_KINDS),
    moves: z.array(name),
    spaces: z.array(name),
    stamps: z.instanceof(Float64Array),
    vectors: z.instanceof(Float32Array),
  })
  .refine(({ kind, moves, spaces, stamps, vectors }) => spaces.length === moves.length && stamps.length === moves.length && vectors.length === moves.length * EMBEDDING_DIMENSIONS[kind], 'a batch whose parts do not fit');
export type VectorBatch = z.infer<typeof VectorBatchSchema>;

/** `readVectors`: events are batches. */
export const ReadVectorsInputSchema = z.object({ folder });

const entry = z.object({ move: name, kind: z.enum(EMBEDDING_KINDS), space: name });
export const VectorEntriesSchema = z.object({ entries: z.array(entry.extend({ stamp: z.number() })) });
/** `listVectors` answers what there is, without the vectors. */
export const ListVectorsInputSchema = z.object({ folder });

/** `writeVectors`: adds or replaces these and drops those; `is_new` begins with an empty store, whatever is there. */
export const WriteVectorsInputSchema = z.object({ folder, put: z.array(VectorBatchSchema), drop: z.array(entry), is_new: z.boolean() });
export type WriteVectorsInput = z.infer<typeof WriteVectorsInputSchema>;
