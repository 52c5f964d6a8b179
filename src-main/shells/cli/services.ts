/** The commands that stay: `serve` for machines without a screen, `studio` for a person. Both are the browser door. */
import type { ParseArgsOptionsConfig } from 'node:util';

import { openApp } from '../../app.ts';
import { startBrowserShell } from '../browser/index.ts';
import { type Values, text } from './commands/command.ts';
import { UsageError } from './usage.ts';

export interface Service {
  readonly options: ParseArgsOptionsConfig;
  run(context: { values: Values; signal: AbortSignal }): Promise<void>;
}

function portOf(values: Values): number {
  const given = text(values, 'port') ?? '0';
  const port = Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`--port is a number from 0 to 65535; got "${given}".`);
  return port;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));

async function open(values: Values, signal: AbortSignal, isHeadless: boolean): Promise<void> {
  const port = portOf(values);
  const app = await openApp({ dataDir: text(values, 'data-dir'), role: 'studio' });
  try {
    const shell = await startBrowserShell({ app, port, isHeadless });
    await Promise.race([aborted(signal), shell.closed]);
    await shell.close();
  } finally {
    await app.close();
  }
}

export const services: Readonly<Record<string, Service>> = {
  serve: { options: { port: { type: 'string' }, headless: { type: 'boolean' } }, run: ({ values, signal }) => open(values, signal, true) },
  studio: {
    options: { port: { type: 'string' }, headless: { type: 'boolean' } },
    run: ({ values, signal }) => open(values, signal, values['headless'] === true),
  },
};
