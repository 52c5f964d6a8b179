/** Keeps what was used last, up to a number of bytes, and counts how often it helped. */
export interface CacheMeasures {
  readonly bytes: number;
  readonly entries: number;
  readonly hits: number;
  readonly misses: number;
}

export class LruCache<Value extends { readonly byteLength: number }> {
  readonly #maxBytes: number;
  /** A Map iterates in the order of insertion: the first key is the one unused for longest. */
  readonly #values = new Map<string, Value>();
  #bytes = 0;
  #hits = 0;
  #misses = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The value under `key`, loaded when it is not held. A null is not kept. */
  get(key: string, load: () => Value | null): Value | null {
    const held = this.#values.get(key);
    if (held) {
      this.#hits += 1;
      this.#values.delete(key);
      this.#values.set(key, held);
      return held;
    }
    this.#misses += 1;
    const value = load();
    if (value && value.byteLength <= this.#maxBytes) this.#keep(key, value);
    return value;
  }

  measures(): CacheMeasures {
    return { bytes: this.#bytes, entries: this.#values.size, hits: this.#hits, misses: this.#misses };
  }

  #keep(key: string, value: Value): void {
    this.#values.set(key, value);
    this.#bytes += value.byteLength;
    for (const [oldest, { byteLength }] of this.#values) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#values.delete(oldest);
      this.#bytes -= byteLength;
    }
  }
}
