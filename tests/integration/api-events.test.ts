/** The event stream: numbering, replay, reset, coalescing, backlog, many clients, and the same over real HTTP. */
import { describe, expect, onTestFinished, test } from 'vitest';

import { EventHub, eventHandlers } from '../../src-main/api/index.ts';
import type { EventHubOptions, Subscription } from '../../src-main/api/events/event-hub.ts';
import type { Topic } from '../../src-main/contract/events.ts';
import { EventSchema, TOPICS, type KinetoneEvent, type RateEvent, type StateEvent } from '../../src-main/contract/events.ts';
import { apiOf } from '../fixtures/api.ts';
import { openDoor } from '../fixtures/door.ts';

const listChanged: StateEvent = { type: 'project-list-changed', topic: 'projects' };
const dismissed = (id: string): StateEvent => ({ type: 'job-dismissed', topic: 'jobs', job_id: id });
const progress = (id: string, value: number): RateEvent => ({ type: 'job-progress', topic: 'jobs', job_id: id, stage: 's', progress: value, speed: null, eta_s: null });

function hubOf(options: Partial<EventHubOptions> = {}): EventHub {
  const hub = new EventHub({ firstSeq: 1000, ...options });
  onTestFinished(() => hub.close());
  return hub;
}

interface Reader {
  next(count: number): Promise<KinetoneEvent[]>;
  text(): string;
  cancel(): Promise<void>;
}

/** Parses a stream as a browser does: blocks end with an empty line, lines starting with a colon are comments. */
function readerOf(stream: ReadableStream<Uint8Array>): Reader {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const waiting: KinetoneEvent[] = [];
  let all = '';
  let rest = '';
  return {
    async next(count) {
      while (waiting.length < count) {
        const { done, value } = await reader.read();
        if (done) break;
        const text = decoder.decode(value, { stream: true });
        all += text;
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const data = block.split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6)).join('\n');
          if (data !== '') waiting.push(EventSchema.parse(JSON.parse(data)));
        }
      }
      return waiting.splice(0, count);
    },
    text: () => all,
    cancel: () => reader.cancel(),
  };
}

function subscribe(hub: EventHub, { topics = TOPICS, since }: { topics?: readonly Topic[]; since?: number } = {}): Reader {
  const subscription: Subscription = { topics: new Set(topics), ...(since === undefined ? {} : { since }) };
  return readerOf(hub.subscribe(subscription));
}

const typesOf = (events: readonly KinetoneEvent[]): string[] => events.map(({ type }) => type);

describe('state events', () => {
  test('a stream begins with the newest number and goes on without a gap', async () => {
    const hub = hubOf();
    hub.state(listChanged);
    const client = subscribe(hub);
    hub.state(dismissed('a'));
    hub.state(listChanged);
    expect(await client.next(3)).toMatchObject([{ type: 'hello', seq: 1001 }, { type: 'job-dismissed', seq: 1002 }, { type: 'project-list-changed', seq: 1003 }]);
    expect(client.text()).toContain('id: 1003\ndata: ');
  });

  test('a client that comes back gets what it missed, once, in order', async () => {
    const hub = hubOf();
    for (const id of ['a', 'b', 'c']) hub.state(dismissed(id));
    const client = subscribe(hub, { since: 1001 });
    expect(await client.next(3)).toMatchObject([{ type: 'hello' }, { seq: 1002, job_id: 'b' }, { seq: 1003, job_id: 'c' }]);
  });

  test.each([
    ['from before what is kept', 1000],
    ['from another start of the program', 12],
    ['from the future', 999_999],
  ])('a number %s answers reset', async (_, since) => {
    const hub = hubOf({ replayEvents: 3 });
    for (const id of ['a', 'b', 'c', 'd']) hub.state(dismissed(id));
    const client = subscribe(hub, { since });
    expect(await client.next(2)).toMatchObject([{ type: 'hello', seq: 1004 }, { type: 'reset', seq: 1004 }]);
    hub.state(dismissed('e'));
    expect(await client.next(1)).toMatchObject([{ seq: 1005 }]);
  });

  test('the edge of what is kept is replayed and not reset', async () => {
    const hub = hubOf({ replayEvents: 3 });
    for (const id of ['a', 'b', 'c', 'd']) hub.state(dismissed(id));
    expect(await subscribe(hub, { since: 1001 }).next(4)).toMatchObject([{ type: 'hello' }, { seq: 1002 }, { seq: 1003 }, { seq: 1004 }]);
  });

  test('only the asked topics arrive', async () => {
    const hub = hubOf();
    const client = subscribe(hub, { topics: ['projects'] });
    hub.state(dismissed('a'));
    hub.rate(progress('a', 5));
    hub.state(listChanged);
    expect(typesOf(await client.next(2))).toEqual(['hello', 'project-list-changed']);
  });

  test('a client that never reads is told to reset in place of a queue without end, and is in order again afterwards', async () => {
    const hub = hubOf();
    const client = subscribe(hub);
    for (let i = 0; i < 12_000; i += 1) hub.state(dismissed(`j${i}`));
    const seen = await client.next(1);
    while (seen.at(-1)?.type !== 'reset') seen.push(...(await client.next(1)));
    const reset = seen.at(-1) as { seq: number };
    const [after] = await client.next(1);
    expect(after).toMatchObject({ seq: reset.seq + 1 });
  });
});

