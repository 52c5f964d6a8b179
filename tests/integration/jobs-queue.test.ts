/** The queue over real SQLite: what it promises about claims, progress, retries, cancellation and resumption. */
import { describe, expect, test } from 'vitest';

import { AppError } from '../../src-main/contract/errors.ts';
import { JobSchema } from '../../src-main/contract/documents/job.ts';
import { settled } from '../fakes/clock.ts';
import { handlerOf, queueWorld } from '../fixtures/job-queue.ts';

const poster = (overrides: object = {}): { kind: 'media-poster'; title: string; payload: unknown } => ({ kind: 'media-poster', title: 'Poster', payload: {}, ...overrides });
const untilAborted = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
const busy = (): AppError => new AppError('host-crashed', 'The host stopped.', { retryable: true });

describe('running', () => {
  test('a job runs to its result and is a valid document at every state event', async () => {
    const { make } = queueWorld();
    const { queue, events } = make({
      handlers: [handlerOf('media-poster', async (_, context) => {
        context.stage('first', 0.5);
        context.stage('second', 0.5);
        return { made: 1 };
      })],
    });
    queue.start();
    const { id } = queue.enqueue(poster());
    const job = await queue.finished(id);
    expect(job).toMatchObject({ state: 'completed', progress: 100, result: { made: 1 }, attempts: 1, eta_s: null });
    expect(job.stages.map((stage) => stage.done)).toEqual([1, 1]);
    const told = events.states.filter((event) => event.type === 'job-changed').map((event) => JobSchema.parse(event.job));
    expect(told.map(({ state, stage }) => [state, stage])).toEqual([['pending', null], ['running', null], ['running', 'first'], ['running', 'second'], ['completed', 'second']]);
    await queue.stop();
  });

  test('entering a stage completes those before it and progress never falls', async () => {
    const { make } = queueWorld();
    const seen: number[] = [];
    const { queue } = make({
      handlers: [handlerOf('media-poster', async (_, context) => {
        for (const [name, done] of [['first', 0.8], ['first', 0.2], ['second', 0], ['second', 0.4], ['first', 1], ['second', 2]] as const) {
          context.stage(name, done);
          seen.push(queue.get(context.job.id).progress);
        }
      })],
    });
    queue.start();
    await queue.finished(queue.enqueue(poster()).id);
    expect(seen).toEqual([20, 20, 25, 55, 55, 99.9]);
    await queue.stop();
  });

  test('a higher priority jumps the queue; equal ones run in their order', async () => {
    const { make } = queueWorld();
    const order: string[] = [];
    const { queue } = make({ laneWidths: { quick: 1, heavy: 1 }, handlers: [handlerOf('media-poster', async (_, context) => void order.push(context.job.title))] });
    const ids = ['a', 'b', 'urgent', 'c'].map((title) => queue.enqueue(poster({ title, priority: title === 'urgent' ? 10 : 0 })).id);
    queue.start();
    await Promise.all(ids.map((id) => queue.finished(id)));
    expect(order).toEqual(['urgent', 'a', 'b', 'c']);
    await queue.stop();
  });
});

describe('identity', () => {
  test('a live job with the same dedupe key is returned, a finished one is not', async () => {
    const { make } = queueWorld();
    const { queue } = make({ handlers: [handlerOf('media-poster', async () => null)] });
    const [first, second] = [queue.enqueue(poster({ dedupeKey: 'k' })), queue.enqueue(poster({ dedupeKey: 'k' }))];
    expect(second.id).toBe(first.id);
    queue.start();
    await queue.finished(first.id);
    expect(queue.enqueue(poster({ dedupeKey: 'k' })).id).not.toBe(first.id);
    await queue.stop();
  });

  test('a completed job with the same idempotency key is returned instead of doing the work again', async () => {
    const { make } = queueWorld();
    let runs = 0;
    const { queue } = make({ handlers: [handlerOf('media-poster', async () => (runs += 1))] });
    queue.start();
    const first = await queue.finished(queue.enqueue(poster({ idempotencyKey: 'sha+params' })).id);
    const again = queue.enqueue(poster({ idempotencyKey: 'sha+params' }));
    expect([again.id, again.result, runs]).toEqual([first.id, 1, 1]);
    await queue.stop();
  });
});

