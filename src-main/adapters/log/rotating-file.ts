/**
 * A log file that keeps five of five megabytes: name.log, name.1.log … name.4.log. Writing is asynchronous through
 * pino's destination; what is not yet written at exit is flushed then. A disk that is full costs lines, not the program.
 */
import { existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import pino from 'pino';

type Destination = ReturnType<typeof pino.destination>;

export interface RotatingFile {
  write(line: string): void;
  flushSync(): void;
  close(): void;
}

export interface RotatingFileOptions {
  readonly maxBytes?: number;
  readonly maxFiles?: number;
}

/** @param path  ends in .log; its folder is made */
export function createRotatingFile(path: string, { maxBytes = 5 << 20, maxFiles = 5 }: RotatingFileOptions = {}): RotatingFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let { destination, size } = openDestination(path);
  return {
    write(line) {
      if (size > 0 && size + Buffer.byteLength(line) > maxBytes) {
        end(destination);
        shift(path, maxFiles);
        ({ destination, size } = openDestination(path));
      }
      size += Buffer.byteLength(line);
      destination.write(line);
    },
    flushSync: () => flush(destination),
    close: () => end(destination),
  };
}

function openDestination(path: string): { destination: Destination; size: number } {
  const file = openSync(path, 'a', 0o600);
  const destination = pino.destination({ fd: file, sync: false });
  destination.on('error', () => undefined);
  return { destination, size: fstatSync(file).size };
}

function end(destination: Destination): void {
  flush(destination);
  destination.end();
}

function flush(destination: Destination): void {
  try {
    destination.flushSync();
  } catch {
    // Nothing can be said about a log that cannot be written, and nothing is to be done.
  }
}

function shift(path: string, maxFiles: number): void {
  const numbered = (n: number): string => (n === 0 ? path : path.replace(/\.log$/, `.${n}.log`));
  rmSync(numbered(maxFiles - 1), { force: true });
  for (let n = maxFiles - 2; n >= 0; n -= 1) if (existsSync(numbered(n))) renameSync(numbered(n), numbered(n + 1));
}
