/** Host method `readEmbeddings`: reads a file of embeddings whole, then gives its entries batch by batch. */
import { readFile, stat } from 'node:fs/promises';

import { EMBEDDINGS_IN_BATCH, ReadEmbeddingsInputSchema } from '../../contract/hosts/embeddings-file.ts';
import { documentError } from '../../contract/text/en/library-import.ts';
import type { HostMethod } from '../../core/host.ts';
import { embeddingEntry, embeddingsIn } from '../../core/library/embeddings-document.ts';

/** A function of its own, so that the text is let go once it is parsed. */
async function entriesOf(path: string, name: string, mostBytes: number, signal: AbortSignal): Promise<ReturnType<typeof embeddingsIn>> {
  const { size } = await stat(path);
  if (size > mostBytes) throw documentError.tooLarge(name, size, mostBytes);
  const bytes = await readFile(path, { signal });
  try {
    return embeddingsIn(new TextDecoder('utf-8', { fatal: true }).decode(bytes), name);
  } catch (cause) {
    throw cause instanceof TypeError ? documentError.notText(name, cause) : cause;
  }
}

export const readEmbeddingsMethod: HostMethod = async (input, { signal, emit }) => {
  const { path, name, most_bytes: mostBytes } = ReadEmbeddingsInputSchema.parse(input);
  const entries = await entriesOf(path, name, mostBytes, signal);
  for (let from = 0; from < entries.length; from += EMBEDDINGS_IN_BATCH) {
    signal.throwIfAborted();
    emit({ entries: entries.slice(from, from + EMBEDDINGS_IN_BATCH).map(embeddingEntry) });
    // What cancels this comes in between.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {};
};
