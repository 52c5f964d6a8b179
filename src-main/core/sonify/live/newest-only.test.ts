/** Work that comes while other work runs: the newest is done next, the others are told at once that they are not. */
import { expect, test } from 'vitest';

import { NewestOnly } from './newest-only.ts';

test('one runs at a time, the newest of the waiting follows, the others are overtaken', async () => {
  const newest = new NewestOnly();
  const log: string[] = [];
  let running = 0;
  const work = (name: string) => async (): Promise<string> => {
    running += 1;
    expect(running).toBe(1);
    log.push(name);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return name;
  };
  const results = ['a', 'b', 'c', 'd'].map((name) => newest.run(work(name)));
  // Overtaken ones hear of it while the first still runs.
  expect(await Promise.all(results.slice(1, 3))).toEqual([null, null]);
  expect(running).toBe(1);
  expect(await Promise.all([results[0], results[3]])).toEqual(['a', 'd']);
  expect(await newest.run(work('e'))).toBe('e');
  expect(log).toEqual(['a', 'd', 'e']);
});

test('work that fails fails alone', async () => {
  const newest = new NewestOnly();
  const failed = newest.run(() => Promise.reject(new Error('no')));
  const next = newest.run(() => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
