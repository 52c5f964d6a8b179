/**
 * The event sink of core and the source of every window's stream. State events are numbered, kept for replay and never
 * dropped; rate events are coalesced to the newest per type and subject and sent at most 60 times a second.
 */
import type { KinetoneEvent, RateEvent, StateEvent, Topic } from '../../contract/events.ts';
import type { EventSink } from '../../core/event-sink.ts';
import { EventClient } from './event-client.ts';

export type NumberedEvent = Extract<KinetoneEvent, { seq: number }>;

export interface EventHubOptions {
  /** The first sequence number; the time in milliseconds, so that numbers rise over restarts too. */
  readonly firstSeq: number;
  /** State events kept for clients that come back. */
  readonly replayEvents?: number;
  readonly rateIntervalMs?: number;
  readonly heartbeatMs?: number;
}

export interface Subscription {
  readonly topics: ReadonlySet<Topic>;
  /** Replays what came after it; absent for a client that comes for the first time. */
  readonly since?: number;
}

const DEFAULTS = { replayEvents: 2000, rateIntervalMs: 16, heartbeatMs: 15_000 } as const;

export class EventHub implements EventSink {
  private readonly options: Required<EventHubOptions>;
  private readonly clients = new Set<EventClient>();
  private readonly kept: NumberedEvent[] = [];
  private readonly rates = new Map<string, RateEvent>();
  private readonly heartbeat: NodeJS.Timeout;
  private rateTimer: NodeJS.Timeout | null = null;
  private seq: number;
  /** Everything after this number is in `kept`. */
  private keptSince: number;
  private isClosed = false;

  constructor(options: EventHubOptions) {
    this.options = { ...DEFAULTS, ...options };
    this.seq = options.firstSeq;
    this.keptSince = options.firstSeq;
    this.heartbeat = setInterval(() => this.beat(), this.options.heartbeatMs);
    this.heartbeat.unref();
  }

  get clientCount(): number {
    return this.clients.size;
  }

  state(event: StateEvent): void {
    this.seq += 1;
    const numbered = { ...event, seq: this.seq } as NumberedEvent;
    this.kept.push(numbered);
    if (this.kept.length > this.options.replayEvents) this.keptSince = this.kept.shift()?.seq ?? this.keptSince;
    // What a rate event said before is older news than this state.
    if (event.type === 'job-changed') this.rates.delete(`job-progress:${event.job.id}`);
    for (const client of this.clients) client.sendState(numbered);
  }

  rate(event: RateEvent): void {
    if (this.clients.size === 0) return;
    this.rates.set(subjectOf(event), event);
    this.rateTimer ??= setTimeout(() => this.flushRates(), this.options.rateIntervalMs);
  }

  /** A server-sent event stream; it ends when the client cancels it or the hub closes. */
  subscribe({ topics, since }: Subscription): ReadableStream<Uint8Array> {
    const client = new EventClient(topics, (gone) => this.clients.delete(gone));
    const { seq } = this;
    client.sendState({ type: 'hello', topic: 'system', seq });
    if (since !== undefined && (since < this.keptSince || since > seq)) client.sendState({ type: 'reset', topic: 'system', seq });
    else if (since !== undefined) for (const event of this.kept) if (event.seq > since) client.sendState(event);
    if (this.isClosed) client.close();
    else this.clients.add(client);
    return client.stream;
  }

  /** Ends every stream and frees the timers. */
  close(): void {
    this.isClosed = true;
    clearInterval(this.heartbeat);
    if (this.rateTimer !== null) clearTimeout(this.rateTimer);
    for (const client of [...this.clients]) client.close();
  }

  private flushRates(): void {
    this.rateTimer = null;
    const events = [...this.rates];
    this.rates.clear();
    for (const client of this.clients) client.sendRates(events);
  }

  private beat(): void {
    for (const client of this.clients) client.sendHeartbeat(this.seq);
  }
}

/** Events about one subject replace one another. */
function subjectOf(event: RateEvent): string {
  switch (event.type) {
    case 'job-progress':
      return `job-progress:${event.job_id}`;
    case 'features-grew':
      return `features-grew:${event.media_id}`;
    case 'live-frame':
      return `live-frame:${event.frame.session_id}`;
  }
}
