/**
 * Calls over a pair of pipes, the same on both ends: a call has an id, events, one answer, and can be cancelled. Every
 * message is checked against contract/hosts/message.ts; one that does not hold is a fault of the other side and is dropped.
 */
import { inspect } from 'node:util';

import { AppError, isAbort, toAppError } from '../contract/errors.ts';
import { HostMessageSchema } from '../contract/hosts/message.ts';
import type { HostMessage } from '../contract/hosts/message.ts';
import type { HostCallOptions, HostCaller, HostMethods } from './host.ts';

const MOST_TRACE_CHARACTERS = 8000;

interface Pending {
  readonly method: string;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onEvent: ((event: unknown) => void) | undefined;
  readonly release: () => void;
}

/** An error of a method, on either end, with what only the log may see. */
export interface HostFailure {
  readonly method: string;
  readonly code: string;
  readonly trace: string;
}

export interface HostChannelOptions {
  /** Sends one message to the other end; throws when the other end is gone. */
  readonly send: (message: HostMessage) => void;
  /** What the other end may call here. */
  readonly methods: HostMethods;
  readonly onReady?: () => void;
  /** A message that is none; for the log. */
  readonly onFault?: (message: unknown) => void;
  readonly onFailure?: (failure: HostFailure) => void;
  /** A call was given up here; `ended` resolves when the other end has given it up as well. */
  readonly onCancelled?: (method: string, ended: Promise<void>) => void;
}

export class HostChannel implements HostCaller {
  readonly #options: HostChannelOptions;
  readonly #pending = new Map<number, Pending>();
  /** Calls given up here whose answer has not come yet. */
  readonly #cancelled = new Map<number, () => void>();
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
        const { promise, resolve: ended } = Promise.withResolvers<void>();
        this.#cancelled.set(id, ended);
        this.#trySend({ type: 'cancel', id });
        this.#options.onCancelled?.(method, promise);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#pending.set(id, { method, resolve, reject, onEvent, release: () => signal?.removeEventListener('abort', onAbort) });
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
        return this.#fail(message);
      case 'event':
        return this.#pending.get(message.id)?.onEvent?.(message.event);
    }
  }

  /** The other end is gone: every open call fails with `error`, every running one is aborted. */
  close(error: AppError): void {
    this.#closedBy = error;
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(error);
    for (const ended of this.#cancelled.values()) ended();
    this.#cancelled.clear();
    for (const controller of this.#running.values()) controller.abort();
  }

  #fail({ id, error, trace }: Extract<HostMessage, { type: 'error' }>): void {
    const pending = this.#settle(id);
    if (pending && trace !== undefined) this.#options.onFailure?.({ method: pending.method, code: error.code, trace });
    pending?.reject(AppError.fromBody(error));
  }

  #settle(id: number): Pending | undefined {
    this.#cancelled.get(id)?.();
    this.#cancelled.delete(id);
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
      const body = toAppError(error).toBody();
      const trace = isAbort(error) ? null : inspect(error).slice(0, MOST_TRACE_CHARACTERS);
      if (trace !== null) this.#options.onFailure?.({ method, code: body.code, trace });
      this.#trySend({ type: 'error', id, error: body, ...(trace === null ? {} : { trace }) });
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
