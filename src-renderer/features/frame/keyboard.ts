/**
 * Keys run commands: by character, never while something is typed, only global ones under a dialog. Controls reached
 * with the keyboard keep Space and Enter for themselves.
 */
import { useEffect } from 'react';

import { commandTable } from '../../model/command-table.ts';
import { commandOf } from '../../model/key-bindings.ts';
import { chordOf } from '../../model/key-chord.ts';
import { commands, isMac } from '../../stores/command-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { useShell } from '../../stores/shell-store.ts';

const TYPING =
  'input:not([type=checkbox],[type=radio],[type=range],[type=button]), textarea, select, [contenteditable]';
const PRESSABLE =
  'button, a[href], summary, [role=button], [role=switch], [role=tab], [role=radio], [role=option], [role=combobox], [role=gridcell]';

/** Whether the focus came by the keyboard: then Space and Enter belong to what has it. */
let isFocusByKey = false;

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

function belongsToControl(event: KeyboardEvent): boolean {
  if (!isFocusByKey || (event.key !== ' ' && event.key !== 'Enter')) return false;
  return event.target instanceof Element && event.target.closest(PRESSABLE) !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.key === 'Tab') isFocusByKey = true;
  if (event.defaultPrevented || event.isComposing) return;
  const chord = chordOf(event, isMac);
  if (chord === null) return;
  const command = commandOf(chord, useSettings.getState().settings.keys);
  const isModal = document.querySelector('[data-modal]') !== null;
  const isMenu = event.target instanceof Element && event.target.closest('[role=menu]') !== null;
  if (command && commandTable[command].isGlobal) {
    event.preventDefault();
    commands.run(command);
    return;
  }
  if (isModal || isMenu || isTyping(event.target)) return;
  if (chord === 'Escape' && useShell.getState().sheet !== null) {
    event.preventDefault();
    useShell.getState().closeSheet();
    return;
  }
  if (!command || belongsToControl(event)) return;
  // Also when it cannot run now: Ctrl+S must never save the page, Space never scroll it.
  event.preventDefault();
  if (!event.repeat || commandTable[command].repeats) commands.run(command);
}

export function useKeyboard(): void {
  useEffect(() => {
    const onPointerDown = (): void => {
      isFocusByKey = false;
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('pointerdown', onPointerDown, true);
    };
  }, []);
}
