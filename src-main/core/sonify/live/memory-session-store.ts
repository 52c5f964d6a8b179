/** Sessions that end with the process: those of a command, which runs beside a studio and shares none of its own. */
import type { Session } from '../../../contract/documents/session.ts';
import type { SessionStore, StoredFrame } from './ports.ts';

export class MemorySessionStore implements SessionStore {
  readonly #sessions = new Map<string, Session>();
  readonly #frames = new Map<string, Map<number, StoredFrame>>();

  list(): Session[] {
    return [...this.#sessions.values()].map((session) => structuredClone(session)).sort((a, b) => a.created_at.localeCompare(b.created_at));
  }

  save(session: Session): void {
    this.#sessions.set(session.id, structuredClone(session));
  }

  remove(id: string): void {
    this.#sessions.delete(id);
    this.#frames.delete(id);
  }

  putFrame(sessionId: string, frame: StoredFrame): void {
    const frames = this.#frames.get(sessionId) ?? new Map<number, StoredFrame>();
    this.#frames.set(sessionId, frames.set(frame.frame, { ...frame, row: frame.row.slice() }));
  }

  frame(sessionId: string, frame: number): StoredFrame | null {
    const found = this.#frames.get(sessionId)?.get(frame);
    return found ? { ...found, row: found.row.slice() } : null;
  }

  frames(sessionId: string, first: number, last: number, most: number): StoredFrame[] {
    const numbers = [...(this.#frames.get(sessionId)?.keys() ?? [])].filter((frame) => frame >= first && frame <= last).sort((a, b) => a - b);
    return numbers.slice(0, most).flatMap((frame) => this.frame(sessionId, frame) ?? []);
  }

  countFrames(sessionId: string): number {
    return this.#frames.get(sessionId)?.size ?? 0;
  }

  dropFirstFrame(sessionId: string): void {
    const frames = this.#frames.get(sessionId);
    const [first] = [...(frames?.keys() ?? [])].sort((a, b) => a - b);
    if (first !== undefined) frames?.delete(first);
  }
}
