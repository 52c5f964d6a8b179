/** One request at a time for a value that changes often: what is wished meanwhile is merged, and only the newest is sent. */
export interface NewestWinsOptions<Value> {
  readonly send: (value: Value) => Promise<unknown>;
  /** Calls back when the next may be sent: once per animation frame. */
  readonly schedule: (run: () => void) => void;
  /** A wish on top of one not sent yet; the newer one alone when absent. */
  readonly merge?: (older: Value, newer: Value) => Value;
  readonly onError: (error: unknown) => void;
}

export class NewestWins<Value> {
  readonly #options: NewestWinsOptions<Value>;
  #waiting: { readonly value: Value } | null = null;
  #isScheduled = false;
  #isSending = false;

  constructor(options: NewestWinsOptions<Value>) {
    this.#options = options;
  }

  /** Nothing waits and nothing is on its way. */
  get isIdle(): boolean {
    return this.#waiting === null && !this.#isSending;
  }

  push(value: Value): void {
    const { merge } = this.#options;
    this.#waiting = { value: this.#waiting && merge ? merge(this.#waiting.value, value) : value };
    this.#next();
  }

  /** What was wished and not sent is forgotten. */
  clear(): void {
    this.#waiting = null;
  }

  #next(): void {
    if (this.#isScheduled || this.#isSending || this.#waiting === null) return;
    this.#isScheduled = true;
    this.#options.schedule(() => {
      this.#isScheduled = false;
      void this.#send();
    });
  }

  async #send(): Promise<void> {
    const waiting = this.#waiting;
    if (waiting === null || this.#isSending) return;
    this.#waiting = null;
    this.#isSending = true;
    try {
      await this.#options.send(waiting.value);
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#isSending = false;
    }
    this.#next();
  }
}
