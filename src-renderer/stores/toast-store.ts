/**
 * Toasts: things that happened and need no decision. An error toast stays until it is dismissed; each error appears once.
 */
import { create } from 'zustand';

import { isAbort, toAppError } from '../../src-main/contract/errors.ts';
import type { AppError } from '../../src-main/contract/errors.ts';

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'ok' | 'error';
  readonly text: string;
  readonly error: AppError | null;
  readonly actions: readonly ToastAction[];
  /** How long it stays; null until dismissed. */
  readonly forMs: number | null;
}

interface ToastState {
  readonly toasts: readonly Toast[];
  readonly dismiss: (id: number) => void;
}

export const useToasts = create<ToastState>()((set) => ({
  toasts: [],
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
}));

const MOST_SHOWN = 4;
let nextId = 1;

function show(toast: Omit<Toast, 'id'>): void {
  const isSame = (other: Toast): boolean => other.text === toast.text && other.tone === toast.tone;
  useToasts.setState((state) => ({
    toasts: [...state.toasts.filter((other) => !isSame(other)), { ...toast, id: nextId++ }].slice(-MOST_SHOWN),
  }));
}

export function say(text: string, actions: readonly ToastAction[] = []): void {
  show({ tone: 'info', text, error: null, actions, forMs: actions.length > 0 ? 8000 : 4000 });
}

export function sayDone(text: string, actions: readonly ToastAction[] = []): void {
  show({ tone: 'ok', text, error: null, actions, forMs: actions.length > 0 ? 8000 : 4000 });
}

/** Shows a failure; a cancellation is not one. `what` says what was tried when the message alone would not. */
export function sayError(thrown: unknown, what?: string, actions: readonly ToastAction[] = []): void {
  if (isAbort(thrown)) return;
  const error = toAppError(thrown);
  show({ tone: 'error', text: what ?? error.message, error, actions, forMs: null });
}

/** Runs work whose failure is told in a toast and nowhere else. */
export function attempt(work: Promise<unknown>, what?: string): void {
  work.catch((error: unknown) => sayError(error, what));
}
