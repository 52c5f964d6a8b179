/** Runs one command line to its exit code: 0 done, 1 failed, 2 called wrongly, 130 interrupted. */
import { parseArgs } from 'node:util';

import packageJson from '../../../package.json' with { type: 'json' };
import { type App, type AppOptions, openApp } from '../../app.ts';
import { isAbort, toAppError } from '../../contract/errors.ts';
import { Client } from './client.ts';
import { analyze } from './commands/analyze.ts';
import { assemble } from './commands/assemble.ts';
import { choreograph } from './commands/choreograph.ts';
import { type Command, type Values, text } from './commands/command.ts';
import { devices } from './commands/devices.ts';
import { doctor } from './commands/doctor.ts';
import { flow } from './commands/flow.ts';
import { jobs } from './commands/jobs.ts';
import { library } from './commands/library.ts';
import { media } from './commands/media.ts';
import { models } from './commands/models.ts';
import { play } from './commands/play.ts';
import { song } from './commands/song.ts';
import { sonify } from './commands/sonify.ts';
import { type Service, services } from './services.ts';
import { Terminal } from './terminal.ts';
import { USAGE, UsageError } from './usage.ts';

export const CLI_COMMANDS: Readonly<Record<string, Command>> = { sonify, play, choreograph, assemble, analyze, flow, song, media, library, jobs, models, devices, doctor };

const GLOBAL_OPTIONS = {
  'data-dir': { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

interface Line {
  readonly name: string;
  readonly words: readonly string[];
  readonly values: Values;
}

/** `--loudness -16` names a negative value, which the parser would take for an option: joined with its name. */
function joined(args: readonly string[], options: Command['options']): string[] {
  const words: string[] = [];
  for (const word of args) {
    const before = words.at(-1) ?? '';
    const isValue = /^-\d/.test(word) && before.startsWith('--') && options[before.slice(2)]?.type === 'string';
    if (isValue) words[words.length - 1] = `${before}=${word}`;
    else words.push(word);
  }
  return words;
}

function parse(name: string, args: readonly string[], command: Pick<Command, 'options' | 'maxWords'>): Line {
  const options = { ...GLOBAL_OPTIONS, ...command.options };
  const { values, positionals } = parsed(joined(args, options), options);
  const extra = positionals[command.maxWords ?? 0];
  if (extra !== undefined && command.maxWords !== Number.POSITIVE_INFINITY) throw new UsageError(`${name} does not take "${extra}".`);
  return { name, words: positionals, values: values as Values };
}

function parsed(args: string[], options: Command['options']): { values: object; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
}

/** Aborts at the first Ctrl+C; the second ends the process at once. */
function interruption(): { signal: AbortSignal; isInterrupted: () => boolean; stop: () => void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return {
    signal: controller.signal,
    isInterrupted: () => controller.signal.aborted,
    stop: () => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, onSignal);
    },
  };
}

/** How the app is opened: the desktop program starts its host processes in another way. */
export type OpenApp = (options: AppOptions) => Promise<App>;

async function runService(service: Service, line: Line, open: OpenApp, signal: AbortSignal): Promise<number> {
  await service.run({ values: line.values, open, signal });
  return 0;
}

function doesRunJobs({ runsJobs = false }: Command, { words }: Line): boolean {
  return typeof runsJobs === 'function' ? runsJobs(words) : runsJobs;
}

async function runCommand(command: Command, line: Line, { terminal, open, signal }: { terminal: Terminal; open: OpenApp; signal: AbortSignal }): Promise<number> {
  const context = { terminal, signal, values: line.values, words: line.words };
  let app: App;
  try {
    app = await open({ dataDir: text(line.values, 'data-dir'), role: doesRunJobs(command, line) ? 'command' : 'query' });
  } catch (error) {
    if (!command.runWithoutApp) throw error;
    await command.runWithoutApp(toAppError(error), context);
    return 1;
  }
  try {
    const client = new Client((request) => app.fetch(request, 'program'), signal);
    await command.run({ ...context, client });
    return 0;
  } finally {
    await app.close();
  }
}

function answerHelp(name: string | undefined, args: readonly string[]): boolean {
  if (name === undefined || name === 'help' || args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return true;
  }
  if (name === '--version' || name === '-v') {
    process.stdout.write(`kinetone ${packageJson.version}\n`);
    return true;
  }
  return false;
}

/** @returns the exit code; never throws. */
export async function runCommandLine(argv: readonly string[], commands: Readonly<Record<string, Command>>, open: OpenApp = openApp): Promise<number> {
  const [name, ...rest] = argv;
  if (answerHelp(name, argv)) return name === undefined ? 2 : 0;
  const interrupted = interruption();
  let terminal = new Terminal({ json: argv.includes('--json'), quiet: argv.includes('--quiet') });
  try {
    const command = commands[name ?? ''];
    const service = services[name ?? ''];
    if (!command && !service) throw new UsageError(`There is no command "${name}".`);
    const line = parse(name ?? '', rest, command ?? { options: service?.options ?? {} });
    terminal = new Terminal({ json: line.values['json'] === true, quiet: line.values['quiet'] === true });
    if (service) return await runService(service, line, open, interrupted.signal);
    return command ? await runCommand(command, line, { terminal, open, signal: interrupted.signal }) : 2;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`kinetone: ${error.message} See kinetone --help.\n`);
      return 2;
    }
    if (interrupted.isInterrupted() && isAbort(error)) return 130;
    terminal.error(toAppError(error));
    return interrupted.isInterrupted() ? 130 : 1;
  } finally {
    interrupted.stop();
  }
}
