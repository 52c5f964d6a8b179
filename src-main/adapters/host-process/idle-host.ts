/** A host process that is rarely needed: started with a call, and ended when none came for a while, so that its memory is free again. */
import { AppError } from '../../contract/errors.ts';
import type { HostCallOptions, HostCaller } from '../../core/host.ts';

/** What is started and ended: a SupervisedHost. */
export interface StoppableHost extends HostCaller {
  stop(deadlineMs?: number): Promise<void>;
}

export class IdleHost implements StoppableHost {
  readonly #make: () => StoppableHost;
  readonly #idleMs: number;
  #host: StoppableHost | null = null;
  #calls = 0;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(make: () => StoppableHost, idleMs: number) {
    this.#make = make;
    this.#idleMs = idleMs;
  }

  async call(method: string, input: unknown, options?: HostCallOptions): Promise<unknown> {
    if (this.#isStopped) throw new AppError('host-crashed', 'The host process is stopped.', { hint: 'Start Kinetone again.' });
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#host ??= this.#make();
    this.#calls += 1;
    try {
      return await this.#host.call(method, input, options);
    } finally {
      this.#calls -= 1;
      if (this.#calls === 0 && !this.#isStopped) this.#endLater();
    }
  }

  async stop(deadlineMs?: number): Promise<void> {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#host?.stop(deadlineMs);
  }

  #endLater(): void {
    this.#timer = setTimeout(() => {
      const host = this.#host;
      this.#host = null;
      void host?.stop();
    }, this.#idleMs);
    this.#timer.unref();
  }
}
