/** Files of embeddings read in the vector host: half a gigabyte of JSON is seconds of parsing. */
import { EmbeddingBatchSchema, type EmbeddingEntry, type ReadEmbeddingsInput } from '../../contract/hosts/embeddings-file.ts';
import type { HostCaller } from '../host.ts';
import type { EmbeddingsReader } from './ports.ts';

export class HostEmbeddings implements EmbeddingsReader {
  readonly #host: HostCaller;

  constructor(host: HostCaller) {
    this.#host = host;
  }

  async *read({ path, name }: { readonly path: string; readonly name: string }, mostBytes: number, given?: AbortSignal): AsyncGenerator<readonly EmbeddingEntry[]> {
    const batches: unknown[] = [];
    const stop = new AbortController();
    let isOver = false;
    let wake = (): void => undefined;
    const input: ReadEmbeddingsInput = { path, name, most_bytes: mostBytes };
    const onEvent = (event: unknown): void => {
      batches.push(event);
      wake();
    };
    const call = this.#host.call('readEmbeddings', input, { signal: given ? AbortSignal.any([given, stop.signal]) : stop.signal, onEvent });
    const end = call.then(
      () => null,
      (error: unknown) => ({ error }),
    );
    void end.then(() => {
      isOver = true;
      wake();
    });
    try {
      while (batches.length > 0 || !isOver) {
        const batch = batches.shift();
        if (batch !== undefined) yield EmbeddingBatchSchema.parse(batch).entries;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
      const failure = await end;
      if (failure) throw failure.error;
    } finally {
      stop.abort();
    }
  }
}
