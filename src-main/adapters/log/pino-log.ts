/** The program's log: pino, one JSON line per event, a file per kind of process in data/logs, nothing secret in it. */
import { join } from 'node:path';

import pino from 'pino';

import type { Log } from '../../core/log.ts';
import { redacted, shortened } from './redaction.ts';
import { RotatingFile, type RotatingFileOptions } from './rotating-file.ts';

export interface FileLog extends Log {
  /** Writes what is pending and closes the file; also done at exit. */
  close(): void;
}

export interface FileLogOptions extends RotatingFileOptions {
  readonly level?: 'debug' | 'info' | 'warn' | 'error';
}

/**
 * @param folder       data/logs; made when absent
 * @param processKind  names the file: 'studio', 'command', 'analysis'
 */
export function createFileLog(folder: string, processKind: string, { level = 'info', ...rotation }: FileLogOptions = {}): FileLog {
  const file = new RotatingFile(join(folder, `${processKind}.log`), rotation);
  const flushAtExit = (): void => file.flush();
  process.once('exit', flushAtExit);
  const root = pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: (error: unknown) => error }, formatters: { level: (label) => ({ level: label }) } }, file);
  return {
    ...logOver(root),
    close() {
      process.off('exit', flushAtExit);
      file.close();
    },
  };
}

function logOver(logger: pino.Logger): Log {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (fields: object, message: string) => {
    if (logger.isLevelEnabled(level)) logger[level](redacted(fields) as object, shortened(message));
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: (fields) => logOver(logger.child(redacted(fields) as object)) };
}
