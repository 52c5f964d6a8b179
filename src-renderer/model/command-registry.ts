/**
 * What commands do right now: screens register their handlers while they are shown, newest first, and the keyboard, the
 * menus, the palette and the buttons run them by id. No DOM.
 */
import type { CommandId } from './command-table.ts';

export interface CommandHandler {
  readonly run: () => void;
  /** Whether it can run now; always when absent. */
  readonly isEnabled?: () => boolean;
}

export class CommandRegistry {
  readonly #handlers = new Map<CommandId, CommandHandler[]>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  /** Registers handlers; the newest for an id wins. @returns the function that takes them back */
  register(handlers: Partial<Record<CommandId, CommandHandler>>): () => void {
    const entries = Object.entries(handlers) as [CommandId, CommandHandler][];
    for (const [id, handler] of entries) this.#handlers.set(id, [handler, ...(this.#handlers.get(id) ?? [])]);
    this.#changed();
    return () => {
      for (const [id, handler] of entries) {
        this.#handlers.set(
          id,
          (this.#handlers.get(id) ?? []).filter((other) => other !== handler),
        );
      }
      this.#changed();
    };
  }

  /** Whether a screen that can do it is shown, ready or not. */
  isHeard(id: CommandId): boolean {
    return (this.#handlers.get(id)?.length ?? 0) > 0;
  }

  canRun(id: CommandId): boolean {
    const handler = this.#handlers.get(id)?.[0];
    return handler !== undefined && (handler.isEnabled?.() ?? true);
  }

  /** Runs a command. @returns whether it could */
  run(id: CommandId): boolean {
    if (!this.canRun(id)) return false;
    this.#handlers.get(id)?.[0]?.run();
    return true;
  }

  /** Called when handlers come or go (for useSyncExternalStore). */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly version = (): number => this.#version;

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
