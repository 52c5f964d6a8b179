/** What waits for what in the queue, over real SQLite. */
import { expect, test } from 'vitest';

import { settled } from '../fakes/clock.ts';
import { handlerOf, queueWorld } from '../fixtures/job-queue.ts';

const poster = (overrides: object = {}): { kind: 'media-poster'; title: string; payload: unknown } => ({ kind: 'media-poster', title: 'Poster', payload: {}, ...overrides });

test('work over a whole library begins once the posters that queue are made, and holds up none that come later', async () => {
  const { make } = queueWorld();
  const order: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const gate = (title: string): PromiseWithResolvers<void> => gates.get(title) ?? gates.set(title, Promise.withResolvers()).get(title) as PromiseWithResolvers<void>;
  const wait = (_: unknown, { job: { title } }: { job: { title: string } }): Promise<void> => (order.push(title), gate(title).promise);
  const { queue } = make({ handlers: [handlerOf('media-poster', wait), handlerOf('library-analysis', wait, 'background')] });
  const library = queue.enqueue({ kind: 'library-analysis', title: 'library', payload: {} });
  const posters = ['p1', 'p2', 'p3'].map((title) => queue.enqueue(poster({ title })));
  queue.start();
  await settled();
  expect(order).toEqual(['p1', 'p2']);
  gate('p1').resolve();
  await queue.finished(posters[0]?.id ?? '');
  await settled();
  expect(order).toEqual(['p1', 'p2', 'p3']);
  gate('p2').resolve();
  await queue.finished(posters[1]?.id ?? '');
  await settled();
  expect(order).toEqual(['p1', 'p2', 'p3', 'library']);
  queue.enqueue(poster({ title: 'p4' }));
  await settled();
  expect(order.at(-1)).toBe('p4');
  for (const title of order) gate(title).resolve();
  await queue.finished(library.id);
  await queue.stop();
});

test('spare work runs while nothing else does, gives way to what begins, and goes on afterwards', async () => {
  const { make } = queueWorld();
  const order: string[] = [];
  const heavy = Promise.withResolvers<void>();
  const spare = (_: unknown, { signal }: { signal: AbortSignal }): Promise<void> => {
    order.push('spare');
    return order.length < 4 ? new Promise((_resolve, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error))) : Promise.resolve();
  };
  const { queue } = make({ handlers: [handlerOf('clip-copies', spare, 'spare'), handlerOf('sonify', () => (order.push('heavy'), heavy.promise), 'heavy'), handlerOf('media-poster', () => Promise.resolve(void order.push('poster')))] });
  queue.start();
  const copies = queue.enqueue({ kind: 'clip-copies', title: 'copies', payload: {} });
  await settled();
  const film = queue.enqueue({ kind: 'sonify', title: 'film', payload: {} });
  await settled();
  const waiting = queue.get(copies.id);
  expect([waiting.state, waiting.error]).toEqual(['pending', null]);
  await queue.finished(queue.enqueue(poster()).id);
  expect(order).toEqual(['spare', 'heavy', 'poster']);
  heavy.resolve();
  await queue.finished(film.id);
  await queue.finished(copies.id);
  expect(order).toEqual(['spare', 'heavy', 'poster', 'spare']);
  expect(queue.get(copies.id)).toMatchObject({ state: 'completed', attempts: 1 });
  await queue.stop();
});

test('a heavy job does not hold up quick ones, and lanes keep their widths', async () => {
  const { make } = queueWorld();
  const open = new Map<string, () => void>();
  const started: string[] = [];
  const wait = (_: unknown, context: { job: { title: string } }): Promise<void> => {
    started.push(context.job.title);
    return new Promise((resolve) => open.set(context.job.title, resolve));
  };
  const { queue } = make({ handlers: [handlerOf('media-poster', wait), handlerOf('sonify', wait, 'heavy')] });
  queue.start();
  for (const title of ['h1', 'h2']) queue.enqueue({ kind: 'sonify', title, payload: {} });
  for (const title of ['q1', 'q2', 'q3']) queue.enqueue(poster({ title }));
  await settled();
  expect(started.sort()).toEqual(['h1', 'q1', 'q2']);
  open.get('h1')?.();
  open.get('q1')?.();
  await settled();
  expect(started.sort()).toEqual(['h1', 'h2', 'q1', 'q2', 'q3']);
  for (const end of open.values()) end();
  await queue.stop();
});
