/** Host processes in the desktop shell, against a stand-in for Electron's utilityProcess. */
import { EventEmitter } from 'node:events';

import type { utilityProcess } from 'electron';
import { expect, test } from 'vitest';

import { utilityHost } from '../../src-main/shells/electron/utility-host.ts';

class FakeUtility extends EventEmitter {
  readonly pid = 4711;
  readonly stderr = new EventEmitter();
  readonly posted: unknown[] = [];
  isKilled = false;
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  kill(): boolean {
    this.isKilled = true;
    return true;
  }
}

function start() {
  const children: FakeUtility[] = [];
  const forked: unknown[][] = [];
  const fork = (...args: unknown[]): FakeUtility => {
    forked.push(args);
    const child = new FakeUtility();
    children.push(child);
    return child;
  };
  const host = utilityHost({ fork } as unknown as typeof utilityProcess, '/app/hosts/analysis.js')();
  return { host, child: children[0] as FakeUtility, forked };
}

test('a host is forked without standard input or output and talks by messages', () => {
  const { host, child, forked } = start();
  const heard: unknown[] = [];
  host.onMessage((message) => heard.push(message));
  host.post({ type: 'cancel', id: 1 });
  child.emit('message', { type: 'ready' });
  expect([forked[0]?.[0], child.posted, heard]).toEqual(['/app/hosts/analysis.js', [{ type: 'cancel', id: 1 }], [{ type: 'ready' }]]);
});

test('its end comes with the end of its stderr, and nothing is posted to it afterwards', () => {
  const { host, child } = start();
  const ends: unknown[] = [];
  host.onExit((exit) => ends.push(exit));
  child.stderr.emit('data', Buffer.from(`${'x'.repeat(5000)}the reason`));
  child.emit('exit', 9);
  expect(ends).toMatchObject([{ status: 9, signal: null }]);
  const { stderr } = ends[0] as { stderr: string };
  expect([stderr.length, stderr.endsWith('the reason')]).toEqual([4096, true]);
  expect(() => host.post({})).toThrow(/gone/);
});
