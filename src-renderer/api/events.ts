/**
 * The window's one event stream: opened once, re-opened with the newest sequence number after a break, so that no state
 * change is missed. A `reset` tells the stores to load their lists again.
 */
import { EventSchema, TOPICS } from '../../src-main/contract/events.ts';
import type { KinetoneEvent } from '../../src-main/contract/events.ts';
import { allOperations } from '../../src-main/contract/operations/index.ts';

export type StreamState = 'connecting' | 'live' | 'lost';

export interface EventStreamOptions {
  readonly onEvent: (event: KinetoneEvent) => void;
  readonly onState: (state: StreamState) => void;
}

const RETRY_MS = [250, 500, 1000, 2000, 4000];
const TYPES = EventSchema.options.map((option) => option.shape.type.value);

export class EventStream {
  readonly #options: EventStreamOptions;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #newestSeq: number | null = null;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  open(): void {
    this.close();
    const query = new URLSearchParams({ topics: TOPICS.join(',') });
    if (this.#newestSeq !== null) query.set('since', String(this.#newestSeq));
    const source = new EventSource(`${allOperations.streamEvents.path}?${query.toString()}`);
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#options.onState('live');
    };
    const receive = (message: MessageEvent<string>): void => this.#receive(message.data);
    source.onmessage = receive;
    for (const type of TYPES) source.addEventListener(type, receive);
    source.onerror = () => this.#reopen();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  /** The browser would reconnect by itself, but without `since`: we do it. */
  #reopen(): void {
    this.close();
    this.#options.onState('lost');
    const delayMs = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 4000;
    this.#failures += 1;
    this.#timer = setTimeout(() => this.open(), delayMs);
  }

  #receive(data: string): void {
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch {
      return;
    }
    const parsed = EventSchema.safeParse(value);
    if (!parsed.success) return;
    const event = parsed.data;
    if ('seq' in event)
      this.#newestSeq =
        event.type === 'hello' || event.type === 'reset' ? event.seq : Math.max(this.#newestSeq ?? 0, event.seq);
    this.#options.onEvent(event);
  }
}
