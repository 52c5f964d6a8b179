/** MIDI while the studio is open: controllers that are bound are listened to; while one learns, a click chooses a control. */
import { useEffect } from 'react';

import { useSettings } from '../../stores/settings-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { askForAccess, chooseTarget, setLearning, useMidi } from './midi-store.ts';

const bound = (event: Event): HTMLElement | null => (event.target instanceof Element ? event.target.closest<HTMLElement>('[data-midi]') : null);

/** The control itself does nothing while it is being chosen. */
function onPress(event: Event): void {
  const element = bound(event);
  if (!element) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.type === 'pointerdown') chooseTarget(element.dataset['midi'] ?? '');
}

function onKey(event: KeyboardEvent): void {
  if (event.key === 'Escape' && !event.shiftKey) {
    event.preventDefault();
    event.stopPropagation();
    setLearning(false);
    return;
  }
  const element = bound(event);
  if (!element || (event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  event.stopPropagation();
  chooseTarget(element.dataset['midi'] ?? '');
}

export function useMidiControllers(): void {
  const isLearning = useMidi((state) => state.isLearning);
  const target = useMidi((state) => state.target);
  const hasBindings = useSettings((state) => (state.settings.midi?.length ?? 0) > 0);
  useEffect(() => (hasBindings ? attempt(askForAccess()) : undefined), [hasBindings]);
  useEffect(() => {
    document.documentElement.classList.toggle('midi-learning', isLearning);
    if (!isLearning) return undefined;
    const kinds = ['pointerdown', 'click', 'dblclick'] as const;
    for (const kind of kinds) document.addEventListener(kind, onPress, true);
    document.addEventListener('keydown', onKey, true);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, onPress, true);
      document.removeEventListener('keydown', onKey, true);
    };
  }, [isLearning]);
  useEffect(() => {
    const shown = target === null ? [] : [...document.querySelectorAll(`[data-midi="${CSS.escape(target)}"]`)];
    for (const element of shown) element.classList.add('midi-target');
    return () => shown.forEach((element) => element.classList.remove('midi-target'));
  }, [target]);
}
