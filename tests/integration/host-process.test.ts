/** Host processes: calls both ways, events, cancel, crashes, restart, and their end with their parent. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { startOf } from '../../src-main/adapters/ffmpeg/orphans.ts';
import { nodeHostProcess } from '../../src-main/adapters/host-process/node-host-process.ts';
import { SupervisedHost } from '../../src-main/adapters/host-process/supervised-host.ts';
import type { SupervisedHostOptions } from '../../src-main/adapters/host-process/supervised-host.ts';
import type { Clock } from '../../src-main/core/clock.ts';
import type { HostMethods } from '../../src-main/core/host.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { FakeClock } from '../fakes/clock.ts';
import { hostEntry, tether } from '../fixtures/media-world.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const repository = resolve(import.meta.dirname, '../..');
const from = (path: string): string => JSON.stringify(join(repository, 'src-main', path));

/** A clock that stands still and on which nobody waits. */
function restless(clock = new FakeClock()): Clock {
  return { nowMs: () => clock.nowMs(), sleep: () => Promise.resolve() };
}

/** A host whose methods do what a test needs. */
function testHost(options: Partial<SupervisedHostOptions> = {}): SupervisedHost {
  const entry = join(tempFolder(), 'host.ts');
  writeFileSync(
    entry,
    `import { AppError } from ${from('contract/errors.ts')};
     import { serveParent } from ${from('hosts/serve-parent.ts')};
     const wait = (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
     serveParent({
       echo: async (input, { emit }) => { emit({ saw: input }); return input; },
       fail: async () => { throw new AppError('media-empty', 'film.mp4 is empty.', { hint: 'Copy it again.' }); },
       wait: async (_, { signal, emit }) => { emit('waiting'); await wait(signal); },
       wasCancelled: async () => cancelled,
       crash: async () => { process.stderr.write('the last words\\n'); setTimeout(() => process.abort(), 20); return new Promise(() => {}); },
       ask: async (input, { caller }) => (await caller.call('double', input)) + 1,
       pid: async () => process.pid,
       hang: async (_, { emit }) => { emit('hanging'); setTimeout(() => { for (;;); }, 50); return new Promise(() => {}); },
       never: async () => new Promise(() => {}),
       fault: async () => { throw new Error('outer', { cause: new Error('inner') }); },
       big: async (n) => new Float32Array(n).fill(0.5),
     });
     let cancelled = false;`,
  );
  const host = new SupervisedHost({ name: 'test', start: nodeHostProcess({ entry, tether }), clock: restless(), log: silentLog, ...options });
  onTestFinished(() => host.stop());
  return host;
}

