/**
 * What a log may not hold: secrets by the name of their field, and the user's home path, which becomes `~`.
 * Errors are written with their code, message, stack and cause.
 */
import { homedir } from 'node:os';

const SECRET = /^(authorization|cookie|set-cookie|token|password|secret|api_?key|key)$/i;
const MOST_DEPTH = 6;
const home = homedir();

/** The text with the home path as `~`. */
export function shortened(text: string): string {
  return home.length > 1 ? text.replaceAll(home, '~') : text;
}

/** A copy of a value as it may be logged; plain JSON, cut below six levels. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return shortened(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (depth >= MOST_DEPTH) return '…';
  if (value instanceof Error) return errorFields(value, depth);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, SECRET.test(name) ? '[redacted]' : redacted(item, depth + 1)]));
}

/** One line of JSON. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(redacted(value));
}

function errorFields(error: Error & { code?: unknown; details?: unknown }, depth: number): object {
  return {
    name: error.name,
    ...(error.code === undefined ? {} : { code: error.code }),
    message: shortened(error.message),
    ...(error.stack === undefined ? {} : { stack: shortened(error.stack) }),
    ...(error.details === undefined ? {} : { details: redacted(error.details, depth + 1) }),
    ...(error.cause === undefined ? {} : { cause: redacted(error.cause, depth + 1) }),
  };
}
