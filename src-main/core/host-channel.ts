/**
 * Calls over a pair of pipes, the same on both ends: a call has an id, events, one answer, and can be cancelled. Every
 * message is checked against contract/hosts/message.ts; one that does not hold is a fault of the other side and is dropped.
 */
import { AppError, toAppError } from '../contract/errors.ts';
import { HostMessageSchema } from '../contract/hosts/message.ts';
import type { HostMessage } from '../contract/hosts/message.ts';
import type { HostCallOptions, HostCaller, HostMethods } from './host.ts';

interface Pending {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onEvent: ((event: unknown) => void) | undefined;
  readonly release: () => void;
}

export interface HostChannelOptions {
  /** Sends one message to the other end; throws when the other end is gone. */
  readonly send: (message: HostMessage) => void;
  /** What the other end may call here. */
  readonly methods: HostMethods;
  readonly onReady?: () => void;
  /** A message that is none; for the log. */
  readonly onFault?: (message: unknown) => void;
}

export class HostChannel implements HostCaller {
  readonly #options: HostChannelOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #running = new Map<number, AbortController>();
  #lastId = 0;
  #closedBy: AppError | null = null;

  constructor(options: HostChannelOptions) {
    this.#options = options;
  }

  call(method: string, input: unknown, { signal, onEvent }: HostCallOptions = {}): Promise<unknown> {
    if (this.#closedBy) return Promise.reject(this.#closedBy);
    if (signal?.aborted) return Promise.reject(abortError(signal));
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#settle(id)?.reject(abortError(signal));
        this.#trySend({ type: 'cancel', id });
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, { resolve, reject, onEvent, release: () => signal?.removeEventListener('abort', onAbort) });
      try {
        this.#options.send({ type: 'call', id, method, input });
      } catch (error) {
        this.#settle(id)?.reject(error);
      }
    });
  }

  /** Takes one message of the other end. */
  receive(raw: unknown): void {
    const parsed = HostMessageSchema.safeParse(raw);
    if (!parsed.success) return this.#options.onFault?.(raw);
    const message = parsed.data;
    switch (message.type) {
      case 'ready':
        return this.#options.onReady?.();
      case 'call':
        return void this.#serve(message.id, message.method, message.input);
      case 'cancel':
        return this.#running.get(message.id)?.abort();
      case 'result':
        return this.#settle(message.id)?.resolve(message.output);
      case 'error':
        return this.#settle(message.id)?.reject(AppError.fromBody(message.error));
      case 'event':
        return this.#pending.get(message.id)?.onEvent?.(message.event);
    }
  }

  /** The other end is gone: every open call fails with `error`, every running one is aborted. */
  close(error: AppError): void {
    this.#closedBy = error;
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(error);
    for (const controller of this.#running.values()) controller.abort();
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.release();
    return pending;
  }

  async #serve(id: number, method: string, input: unknown): Promise<void> {
    const controller = new AbortController();
    this.#running.set(id, controller);
    const emit = (event: unknown): void => {
      if (!controller.signal.aborted) this.#trySend({ type: 'event', id, event });
    };
    try {
      const run = Object.hasOwn(this.#options.methods, method) ? this.#options.methods[method] : undefined;
      if (!run) throw new AppError('internal', `There is no method ${method}.`);
      const output = await run(input, { signal: controller.signal, emit, caller: this });
      this.#trySend({ type: 'result', id, output });
    } catch (error) {
      this.#trySend({ type: 'error', id, error: toAppError(error).toBody() });
    } finally {
      this.#running.delete(id);
    }
  }

  #trySend(message: HostMessage): void {
    try {
      this.#options.send(message);
    } catch {
      // The other end is gone; its end is reported by the process itself.
    }
  }
}

function abortError(signal: AbortSignal | undefined): unknown {
  return signal?.reason ?? new DOMException('The work was cancelled.', 'AbortError');
}