describe('failure', () => {
  test('a retryable error is tried again after 5, 10 and 20 s and then fails with that error', async () => {
    const { clock, make } = queueWorld();
    const at: number[] = [];
    const startMs = clock.nowMs();
    const { queue } = make({ handlers: [handlerOf('media-poster', async () => {
      at.push(clock.nowMs() - startMs);
      throw busy();
    })] });
    queue.start();
    const { id } = queue.enqueue(poster());
    await clock.advance(120_000);
    expect(at.map((ms) => Math.round(ms / 1000))).toEqual([0, 5, 15, 35]);
    expect(queue.get(id)).toMatchObject({ state: 'failed', attempts: 4, max_attempts: 4, error: { code: 'host-crashed' } });
    await queue.stop();
  });

  test('an interruption costs no attempt: the retries after it are all there', async () => {
    const { clock, make } = queueWorld();
    const first = make({ handlers: [handlerOf('media-poster', () => new Promise(() => undefined))] }).queue;
    first.start();
    const { id } = first.enqueue(poster());
    await settled();
    (first as unknown as { stopping: AbortController }).stopping.abort();
    await settled();
    const at: number[] = [];
    const startMs = clock.nowMs();
    const { queue } = make({ isOwnerAlive: (owner) => owner !== 'owner-1', handlers: [handlerOf('media-poster', async () => {
      at.push(clock.nowMs() - startMs);
      throw busy();
    })] });
    queue.start();
    await clock.advance(120_000);
    expect(at.map((ms) => Math.round(ms / 1000))).toEqual([0, 5, 15, 35]);
    expect(queue.get(id)).toMatchObject({ state: 'failed', attempts: 5, max_attempts: 5 });
    expect(queue.retry(id)).toMatchObject({ attempts: 0, max_attempts: 4 });
    await queue.stop();
  });

  test('any other error fails at once, without a stack in the job and with one in its log', async () => {
    const { make } = queueWorld();
    const { queue } = make({ handlers: [handlerOf('media-poster', async () => {
      throw new TypeError('undefined is not a function');
    })] });
    queue.start();
    const job = await queue.finished(queue.enqueue(poster()).id);
    expect(job).toMatchObject({ state: 'failed', attempts: 1, error: { code: 'internal', retryable: false } });
    expect(JSON.stringify(job)).not.toContain('undefined is not a function');
    expect(queue.log(job.id).lines.join('\n')).toContain('jobs-queue.test.ts');
    await queue.stop();
  });

  test('a failed job can be queued again and then succeeds with fresh attempts', async () => {
    const { make } = queueWorld();
    let runs = 0;
    const { queue } = make({ handlers: [handlerOf('media-poster', async () => {
      runs += 1;
      if (runs === 1) throw new AppError('media-unreadable', 'It broke.');
      return runs;
    })] });
    queue.start();
    const { id } = queue.enqueue(poster());
    await queue.finished(id);
    expect(queue.retry(id)).toMatchObject({ state: 'pending', attempts: 0, error: null, progress: 0, finished_at: null });
    expect(await queue.finished(id)).toMatchObject({ state: 'completed', result: 2, attempts: 1 });
    expect(() => queue.retry(id)).toThrow(expect.objectContaining({ code: 'job-not-retryable' }));
    await queue.stop();
  });
});

describe('cancel, pause, dismiss', () => {
  test('a running job stops when its signal aborts and ends cancelled, and so do the jobs it started', async () => {
    const { make } = queueWorld();
    const { queue } = make({ handlers: [handlerOf('media-poster', (_, { signal }) => untilAborted(signal))] });
    queue.start();
    const parent = queue.enqueue(poster());
    const child = queue.enqueue(poster({ parent: parent.id }));
    await settled();
    queue.cancel(parent.id);
    expect((await queue.finished(parent.id)).state).toBe('cancelled');
    expect((await queue.finished(child.id)).state).toBe('cancelled');
    expect(queue.get(parent.id).error).toBeNull();
    await queue.stop();
  });

  test('cancelling a waiting job keeps it from running; cancelling a finished one changes nothing', async () => {
    const { make } = queueWorld();
    let runs = 0;
    const { queue } = make({ handlers: [handlerOf('media-poster', async () => (runs += 1))] });
    const waiting = queue.enqueue(poster());
    expect(queue.cancel(waiting.id).state).toBe('cancelled');
    queue.start();
    const done = await queue.finished(queue.enqueue(poster()).id);
    expect(queue.cancel(done.id)).toEqual(done);
    expect(runs).toBe(1);
    await queue.stop();
  });

  test('a handler that ignores its signal is given up after a grace and its late result rejected', async () => {
    const { clock, make } = queueWorld();
    let end = (): void => undefined;
    const { queue } = make({ handlers: [handlerOf('media-poster', () => new Promise<string>((resolve) => (end = () => resolve('late'))))] });
    queue.start();
    const { id } = queue.enqueue(poster());
    await settled();
    queue.cancel(id);
    await clock.advance(11_000);
    expect(queue.get(id).state).toBe('cancelled');
    end();
    await settled();
    expect(queue.get(id)).toMatchObject({ state: 'cancelled', result: null });
    await queue.stop();
  });

  test('a paused job waits until it is resumed', async () => {
    const { clock, make } = queueWorld();
    const { queue } = make({ handlers: [handlerOf('media-poster', async () => 1)] });
    const { id } = queue.enqueue(poster());
    queue.pause(id);
    queue.start();
    await clock.advance(60_000);
    expect(queue.get(id)).toMatchObject({ state: 'pending', paused: true });
    queue.resume(id);
    expect((await queue.finished(id)).state).toBe('completed');
    await queue.stop();
  });

  test('only a finished job is dismissed, and it then leaves the list but not the record', async () => {
    const { make } = queueWorld();
    const { queue, events } = make({ handlers: [handlerOf('media-poster', async () => 1)] });
    const { id } = queue.enqueue(poster());
    expect(() => queue.dismiss(id)).toThrow(expect.objectContaining({ code: 'input-invalid' }));
    queue.start();
    await queue.finished(id);
    queue.dismiss(id);
    expect(queue.list()).toEqual([]);
    expect(queue.get(id).state).toBe('completed');
    expect(events.states.at(-1)).toEqual({ type: 'job-dismissed', topic: 'jobs', job_id: id });
    await queue.stop();
  });
});

