/** The studio's one command registry, and how React registers and runs commands. */
import { useEffect, useSyncExternalStore } from 'react';

import type { CommandId } from '../model/command-table.ts';
import { CommandRegistry } from '../model/command-registry.ts';
import type { CommandHandler } from '../model/command-registry.ts';
import { chordsOf } from '../model/key-bindings.ts';
import { useSettings } from './settings-store.ts';

export const commands = new CommandRegistry();
export const isMac = /Mac/.test(navigator.platform);

export type CommandHandlers = Partial<Record<CommandId, CommandHandler>>;

/** Registers handlers while the component is shown; `handlers` must keep its identity between renders. */
export function useCommands(handlers: CommandHandlers): void {
  useEffect(() => commands.register(handlers), [handlers]);
}

/** Whether a handler for the command is there and ready; follows handlers coming and going. */
export function useCanRun(id: CommandId): boolean {
  useSyncExternalStore(commands.subscribe, commands.version);
  return commands.canRun(id);
}

/** The chord to show for a command, or null. */
export function useChord(id: CommandId | undefined): string | null {
  return useSettings((state) => (id ? (chordsOf(id, state.settings.keys)[0] ?? null) : null));
}
