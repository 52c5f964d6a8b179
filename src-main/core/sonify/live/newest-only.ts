/** Lets one piece of work run at a time; of those that wait meanwhile only the newest is kept. */
export class NewestOnly {
  #isBusy = false;
  #waiting: ((isNext: boolean) => void) | null = null;

  /** @returns what `work` answers; null when a newer one came while this one waited. */
  async run<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.#isBusy && !(await this.#turn())) return null;
    this.#isBusy = true;
    try {
      return await work();
    } finally {
      const next = this.#waiting;
      this.#waiting = null;
      // It stays busy for the one that is called, so that nobody comes between.
      if (next) next(true);
      else this.#isBusy = false;
    }
  }

  #turn(): Promise<boolean> {
    this.#waiting?.(false);
    return new Promise((resolve) => (this.#waiting = resolve));
  }
}
