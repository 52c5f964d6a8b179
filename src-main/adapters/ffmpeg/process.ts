/**
 * The one place that starts FFmpeg and ffprobe: argument lists, no shell, standard input only where we write it, life tied to ours by
 * kinetone-tether, batch work at nice 10, the end of stderr kept, cancel by SIGTERM and then SIGKILL.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Readable, type Writable } from 'node:stream';

import { AppError } from '../../contract/errors.ts';
import { recordProcess } from './orphans.ts';
import { StderrTail, reasonOf } from './stderr-tail.ts';

const BATCH_NICENESS = 10;
const GRACE_MS = 500;

export interface ProgramLauncher {
  /** Path of kinetone-tether; null where it was not built, and then a killed parent can leave programs to the sweep. */
  readonly tether: string | null;
  /** Folder of the records of running programs; null for none. */
  readonly recordFolder: string | null;
}

export interface ProgramOptions {
  readonly signal?: AbortSignal | undefined;
  /** Runs at nice 10, so that live sound keeps the processor. */
  readonly isBatch?: boolean;
  /** Whether something is written to its stdin; without it there is none. */
  readonly hasInput?: boolean;
  /** Nothing of its output is kept when it is stopped: it is killed at once. */
  readonly isDisposable?: boolean;
  /** Descriptor its output goes to; `stdout` is then empty. The caller closes it once the program is started. */
  readonly output?: number | undefined;
  /** The same for its stderr; nothing of it is then kept or told. */
  readonly errors?: number | undefined;
  /** Pieces of stderr as they come, besides the tail. */
  readonly onStderr?: (piece: string) => void;
}

export interface RunningProgram {
  readonly pid: number;
  /** Only with `hasInput`. */
  readonly stdin: Writable | null;
  readonly stdout: Readable;
  /** Ends it: SIGTERM, then SIGKILL. Harmless when it has ended. */
  stop(): void;
  /** How it ended; never rejects. */
  readonly ended: Promise<ProgramEnd>;
}

export interface ProgramEnd {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last 16 KiB of stderr. */
  readonly stderr: string;
  /** Set when the program could not be started. */
  readonly startError: NodeJS.ErrnoException | null;
  readonly wasAborted: boolean;
}

function start(launcher: ProgramLauncher, program: string, args: readonly string[], { isBatch = false, hasInput = false, output, errors }: ProgramOptions): ChildProcess {
  // Descriptor 3 is the tether's watch pipe where the system has no other way; unused on Linux.
  const stdio: ('ignore' | 'pipe' | number)[] = [hasInput ? 'pipe' : 'ignore', output ?? 'pipe', errors ?? 'pipe', 'pipe'];
  if (launcher.tether === null) return spawn(program, args, { stdio: stdio.slice(0, 3), windowsHide: true });
  const nice = isBatch ? ['--nice', String(BATCH_NICENESS)] : [];
  const tetherArgs = ['--parent', String(process.pid), ...nice, '--', program, ...args];
  const isWatching = process.platform !== 'linux' && process.platform !== 'win32';
  return spawn(launcher.tether, tetherArgs, { stdio: stdio.slice(0, isWatching ? 4 : 3), windowsHide: true });
}

/**
 * Starts a program. Its stdout must be read (or resumed), else it stands still: that is the backpressure.
 * Everything about its end is in `ended`.
 */
export function startProgram(
  launcher: ProgramLauncher,
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): RunningProgram {
  const { signal } = options;
  const child = start(launcher, program, args, options);
  let forget = (): void => undefined;
  const tail = new StderrTail();
  let startError: NodeJS.ErrnoException | null = null;
  let grace: NodeJS.Timeout | undefined;

  const stop = (): void => {
    if (grace !== undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (options.isDisposable === true) child.kill('SIGKILL');
    else child.kill('SIGTERM');
    grace = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    // A program that waits for us to read its output ends only when it can write it, and is told of only when it is read.
    if (options.isDisposable === true) child.stdout?.destroy();
    else child.stdout?.resume();
  };
  const ended = new Promise<ProgramEnd>((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      tail.push(piece);
      options.onStderr?.(piece);
    });
    child.on('error', (error) => (startError = error));
    child.on('close', (status, killedBy) => {
      clearTimeout(grace);
      signal?.removeEventListener('abort', stop);
      forget();
      resolve({ status, signal: killedBy, stderr: tail.tail, startError, wasAborted: signal?.aborted ?? false });
    });
  });
  // After the listeners: whatever becomes of the record, the program is followed to its end.
  if (launcher.recordFolder !== null && child.pid !== undefined) forget = recordProcess(launcher.recordFolder, child.pid);
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return { pid: child.pid ?? -1, stdin: child.stdin, stdout: child.stdout ?? Readable.from([]), stop, ended };
}

/** Turns a bad end into the error it is; returns when the program did its work. */
export function requireSuccess(end: ProgramEnd, program: string, signal?: AbortSignal): void {
  signal?.throwIfAborted();
  // 127 with the tether's name in front: the tether could not start it.
  if (end.startError || (end.status === 127 && end.stderr.includes('kinetone-tether:'))) {
    throw new AppError('ffmpeg-missing', `${program} could not be started.`, {
      hint: 'Check the FFmpeg in the settings; kinetone doctor shows which one is used.',
      cause: end.startError,
    });
  }
  if (end.status === 0) return;
  if (/No space left on device/.test(end.stderr)) {
    throw new AppError('disk-full', 'The disk is full.', { hint: 'Free some space and try again.', details: { stderr: end.stderr } });
  }
  const how = end.signal === null ? `ended with status ${String(end.status)}` : `was ended by ${end.signal}`;
  throw new AppError('ffmpeg-failed', `${program} ${how}: ${reasonOf(end.stderr) || 'it gave no reason'}.`, {
    hint: 'The job’s log has the end of what FFmpeg said.',
    details: { stderr: end.stderr },
    // Killed from outside (out of memory, by hand): the same work may succeed.
    retryable: end.signal !== null,
  });
}
