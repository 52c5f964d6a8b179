/** What every command is: its options and what it does with a running app. */
import type { ParseArgsOptionsConfig } from 'node:util';

import type { AppError } from '../../../contract/errors.ts';
import type { Client } from '../client.ts';
import type { Terminal } from '../terminal.ts';

export type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface CommandContext {
  readonly client: Client;
  readonly terminal: Terminal;
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
  readonly values: Values;
  /** The words after the command's name. */
  readonly words: readonly string[];
}

export interface Command {
  readonly options: ParseArgsOptionsConfig;
  /** How many words it takes besides options. */
  readonly maxWords?: number;
  /** Whether it waits for work; a command that only asks leaves the queue to others. */
  readonly runsJobs?: boolean | ((words: readonly string[]) => boolean);
  run(context: CommandContext): Promise<void>;
  /** What it does when the app does not open; without it that is the command's error. */
  runWithoutApp?(problem: AppError, context: Omit<CommandContext, 'client'>): Promise<void>;
}

export function text(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
