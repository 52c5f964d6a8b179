import { describe, expect, it } from 'vitest';

import { commandIds, commandTable } from './command-table.ts';
import { chordsOf, commandOf, conflictsOf, parseKeys } from './key-bindings.ts';
import { normalChord } from './key-chord.ts';

describe('the table of commands', () => {
  it('gives no two commands the same key', () => {
    const conflicting = commandIds.filter((id) => conflictsOf(id, {}).length > 0);
    expect(conflicting).toEqual([]);
  });

  it('spells every key the one way', () => {
    for (const id of commandIds) for (const key of commandTable[id].keys) expect(normalChord(key)).toBe(key);
  });
});

describe('user keys', () => {
  it('replace the defaults', () => {
    expect(chordsOf('edit.redo', { 'edit.redo': 'ctrl+r' })).toEqual(['Ctrl+R']);
    expect(chordsOf('edit.redo', { 'edit.redo': '' })).toEqual([]);
  });

  it('win over the default of another command, and the conflict is named', () => {
    const user = { 'marker.add': 'Space' };
    expect(commandOf('Space', user)).toBe('marker.add');
    expect(conflictsOf('marker.add', user)).toEqual(['play.toggle']);
  });

  it('of one chord go to the innermost screen that is shown', () => {
    const shown = (...ids: string[]) => commandOf('L', {}, (id) => ids.includes(id));
    expect(shown('play.shuttleForward')).toBe('play.shuttleForward');
    expect(shown('library.like')).toBe('library.like');
    expect(shown('library.like', 'song.lock')).toBe('song.lock');
    expect(commandOf('F2', {}, (id) => id === 'project.rename' || id === 'library.edit')).toBe('library.edit');
  });

  it('are read from a file, leaving out what is unknown', () => {
    expect(parseKeys('{"edit.undo":"Ctrl+U","no.such":"A","edit.redo":"Hyper+Q"}')).toEqual({ 'edit.undo': 'Ctrl+U' });
    expect(parseKeys('[1]')).toBeNull();
    expect(parseKeys('not json')).toBeNull();
  });
});