describe('rate events', () => {
  test('the newest per subject wins and a state of the same job drops what is older', async () => {
    const hub = hubOf();
    const client = subscribe(hub);
    expect(typesOf(await client.next(1))).toEqual(['hello']);
    for (let value = 1; value <= 50; value += 1) {
      hub.rate(progress('a', value));
      hub.rate(progress('b', value));
    }
    expect(await client.next(2)).toMatchObject([{ job_id: 'a', progress: 50 }, { job_id: 'b', progress: 50 }]);
  });

  test('they are sent at most sixty times a second', async () => {
    const hub = hubOf();
    const client = subscribe(hub);
    const got: KinetoneEvent[] = [];
    const reading = (async () => {
      for (;;) {
        const events = await client.next(1);
        if (events.length === 0) break;
        got.push(...events);
      }
    })();
    const startMs = performance.now();
    for (let value = 0; performance.now() - startMs < 300; value += 1) {
      hub.rate(progress('a', value % 100));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const elapsedMs = performance.now() - startMs;
    hub.close();
    await reading;
    const rates = got.filter(({ type }) => type === 'job-progress').length;
    expect(rates).toBeGreaterThan(1);
    expect(rates).toBeLessThanOrEqual(Math.ceil(elapsedMs / 16) + 1);
  });

  test('a client that does not read finds the newest value, not the backlog, when it does', async () => {
    const hub = hubOf({ rateIntervalMs: 1 });
    const client = subscribe(hub);
    await client.next(1);
    for (let value = 1; value <= 20; value += 1) {
      hub.rate(progress('a', value));
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    hub.state(listChanged);
    const events: KinetoneEvent[] = [];
    while (events.at(-1)?.type !== 'project-list-changed') events.push(...(await client.next(1)));
    const later = await client.next(0);
    const values = [...events, ...later].flatMap((event) => (event.type === 'job-progress' ? [event.progress] : []));
    // One chunk may be under way when the client stops reading; the rest of the twenty was replaced.
    expect(values.length).toBeLessThanOrEqual(2);
  });

  test('nothing is kept while nobody listens', () => {
    const hub = hubOf();
    hub.rate(progress('a', 1));
    expect((hub as unknown as { rates: Map<string, unknown> }).rates.size).toBe(0);
  });
});

describe('many clients', () => {
  test('fifty get the same; one that leaves is forgotten; closing ends the rest', async () => {
    const hub = hubOf();
    const clients = Array.from({ length: 50 }, () => subscribe(hub));
    for (let i = 0; i < 100; i += 1) hub.state(dismissed(`j${i}`));
    const all = await Promise.all(clients.map((client) => client.next(101)));
    for (const events of all) expect(events).toEqual(all[0]);
    await clients[0]?.cancel();
    expect(hub.clientCount).toBe(49);
    hub.state(listChanged);
    hub.close();
    expect(typesOf((await clients[1]?.next(5)) ?? [])).toEqual(['project-list-changed']);
    expect(hub.clientCount).toBe(0);
  });

  test('a silent stream carries heartbeats', async () => {
    const hub = hubOf({ heartbeatMs: 5 });
    const client = subscribe(hub);
    await client.next(1);
    const reading = client.next(1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    hub.state(listChanged);
    await reading;
    expect(client.text()).toMatch(/^: 1000$/m);
  });
});

describe('over HTTP', () => {
  test('events arrive one by one, Last-Event-ID replays, a wrong topic is refused, a client that leaves is forgotten', async () => {
    const hub = hubOf();
    const { file } = await openDoor(apiOf(eventHandlers(hub)));
    const connect = (query = '', headers: Record<string, string> = {}): Promise<Response> => fetch(`${file.address}/events${query}`, { headers: { authorization: `Bearer ${file.token}`, ...headers } });
    const response = await connect();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const client = readerOf(response.body as ReadableStream<Uint8Array>);
    expect(typesOf(await client.next(1))).toEqual(['hello']);
    for (const id of ['a', 'b']) {
      hub.state(dismissed(id));
      expect(await client.next(1)).toMatchObject([{ job_id: id }]);
    }
    await client.cancel();
    while (hub.clientCount > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const again = readerOf((await connect('?since=0', { 'last-event-id': '1001' })).body as ReadableStream<Uint8Array>);
    expect(await again.next(2)).toMatchObject([{ type: 'hello' }, { job_id: 'b', seq: 1002 }]);
    await again.cancel();
    expect((await connect('?topics=jobs,gossip')).status).toBe(400);
  });
});
