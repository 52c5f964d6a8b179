/**
 * One window's end of the stream, as server-sent events (WHATWG HTML, section 9.2). A client that does not read keeps
 * only the newest rate event per subject and, past a bound, one `reset` in place of its state events.
 */
import type { RateEvent, Topic } from '../../contract/events.ts';
import type { NumberedEvent } from './event-hub.ts';

const MOST_WAITING_STATES = 5000;
/** A chunk of the stream is at most this many events, so that a long replay does not build one huge string. */
const EVENTS_PER_CHUNK = 200;
/** How long a browser waits before it connects again. */
const RETRY_MS = 1000;
const encoder = new TextEncoder();

export class EventClient {
  readonly stream: ReadableStream<Uint8Array>;
  private readonly topics: ReadonlySet<Topic>;
  private readonly onGone: (client: EventClient) => void;
  private controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  private states: NumberedEvent[] = [];
  private rates = new Map<string, RateEvent>();
  private isReading = false;
  private isOver = false;

  constructor(topics: ReadonlySet<Topic>, onGone: (client: EventClient) => void) {
    this.topics = topics;
    this.onGone = onGone;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.controller = controller;
          controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
        },
        pull: () => {
          this.isReading = true;
          this.flush();
        },
        cancel: () => this.leave(),
      },
      { highWaterMark: 1 },
    );
  }

  sendState(event: NumberedEvent): void {
    if (event.topic !== 'system' && !this.topics.has(event.topic)) return;
    this.states.push(event);
    if (this.states.length > MOST_WAITING_STATES) this.states = [{ type: 'reset', topic: 'system', seq: event.seq }];
    this.flush();
  }

  sendRates(events: readonly (readonly [subject: string, event: RateEvent])[]): void {
    for (const [subject, event] of events) if (this.topics.has(event.topic)) this.rates.set(subject, event);
    this.flush();
  }

  /** Keeps proxies and the browser from taking a silent stream for a dead one; also carries the newest number. */
  sendHeartbeat(seq: number): void {
    if (this.isReading && this.states.length === 0) this.write(`: ${seq}\n\n`);
  }

  close(): void {
    if (this.isOver) return;
    this.isReading = true;
    while (this.states.length > 0) {
      this.isReading = true;
      this.flush();
    }
    this.leave();
    this.controller?.close();
  }

  private leave(): void {
    this.isOver = true;
    this.states = [];
    this.rates.clear();
    this.onGone(this);
  }

  private flush(): void {
    if (!this.isReading || this.isOver || (this.states.length === 0 && this.rates.size === 0)) return;
    const states = this.states.splice(0, EVENTS_PER_CHUNK);
    // Rates wait until the client has seen every state that came before them.
    const rates = this.states.length === 0 ? [...this.rates.values()] : [];
    if (rates.length > 0) this.rates.clear();
    this.write(states.map((event) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`).join('') + rates.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  }

  private write(text: string): void {
    this.isReading = false;
    this.controller?.enqueue(encoder.encode(text));
  }
}
