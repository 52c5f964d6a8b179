/**
 * One log sheet per job as JSON lines in `<folder>/<job id>.log`: notes, stages, errors and the commands that were run,
 * with home paths shortened. Appending is one small synchronous write, so that a killed process loses no line.
 */
import { appendFileSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { IdSchema } from '../../contract/ids.ts';
import type { JobLog } from '../../contract/operations/jobs.ts';
import type { JobLogEntry, JobLogStore } from '../../core/jobs/ports.ts';
import { jsonOf, shortened } from './redaction.ts';

/** A sheet stops growing there; what is read back is its newest part. */
const MOST_BYTES = 8 << 20;
const READ_BYTES = 1 << 20;

/** @param folder  logs/jobs of the data folder; made when first needed */
export function createJobLogFiles(folder: string): JobLogStore {
  const pathOf = (jobId: string): string => join(folder, `${IdSchema.parse(jobId)}.log`);
  const sizes = new Map<string, number>();
  return {
    append(jobId, entry) {
      const path = pathOf(jobId);
      if (!sizes.has(jobId)) mkdirSync(folder, { recursive: true, mode: 0o700 });
      const line = `${jsonOf(entry)}\n`;
      const size = (sizes.get(jobId) ?? sizeOf(path)) + Buffer.byteLength(line);
      if (size > MOST_BYTES) return;
      appendFileSync(path, line, { mode: 0o600 });
      if (sizes.size > 256) sizes.clear();
      sizes.set(jobId, size);
    },
    read: (jobId) => sheetOf(newestLines(pathOf(jobId))),
    remove(jobId) {
      rmSync(pathOf(jobId), { force: true });
    },
  };
}

function sizeOf(path: string): number {
  if (!existsSync(path)) return 0;
  const file = openSync(path, 'r');
  try {
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

function newestLines(path: string): string[] {
  if (!existsSync(path)) return [];
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const start = Math.max(0, size - READ_BYTES);
    const bytes = Buffer.alloc(size - start);
    readSync(file, bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8').split('\n');
    return (start > 0 ? lines.slice(1) : lines).filter((line) => line !== '');
  } finally {
    closeSync(file);
  }
}

function sheetOf(lines: readonly string[]): JobLog {
  const entries = lines.flatMap((line) => parsed(line));
  const commands = entries.filter((entry) => entry.kind === 'command').map((entry) => entry.text);
  return { lines: entries.map(readable), commands };
}

function parsed(line: string): JobLogEntry[] {
  try {
    return [JSON.parse(line) as JobLogEntry];
  } catch {
    // A process that was killed while it wrote leaves half a line.
    return [];
  }
}

function readable({ atMs, kind, text, fields }: JobLogEntry): string {
  const detail = fields === undefined || Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`;
  return `${new Date(atMs).toISOString()} ${kind} ${shortened(text)}${detail}`;
}
