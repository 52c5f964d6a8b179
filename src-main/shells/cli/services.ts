/** The commands that stay: `serve` for machines without a screen, `studio` for a person. Both are the browser door. */
import type { ParseArgsOptionsConfig } from 'node:util';

import type { App, AppOptions } from '../../app.ts';
import { AppError } from '../../contract/errors.ts';
import { type Values, text } from './commands/command.ts';
import { UsageError } from './usage.ts';

export interface ServiceContext {
  readonly values: Values;
  readonly open: (options: AppOptions) => Promise<App>;
  /** Aborts on Ctrl+C. */
  readonly signal: AbortSignal;
}

export interface Service {
  readonly options: ParseArgsOptionsConfig;
  run(context: ServiceContext): Promise<void>;
}

function portOf(values: Values): number {
  const given = text(values, 'port') ?? '0';
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--port is a number from 0 to 65535; got "${given}".`);
  return port;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));

async function serve({ values, open, signal }: ServiceContext, isHeadless: boolean): Promise<void> {
  const port = portOf(values);
  // Node's HTTP server takes a tenth of a command's start, and only these commands need it.
  const { startBrowserShell } = await import('../browser/index.ts');
  const app = await open({ dataDir: text(values, 'data-dir'), role: 'studio' });
  try {
    const shell = await startBrowserShell({ app, port, isHeadless });
    await Promise.race([aborted(signal), shell.closed]);
    await shell.close();
  } finally {
    await app.close();
  }
}

/** A second studio on a data folder opens a window onto the first instead. */
async function studio(context: ServiceContext): Promise<void> {
  try {
    await serve(context, context.values['headless'] === true);
  } catch (error) {
    const folder = error instanceof AppError && error.code === 'data-folder-in-use' ? (error.details as { path: string }).path : null;
    const { openRunningStudio } = await import('../browser/index.ts');
    const running = folder === null ? null : await openRunningStudio(folder);
    if (running === null) throw error;
    process.stdout.write(running === 'opened' ? 'Kinetone is open already; here is its window.\n' : `Kinetone is open already at ${running.link}\n`);
  }
}

const OPTIONS = { port: { type: 'string' }, headless: { type: 'boolean' } } as const;

export const services: Readonly<Record<string, Service>> = {
  serve: { options: OPTIONS, run: (context) => serve(context, true) },
  studio: { options: OPTIONS, run: studio },
};
