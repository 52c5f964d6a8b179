/** Sessions that end with the process: those of a command, which runs beside a studio and shares none of its own. */
import type { Session } from '../../../contract/documents/session.ts';
import type { SessionStore, StoredFrame } from './ports.ts';

export class MemorySessionStore implements SessionStore {
  readonly #sessions = new Map<string, Session>();
  readonly #frames = new Map<string, Map<number, StoredFrame>>();
  /** Numbers of frames to be dropped, the lowest last: sorted once for many. What is above them all is not among them. */
  readonly #lowest = new Map<string, number[]>();

  list(): Session[] {
    return [...this.#sessions.values()].map((session) => structuredClone(session)).sort((a, b) => a.created_at.localeCompare(b.created_at));
  }

  save(session: Session): void {
    this.#sessions.set(session.id, structuredClone(session));
  }

  remove(id: string): void {
    this.#sessions.delete(id);
    this.#frames.delete(id);
    this.#lowest.delete(id);
  }

  putFrame(sessionId: string, frame: StoredFrame): void {
    const frames = this.#frames.get(sessionId) ?? new Map<number, StoredFrame>();
    const lowest = this.#lowest.get(sessionId);
    if (lowest && !frames.has(frame.frame) && frame.frame < (lowest[0] ?? -1)) this.#lowest.delete(sessionId);
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
    if (!frames) return;
    let lowest = this.#lowest.get(sessionId) ?? [];
    if (lowest.length === 0) {
      lowest = [...frames.keys()].sort((a, b) => b - a);
      this.#lowest.set(sessionId, lowest);
    }
    const first = lowest.pop();
    if (first !== undefined) frames.delete(first);
  }
}
