/**
 * Keeps one host process at hand: started with the first call, started again after a crash with a growing pause, given up
 * after too many. A call whose process ends fails with the retryable 'host-crashed' and the end of its stderr. A process that
 * does not give up a cancelled call in time is ended.
 */
import { AppError } from '../../contract/errors.ts';
import type { HostMessage } from '../../contract/hosts/message.ts';
import type { Clock } from '../../core/clock.ts';
import type { HostCallOptions, HostCaller, HostMethods } from '../../core/host.ts';
import { HostChannel } from '../../core/host-channel.ts';
import type { Log } from '../../core/log.ts';
import type { HostExit, HostProcess, StartHostProcess } from './host-process.ts';

const RESTART_MS = [0, 1000, 2000, 4000, 4000];
const CRASH_WINDOW_MS = 10 * 60_000;
const READY_MS = 20_000;
const CANCEL_MS = 10_000;

export interface SupervisedHostOptions {
  /** For messages and the log: "analysis". */
  readonly name: string;
  readonly start: StartHostProcess;
  /** What the host may call here. */
  readonly methods?: HostMethods;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a cancelled call may go on in the host; 10 s unless said. */
  readonly cancelMs?: number;
}

interface Running {
  readonly process: HostProcess;
  readonly channel: HostChannel;
  readonly exited: Promise<HostExit>;
}

export class SupervisedHost implements HostCaller {
  readonly #options: SupervisedHostOptions;
  #running: Promise<Running> | null = null;
  /** The process behind `#running`; one that is being ended is no longer it. */
  #process: HostProcess | null = null;
  #crashes: number[] = [];
  readonly #stopping = new AbortController();

  constructor(options: SupervisedHostOptions) {
    this.#options = options;
  }

  async call(method: string, input: unknown, { deadlineMs, ...options }: HostCallOptions = {}): Promise<unknown> {
    options.signal?.throwIfAborted();
    const { channel } = await this.#ensure();
    if (deadlineMs === undefined) return channel.call(method, input, options);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(this.#timeout(method, deadlineMs)), deadlineMs);
    const signal = options.signal ? AbortSignal.any([options.signal, deadline.signal]) : deadline.signal;
    return channel.call(method, input, { ...options, signal }).finally(() => clearTimeout(timer));
  }

  /** Starts the process, so that the first call does not wait for it. What goes wrong is told to that call. */
  begin(): void {
    this.#ensure().catch(() => undefined);
  }

  /** Process id of the running host, for tests and doctor; null while none runs. */
  async pid(): Promise<number | null> {
    return this.#running ? ((await this.#running).process.pid ?? null) : null;
  }

  /** Asks the host to end and ends it after `deadlineMs`. Later calls are refused. */
  async stop(deadlineMs = 2000): Promise<void> {
    this.#stopping.abort();
    const running = await this.#running?.catch(() => null);
    if (!running) return;
    running.process.disconnect();
    const timer = setTimeout(() => running.process.kill(), deadlineMs);
    await running.exited;
    clearTimeout(timer);
  }

  #ensure(): Promise<Running> {
    if (this.#stopping.signal.aborted) return Promise.reject(this.#crash('is stopped', ''));
    this.#running ??= this.#start().catch((error: unknown) => {
      this.#running = null;
      throw error;
    });
    return this.#running;
  }

  async #start(): Promise<Running> {
    const { clock, log, name } = this.#options;
    this.#crashes = this.#crashes.filter((at) => at > clock.nowMs() - CRASH_WINDOW_MS);
    const pauseMs = RESTART_MS[this.#crashes.length];
    if (pauseMs === undefined) throw this.#crash('crashed too often and is not started again for now', '', false);
    if (pauseMs > 0) await clock.sleep(pauseMs, this.#stopping.signal);
    const host = this.#options.start();
    this.#process = host;
    const ready = Promise.withResolvers<void>();
    const channel = new HostChannel({
      send: (message) => this.#post(host, message),
      methods: this.#options.methods ?? {},
      onReady: ready.resolve,
      onFault: () => log.error({ host: name }, 'a message of the host was not understood'),
      onFailure: (failure) => log.warn({ host: name, ...failure }, 'a method of the host failed'),
      onCancelled: (method, ended) => this.#endUnless(ended, method, host),
    });
    host.onMessage((message) => channel.receive(message));
    const exited = new Promise<HostExit>((resolve) => host.onExit(resolve));
    void exited.then((exit) => {
      const error = this.#ended(exit, host);
      channel.close(error);
      ready.reject(error);
    });
    const timer = setTimeout(() => host.kill(), READY_MS);
    await ready.promise.finally(() => clearTimeout(timer));
    log.info({ host: name, pid: host.pid }, 'host started');
    return { process: host, channel, exited };
  }

  /** A process whose channel is closed is gone before its exit is told: the next call starts another one. */
  #post(host: HostProcess, message: HostMessage): void {
    try {
      host.post(message);
    } catch (cause) {
      this.#letGo(host);
      throw this.#crash('is gone', '', true, cause);
    }
  }

  /** Native code that hangs hears no cancel: the process is ended, and its other calls are tried again. */
  #endUnless(ended: Promise<void>, method: string, host: HostProcess): void {
    const { log, name, cancelMs = CANCEL_MS } = this.#options;
    const timer = setTimeout(() => {
      log.error({ host: name, method }, 'a cancelled call did not end; its host is ended');
      this.#letGo(host);
      host.kill();
    }, cancelMs);
    void ended.then(() => clearTimeout(timer));
  }

  /** The next call starts another process. */
  #letGo(host: HostProcess): void {
    if (this.#process !== host) return;
    this.#process = null;
    this.#running = null;
  }

  #timeout(method: string, deadlineMs: number): AppError {
    return new AppError('host-timeout', `The ${this.#options.name} process did not answer within ${deadlineMs / 1000} s.`, {
      hint: 'Try again; the log has the details.',
      retryable: true,
      details: { method },
    });
  }

  #ended(exit: HostExit, host: HostProcess): AppError {
    const { clock, log, name } = this.#options;
    this.#letGo(host);
    const how = exit.signal === null ? `ended with status ${String(exit.status)}` : `was ended by ${exit.signal}`;
    if (!this.#stopping.signal.aborted) {
      this.#crashes.push(clock.nowMs());
      log.error({ host: name, status: exit.status, signal: exit.signal, stderr: exit.stderr }, 'host ended');
    }
    return this.#crash(how, exit.stderr);
  }

  #crash(how: string, stderr: string, retryable = true, cause?: unknown): AppError {
    return new AppError('host-crashed', `The ${this.#options.name} process ${how}.`, {
      hint: retryable ? 'The work is tried again by itself; the log has the details.' : 'Try again in ten minutes; the log has the details.',
      retryable,
      cause,
      ...(stderr === '' ? {} : { details: { stderr } }),
    });
  }
}
