/** The machine's clock and the ids. */
import { expect, test } from 'vitest';

import { IdSchema } from '../../contract/ids.ts';
import { newId, systemClock } from './system-clock.ts';

test('ids are valid, 20 characters, use the whole alphabet and do not repeat', () => {
  const ids = Array.from({ length: 5000 }, () => newId());
  expect(ids.every((id) => IdSchema.safeParse(id).success && /^[a-z0-9]{20}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(5000);
  expect(new Set(ids.join('')).size).toBe(36);
});

test('a sleep ends by itself, or at once with the reason of its signal', async () => {
  await systemClock.sleep(1);
  const controller = new AbortController();
  const sleeping = systemClock.sleep(3_600_000, controller.signal);
  controller.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
  await expect(systemClock.sleep(3_600_000, controller.signal)).rejects.toThrow('enough');
});
