import { describe, expect, it } from 'vitest';

import { chordOf, normalChord, shownChord } from './key-chord.ts';
import type { KeyPress } from './key-chord.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('chordOf', () => {
  it('goes by the character, not by the place: Z on a German keyboard is where Y is on an English one', () => {
    expect(chordOf(press('z', { code: 'KeyY', ctrlKey: true }), false)).toBe('Ctrl+Z');
  });

  it('falls back to the place where the layout writes no Latin letter', () => {
    expect(chordOf(press('я', { code: 'KeyZ', ctrlKey: true }), false)).toBe('Ctrl+Z');
    expect(chordOf(press('ο', { code: 'KeyO' }), false)).toBe('O');
  });

  it('takes Shift as part of a letter’s chord and not of a character Shift makes', () => {
    expect(chordOf(press('I', { code: 'KeyI', shiftKey: true }), false)).toBe('Shift+I');
    expect(chordOf(press('?', { code: 'Slash', shiftKey: true }), false)).toBe('?');
  });

  it('reads the command key as Ctrl on macOS only', () => {
    expect(chordOf(press('k', { metaKey: true }), true)).toBe('Ctrl+K');
    expect(chordOf(press('k', { metaKey: true }), false)).toBe('K');
  });

  it('is nothing for a modifier alone', () => {
    expect(chordOf(press('Shift', { shiftKey: true }), false)).toBeNull();
  });

  it('names Space and Escape', () => {
    expect(chordOf(press(' '), false)).toBe('Space');
    expect(chordOf(press('Escape', { shiftKey: true }), false)).toBe('Shift+Escape');
  });
});

describe('normalChord', () => {
  it('has one spelling for every order and case', () => {
    expect(normalChord('shift+ctrl+z')).toBe('Ctrl+Shift+Z');
    expect(normalChord('alt+ArrowLeft')).toBe('Alt+ArrowLeft');
    expect(normalChord('Ctrl++')).toBe('Ctrl++');
  });

  it('refuses what is not a chord', () => {
    expect(normalChord('')).toBeNull();
    expect(normalChord('Hyper+Z')).toBeNull();
  });
});

describe('shownChord', () => {
  it('shows keycaps', () => {
    expect(shownChord('Ctrl+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(shownChord('Ctrl+ArrowLeft', true)).toEqual(['⌘', '←']);
    expect(shownChord('Ctrl++', false)).toEqual(['Ctrl', '+']);
  });
});
