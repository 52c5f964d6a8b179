/**
 * What no step caught: it reaches the log with its stack. A studio goes on, since what it keeps is durable and its heavy work
 * runs elsewhere; a command ends as Node ends it.
 */
import type { Log } from '../../core/log.ts';

export interface LastResortOptions {
  readonly log: Log;
  /** Whether the process goes on. */
  readonly goesOn: boolean;
}

/** Listens for uncaught errors and unhandled rejections. @returns the function that stops listening. */
export function catchLastResort({ log, goesOn }: LastResortOptions): () => void {
  const note = (error: unknown): void => log.error({ err: error }, 'an error that nothing caught');
  const names = goesOn ? (['uncaughtException', 'unhandledRejection'] as const) : (['uncaughtExceptionMonitor'] as const);
  for (const name of names) process.on(name, note);
  return () => {
    for (const name of names) process.off(name, note);
  };
}