describe('a call', () => {
  test('answers, with its events before it, typed arrays as typed arrays', async () => {
    const host = testHost();
    const events: unknown[] = [];
    const input = { rows: new Float32Array([1, 2]), times: new Float64Array([0.1]), text: 'ü\n🎬' };
    expect(await host.call('echo', input, { onEvent: (event) => events.push(event) })).toEqual(input);
    expect(events).toEqual([{ saw: input }]);
    expect(await host.call('big', 1_000_000)).toHaveLength(1_000_000);
  });

  test('fails with the error the host threw: code, message, hint', async () => {
    await expect(testHost().call('fail', null)).rejects.toMatchObject({ code: 'media-empty', message: 'film.mp4 is empty.', hint: 'Copy it again.' });
  });

  test('that fails leaves the stack of the error and of its cause in the log, and none in the error', async () => {
    const logged: object[] = [];
    const host = testHost({ log: { ...silentLog, warn: (fields) => void logged.push(fields) } });
    const error: unknown = await host.call('fault', null).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain('host.ts');
    expect(logged).toMatchObject([{ host: 'test', method: 'fault', code: 'internal', trace: expect.stringMatching(/outer[^]*host\.ts[^]*inner/) as string }]);
  });

  test('of a method that is not there is refused, also of one every object has', async () => {
    const host = testHost();
    for (const name of ['nothing', 'constructor', '__proto__']) await expect(host.call(name, null)).rejects.toMatchObject({ code: 'internal' });
  });

  test('can be made back to the main process while it runs', async () => {
    const methods: HostMethods = { double: (input) => Promise.resolve((input as number) * 2) };
    expect(await testHost({ methods }).call('ask', 20)).toBe(41);
  });

  test('that is cancelled rejects at once and stops the method; the host goes on', async () => {
    const host = testHost();
    const stop = new AbortController();
    const waiting = host.call('wait', null, { signal: stop.signal, onEvent: () => stop.abort() });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await host.call('echo', 1)).toBe(1);
    await expect(host.call('echo', 1, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('many at once each get their own answer', async () => {
    const host = testHost();
    const inputs = Array.from({ length: 200 }, (_, i) => i);
    expect(await Promise.all(inputs.map((input) => host.call('echo', input)))).toEqual(inputs);
  });
});

describe('a host that does not let go', () => {
  test('of a cancelled call is ended and started again', async () => {
    const host = testHost({ cancelMs: 200 });
    const pid = (await host.call('pid', null)) as number;
    const stop = new AbortController();
    await expect(host.call('hang', null, { signal: stop.signal, onEvent: () => stop.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => startOf(pid), { timeout: 20_000 }).toBeNull();
    expect(await host.call('pid', null)).not.toBe(pid);
  });

  test('by its deadline fails the call as retryable, and is ended', async () => {
    const host = testHost({ cancelMs: 200 });
    const pid = (await host.call('pid', null)) as number;
    await expect(host.call('never', null, { deadlineMs: 100 })).rejects.toMatchObject({ code: 'host-timeout', retryable: true });
    await expect.poll(() => startOf(pid), { timeout: 20_000 }).toBeNull();
  });

  test('in time goes on', async () => {
    const host = testHost({ cancelMs: 2000 });
    const pid = await host.call('pid', null);
    const stop = new AbortController();
    await expect(host.call('wait', null, { signal: stop.signal, onEvent: () => stop.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await host.call('echo', 1, { deadlineMs: 60_000 })).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await host.call('pid', null)).toBe(pid);
  });
});

describe('a host that crashes', () => {
  test('fails every open call as retryable, with the end of its stderr, and is started again', async () => {
    const host = testHost();
    const first = await host.call('pid', null);
    const calls = await Promise.allSettled([host.call('wait', null), host.call('crash', null)]);
    for (const call of calls) {
      expect(call).toMatchObject({ status: 'rejected', reason: { code: 'host-crashed', retryable: true, details: { stderr: expect.stringContaining('the last words') as string } } });
    }
    expect(await host.call('pid', null)).not.toBe(first);
  });

  test('again and again is not started for ever', async () => {
    const clock = new FakeClock();
    const host = testHost({ clock: restless(clock) });
    for (let i = 0; i < 5; i += 1) await expect(host.call('crash', null)).rejects.toMatchObject({ retryable: true });
    await expect(host.call('echo', 1)).rejects.toMatchObject({ code: 'host-crashed', retryable: false });
    await clock.advance(11 * 60_000);
    expect(await host.call('echo', 1)).toBe(1);
  });

  test('and waits before it is started again can be stopped meanwhile', async () => {
    const host = testHost({ clock: new FakeClock() });
    await expect(host.call('crash', null)).rejects.toMatchObject({ code: 'host-crashed' });
    const waiting = host.call('echo', 1);
    await host.stop();
    await expect(waiting).rejects.toBeInstanceOf(Error);
  });

  test('before it is ready fails the call', async () => {
    const entry = join(tempFolder(), 'broken.ts');
    writeFileSync(entry, 'throw new Error("no way to start");');
    const host = testHost({ start: nodeHostProcess({ entry, tether }) });
    await expect(host.call('echo', 1)).rejects.toMatchObject({ code: 'host-crashed', details: { stderr: expect.stringContaining('no way to start') as string } });
  });
});

describe('the end', () => {
  test('of a stopped host is clean, and calls after it are refused', async () => {
    const host = testHost();
    const pid = (await host.call('pid', null)) as number;
    await host.stop();
    expect(startOf(pid)).toBeNull();
    await expect(host.call('echo', 1)).rejects.toMatchObject({ code: 'host-crashed' });
  });

  test.skipIf(process.platform !== 'linux').each([
    ['with the tether', tether],
    ['without it, by its closed channel', null],
  ])('of the parent is the end of the host, %s', async (_, launcher) => {
    const script = join(tempFolder(), 'parent.ts');
    writeFileSync(
      script,
      `import { nodeHostProcess } from ${from('adapters/host-process/node-host-process.ts')};
       const host = nodeHostProcess({ entry: ${JSON.stringify(hostEntry)}, tether: ${JSON.stringify(launcher)} })();
       host.onMessage(() => process.stdout.write(host.pid + '\\n'));`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const pid = await new Promise<number>((found) => parent.stdout.once('data', (text: Buffer) => found(Number(text))));
    expect(startOf(pid)).not.toBeNull();
    parent.kill('SIGKILL');
    await expect.poll(() => startOf(pid), { timeout: 5000 }).toBeNull();
  });
});
