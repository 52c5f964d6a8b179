import { setTimeout as sleep } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { AppError } from '../../contract/errors.ts';
import { feed } from './feed.ts';
import { startProgram } from './process.ts';

const node = (script: string, signal?: AbortSignal) => startProgram({ tether: null, recordFolder: null }, process.execPath, ['-e', script], { hasInput: true, ...(signal ? { signal } : {}) });
const READS = 'process.stdin.resume()';
const full = new AppError('disk-full', 'The disk is full.', { hint: 'Free some space.' });

/** Pieces, then a pause, then a fault where there is one. */
async function* pieces(count: number, pauseMs = 0, fault?: Error): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i += 1) yield new Uint8Array(100_000);
  await sleep(pauseMs);
  if (fault) throw fault;
}

test('everything is written, and the program sees the end', async () => {
  const program = node("let n = 0; process.stdin.on('data', (d) => (n += d.length)).on('end', () => console.log(n))");
  let told = '';
  program.stdout.on('data', (piece: Buffer) => (told += piece.toString()));
  const fed = feed(program, pieces(30));
  expect((await program.ended).status).toBe(0);
  await fed;
  expect(told.trim()).toBe('3000000');
});

test('a program that ends early is no fault of the feed, and what was to come is not waited for', async () => {
  const program = node('process.exit(3)');
  const fed = feed(program, pieces(1, 60_000));
  expect((await program.ended).status).toBe(3);
  await expect(fed).resolves.toBeUndefined();
}, 10_000);

test('what the source throws is thrown as it is, once the program has its end of input', async () => {
  const program = node(READS);
  const fed = feed(program, pieces(1, 50, full));
  expect((await program.ended).status).toBe(0);
  await expect(fed).rejects.toBe(full);
});

test('of a program that ends and a source that throws at once, no other fault is made', async () => {
  const program = node('process.stdin.destroy(); setTimeout(() => process.exit(1), 20)');
  const fed = feed(program, pieces(20, 0, full));
  await program.ended;
  const told = await fed.then(() => undefined, (error: unknown) => error);
  expect([undefined, full]).toContain(told);
});

test('an abort of the program ends the feed', async () => {
  const controller = new AbortController();
  const program = node(READS, controller.signal);
  const fed = feed(program, pieces(1, 60_000));
  await sleep(100);
  controller.abort();
  expect((await program.ended).wasAborted).toBe(true);
  await expect(fed).resolves.toBeUndefined();
}, 10_000);
