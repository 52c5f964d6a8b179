/**
 * Keys run commands: by character, never while something is typed, only global ones under a dialog. Controls reached
 * with the keyboard keep Space and Enter for themselves.
 */
import { useEffect } from 'react';

import { commandTable } from '../../model/command-table.ts';
import type { CommandId } from '../../model/command-table.ts';
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

function commandFor(event: KeyboardEvent): { readonly chord: string; readonly command: CommandId | null } | null {
  if (event.defaultPrevented || event.isComposing) return null;
  const chord = chordOf(event, isMac);
  return chord === null ? null : { chord, command: commandOf(chord, useSettings.getState().settings.keys, (id) => commands.isHeard(id)) };
}

/** Before anything else hears the key: Shift+Escape must silence, not leave the field or dialog that knows Escape. */
function onGlobalKeyDown(event: KeyboardEvent): void {
  const command = commandFor(event)?.command ?? null;
  if (command === null || !commandTable[command].isGlobal) return;
  event.preventDefault();
  event.stopPropagation();
  commands.run(command);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.key === 'Tab') isFocusByKey = true;
  const found = commandFor(event);
  if (found === null) return;
  const { chord, command } = found;
  const isModal = document.querySelector('[data-modal]') !== null;
  const isMenu = event.target instanceof Element && event.target.closest('[role=menu]') !== null;
  if (isModal || isMenu || isTyping(event.target)) return;
  if (chord === 'Escape' && useShell.getState().sheet !== null) {
    event.preventDefault();
    useShell.getState().closeSheet();
    return;
  }
  if (!command || belongsToControl(event)) return;
  // A key of another screen is free here.
  if (commandTable[command].place !== undefined && !commands.isHeard(command)) return;
  // Also when it cannot run now: Ctrl+S must never save the page, Space never scroll it.
  event.preventDefault();
  if (!event.repeat || commandTable[command].repeats) commands.run(command);
}

export function useKeyboard(): void {
  useEffect(() => {
    const onPointerDown = (): void => {
      isFocusByKey = false;
    };
    globalThis.addEventListener('keydown', onGlobalKeyDown, true);
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => {
      globalThis.removeEventListener('keydown', onGlobalKeyDown, true);
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('pointerdown', onPointerDown, true);
    };
  }, []);
}
