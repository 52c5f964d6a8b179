import { expect, it } from 'vitest';

import { NewestWins } from './newest-wins.ts';

/** A sender whose requests end when the test says so. */
function wired(merge?: (older: string, newer: string) => string) {
  const sent: string[] = [];
  const errors: unknown[] = [];
  const frames: (() => void)[] = [];
  const ends: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  const queue = new NewestWins<string>({
    send: (value) => {
      sent.push(value);
      return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
    },
    schedule: (run) => frames.push(run),
    onError: (error) => errors.push(error),
    ...(merge ? { merge } : {}),
  });
  const frame = async (): Promise<void> => {
    for (const run of frames.splice(0)) run();
    await Promise.resolve();
  };
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { queue, sent, errors, ends, frame, settle };
}

it('sends one value per frame, the newest', async () => {
  const { queue, sent, frame } = wired();
  for (const value of ['a', 'b', 'c']) queue.push(value);
  await frame();
  expect(sent).toEqual(['c']);
});

it('keeps one request on its way and sends the newest of those that waited', async () => {
  const { queue, sent, ends, frame, settle } = wired();
  queue.push('a');
  await frame();
  queue.push('b');
  queue.push('c');
  await frame();
  expect(sent).toEqual(['a']);
  ends[0]?.resolve();
  await settle();
  await frame();
  expect(sent).toEqual(['a', 'c']);
});

it('merges what waits', async () => {
  const { queue, sent, frame } = wired((older, newer) => older + newer);
  for (const value of ['a', 'b', 'c']) queue.push(value);
  await frame();
  expect(sent).toEqual(['abc']);
});

it('goes on after a request that failed', async () => {
  const { queue, sent, errors, ends, frame, settle } = wired();
  queue.push('a');
  await frame();
  ends[0]?.reject(new Error('refused'));
  await settle();
  queue.push('b');
  await frame();
  expect({ sent, errors: errors.map(String) }).toEqual({ sent: ['a', 'b'], errors: ['Error: refused'] });
  ends[1]?.resolve();
  await settle();
  expect(queue.isIdle).toBe(true);
});
