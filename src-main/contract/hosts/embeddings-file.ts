/** Messages of the vector host about a file of embeddings: `readEmbeddings` reads it whole, and gives its entries in small batches. */
import { z } from 'zod';

export const ReadEmbeddingsInputSchema = z.object({ path: z.string().min(1), name: z.string(), most_bytes: z.number().int().positive() });
export type ReadEmbeddingsInput = z.infer<typeof ReadEmbeddingsInputSchema>;

/** Entries of one batch: a few milliseconds of work for whoever takes it. */
export const EMBEDDINGS_IN_BATCH = 16;

const name = z.string().nullable();
/** One vector as the file has it: null where it has none, else the numbers or why they are none. */
const vector = z
  .union([z.instanceof(Float32Array), z.object({ fault: z.literal('length'), got: z.number().int() }), z.object({ fault: z.enum(['numbers', 'zero']) })])
  .nullable();
export type GivenVector = z.infer<typeof vector>;

export const EmbeddingEntrySchema = z.object({
  video_path: name,
  clip_id: name,
  move_id: name,
  pose: vector,
  audio: vector,
  text: vector,
});
export type EmbeddingEntry = z.infer<typeof EmbeddingEntrySchema>;

/** Event of `readEmbeddings`. */
export const EmbeddingBatchSchema = z.object({ entries: z.array(EmbeddingEntrySchema).max(EMBEDDINGS_IN_BATCH) });
