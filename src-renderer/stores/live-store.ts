/**
 * Live sessions as the program tells of them, and the newest reading of each. Readings come sixty times a second: they are
 * kept outside React's state and painted from there.
 */
import { create } from 'zustand';

import type { LiveFrame, Session } from '../../src-main/contract/documents/session.ts';
import { call } from '../api/client.ts';
import { wake } from '../ui/animation.ts';

interface LiveState {
  readonly sessions: readonly Session[];
  readonly load: () => Promise<void>;
  readonly put: (session: Session) => void;
  readonly drop: (id: string) => void;
}

export const useLive = create<LiveState>()((set) => ({
  sessions: [],
  load: async () => set({ sessions: (await call('listSessions', {})).sessions }),
  put: (session) =>
    set(({ sessions }) => ({ sessions: [...sessions.filter((other) => other.id !== session.id), session] })),
  drop: (id) => set(({ sessions }) => ({ sessions: sessions.filter((other) => other.id !== id) })),
}));

export function sessionOf(projectId: string | null): Session | null {
  return projectId === null ? null : (useLive.getState().sessions.find((own) => own.project_id === projectId) ?? null);
}

export function useSession(projectId: string | null): Session | null {
  return useLive((state) => state.sessions.find((own) => projectId !== null && own.project_id === projectId) ?? null);
}

const frames = new Map<string, LiveFrame>();
const listeners = new Set<(frame: LiveFrame) => void>();

export function takeFrame(frame: LiveFrame): void {
  frames.set(frame.session_id, frame);
  for (const listener of listeners) listener(frame);
  wake();
}

/** Calls back with every reading. @returns the function that stops it */
export function onLiveFrame(listener: (frame: LiveFrame) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function newestFrame(sessionId: string | null): LiveFrame | null {
  return sessionId === null ? null : (frames.get(sessionId) ?? null);
}

export function forgetFrame(sessionId: string): void {
  frames.delete(sessionId);
}
