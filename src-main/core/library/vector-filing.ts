/**
 * Keeps the vector store at what the database says: compares what both hold by their stamps and writes what differs. A store that
 * cannot be read is made anew. One filing at a time; what is asked for meanwhile is one more.
 */
import { toAppError } from '../../contract/errors.ts';
import type { Log } from '../log.ts';
import type { MoveStore, StoredVector, VectorStore } from './ports.ts';

export interface VectorFilingPorts {
  readonly store: Pick<MoveStore, 'vectorIndex' | 'vectors'>;
  readonly vectors: VectorStore;
  readonly log: Log;
  /** How long changes are gathered. */
  readonly delayMs: number;
}

/** Moves whose vectors go in one message. */
const BATCH = 200;

type Entry = ReturnType<MoveStore['vectorIndex']>[number];
const keyOf = ({ moveId, kind, space }: Pick<Entry, 'moveId' | 'kind' | 'space'>): string => `${moveId}/${kind}/${space}`;

export class VectorFiling {
  readonly #ports: VectorFilingPorts;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(ports: VectorFilingPorts) {
    this.#ports = ports;
  }

  /** Files after a while; a failure is logged: the database has everything. */
  soon(): void {
    if (this.#timer !== null || this.#isClosed) return;
    this.#timer = setTimeout(() => void this.now(), this.#ports.delayMs);
    this.#timer.unref();
  }

  /** Files what differs. Never throws. */
  now(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running = this.#running.then(() => this.#file());
    return this.#running;
  }

  /** Ends what waits and lets what runs come to its end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) await this.now();
    await this.#running;
  }

  async #file(): Promise<void> {
    const { vectors, log } = this.#ports;
    try {
      const held = await vectors.index().catch((error: unknown) => {
        log.warn({ code: toAppError(error).code, err: error }, 'the vector store is made anew');
        return null;
      });
      await this.#write(held);
    } catch (error) {
      log.warn({ code: toAppError(error).code, err: error }, 'the vector store could not be written');
    }
  }

  async #write(held: readonly Entry[] | null): Promise<void> {
    const { store, vectors } = this.#ports;
    const wanted = new Map(store.vectorIndex().map((entry) => [keyOf(entry), entry]));
    const there = new Map((held ?? []).map((entry) => [keyOf(entry), entry]));
    const drop = [...there.values()].filter((entry) => !wanted.has(keyOf(entry)));
    const changed = new Set([...wanted.values()].filter((entry) => there.get(keyOf(entry))?.stamp !== entry.stamp).map(({ moveId }) => moveId));
    if (drop.length === 0 && changed.size === 0 && held !== null) return;
    const ids = [...changed];
    for (let from = 0, isFirst = true; isFirst || from < ids.length; from += BATCH, isFirst = false) {
      const put: StoredVector[] = ids.slice(from, from + BATCH).flatMap((moveId) => store.vectors({ moveId }));
      await vectors.write({ put, drop: isFirst ? drop : [], isNew: isFirst && held === null });
    }
  }
}
