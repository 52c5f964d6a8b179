/** A host process as core sees it: something that does a named method elsewhere. Adapters and tests implement it. */
export interface HostCallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Progress and partial results, in order, all before the call settles. */
  readonly onEvent?: ((event: unknown) => void) | undefined;
  /** A call that has not answered by then fails with the retryable 'host-timeout'; none unless said. */
  readonly deadlineMs?: number;
}

export interface HostCaller {
  /**
   * @throws AppError as the other side threw it; the retryable 'host-crashed' when the process ended under the call;
   *   'host-timeout' at the deadline; AbortError when the signal aborted.
   */
  call(method: string, input: unknown, options?: HostCallOptions): Promise<unknown>;
}

export interface HostMethodContext {
  /** Aborts when the caller gave up. */
  readonly signal: AbortSignal;
  emit(event: unknown): void;
  /** The other side, for calls back. */
  readonly caller: HostCaller;
}

/** One method of a process; what it is given comes from outside and is parsed first. */
export type HostMethod = (input: unknown, context: HostMethodContext) => Promise<unknown>;
export type HostMethods = Readonly<Record<string, HostMethod>>;