describe('several processes', () => {
  test('an attempt that overran its lease loses it, and its late result is rejected', async () => {
    const { clock, make } = queueWorld();
    const ends: ((value: string) => void)[] = [];
    const handler = handlerOf('media-poster', () => new Promise<string>((resolve) => ends.push(resolve)));
    const [slow, other] = [make({ handlers: [handler] }).queue, make({ handlers: [handler] }).queue];
    slow.start();
    const { id } = slow.enqueue(poster());
    await settled();
    // The clock jumps as it does when a laptop wakes; the other process looks first.
    (clock as unknown as { now: number }).now += 60_000;
    other.start();
    await settled();
    expect(ends).toHaveLength(2);
    ends[0]?.('from the lost lease');
    await settled();
    expect(other.get(id).state).toBe('running');
    ends[1]?.('from the held lease');
    expect(await other.finished(id)).toMatchObject({ state: 'completed', result: 'from the held lease', attempts: 2 });
    await Promise.all([slow.stop(), other.stop()]);
  });

  test('what another process does to a job is told here, its cancellation obeyed there', async () => {
    const { clock, make } = queueWorld();
    const worker = make({ handlers: [handlerOf('media-poster', async (_, context) => {
      context.stage('first', 0.5);
      await untilAborted(context.signal);
    })] });
    const watcher = make();
    worker.queue.start();
    watcher.queue.start();
    const { id } = watcher.queue.enqueue(poster());
    await clock.advance(1000);
    const told = (): unknown[] => watcher.events.states.map((event) => (event.type === 'job-changed' ? [event.job.state, event.job.stage] : event.type));
    expect(told()).toEqual([['pending', null], ['running', 'first']]);
    const finished = watcher.queue.finished(id);
    watcher.queue.cancel(id);
    await clock.advance(1000);
    expect((await finished).state).toBe('cancelled');
    expect(told().at(-1)).toEqual(['cancelled', 'first']);
    await Promise.all([worker.queue.stop(), watcher.queue.stop()]);
  });

  test('a process claims only kinds it has handlers for', async () => {
    const { clock, make } = queueWorld();
    const { queue } = make({ handlers: [handlerOf('media-hash', async () => 1)] });
    queue.start();
    const { id } = queue.enqueue(poster());
    await clock.advance(10_000);
    expect(queue.get(id).state).toBe('pending');
    await queue.stop();
  });

  test('shutdown gives a lease back without spending an attempt, and the next process goes on at once', async () => {
    const { make } = queueWorld();
    const first = make({ handlers: [handlerOf('media-poster', (_, { signal }) => untilAborted(signal))] }).queue;
    first.start();
    const { id } = first.enqueue(poster());
    await settled();
    await first.stop();
    expect(first.get(id)).toMatchObject({ state: 'pending', attempts: 0 });
    const next = make({ handlers: [handlerOf('media-poster', async () => 'done')] }).queue;
    next.start();
    expect(await next.finished(id)).toMatchObject({ state: 'completed', attempts: 1 });
    await next.stop();
  });

  test('a job whose owner died is resumed at once; interrupted ten times it is given up and says why', async () => {
    const { clock, make } = queueWorld();
    const never = handlerOf('media-poster', () => new Promise(() => undefined));
    let id = '';
    for (let death = 1; death <= 11; death += 1) {
      const { queue } = make({ handlers: [never], isOwnerAlive: () => false });
      queue.start();
      id ||= queue.enqueue(poster()).id;
      await settled();
      expect(queue.get(id)).toMatchObject({ state: 'running', attempts: death, max_attempts: 3 + death });
      // Killed: nothing of it runs on.
      (queue as unknown as { stopping: AbortController }).stopping.abort();
      await settled();
    }
    const { queue } = make({ handlers: [never], isOwnerAlive: () => false });
    queue.start();
    expect(queue.get(id)).toMatchObject({ state: 'failed', error: { code: 'job-attempts-spent' } });
    await clock.advance(100_000);
    await queue.stop();
  });
});

describe('start-up', () => {
  test('two handlers of one kind, a missing kind, and weights that do not sum to 1 are refused', () => {
    const { make } = queueWorld();
    const one = handlerOf('media-poster', async () => 1);
    expect(() => make({ handlers: [one, one] })).toThrow('has two handlers');
    expect(() => make({ handlers: [one] }).queue.start(['media-poster', 'sonify'])).toThrow('No handler for the job kinds sonify');
    expect(() => make({ handlers: [{ ...one, stages: [{ name: 'only', weight: 0.9 }] }] })).toThrow('sum to 0.9');
  });
});
