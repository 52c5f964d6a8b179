import { describe, expect, it, vi } from 'vitest';

import { CommandRegistry } from './command-registry.ts';

describe('CommandRegistry', () => {
  it('runs the newest handler and gives the older one back when it goes', () => {
    const registry = new CommandRegistry();
    const [page, dialog] = [vi.fn(), vi.fn()];
    registry.register({ 'play.toggle': { run: page } });
    const leave = registry.register({ 'play.toggle': { run: dialog } });
    registry.run('play.toggle');
    leave();
    registry.run('play.toggle');
    expect([page.mock.calls.length, dialog.mock.calls.length]).toEqual([1, 1]);
  });

  it('does not run what is not enabled or not there', () => {
    const registry = new CommandRegistry();
    const run = vi.fn();
    registry.register({ 'edit.undo': { run, isEnabled: () => false } });
    expect([registry.run('edit.undo'), registry.run('edit.redo')]).toEqual([false, false]);
    expect(run).not.toHaveBeenCalled();
  });
});
