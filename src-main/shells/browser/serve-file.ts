/**
 * serve.json in the data folder: where the running studio listens and the token programs send. Readable by its owner
 * only, written whole, removed at exit by the process that wrote it.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';

const ServeFileSchema = z.object({
  version: z.literal(1),
  pid: z.number().int(),
  /** `http://127.0.0.1:<port>` */
  address: z.string(),
  token: z.string(),
  started_at: z.iso.datetime(),
});
export type ServeFile = z.infer<typeof ServeFileSchema>;

const pathIn = (dataDir: string): string => join(dataDir, 'serve.json');

/** @throws AppError 'disk-full' or 'data-folder-read-only'. */
export function writeServeFile(dataDir: string, file: ServeFile): void {
  const partial = join(dataDir, `serve.json.partial-${process.pid}`);
  try {
    writeFileSync(partial, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
    renameSync(partial, pathIn(dataDir));
  } catch (cause) {
    rmSync(partial, { force: true });
    const isFull = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw isFull
      ? new AppError('disk-full', 'The disk with the data folder is full.', { hint: 'Free some space and start again.', cause })
      : new AppError('data-folder-read-only', 'The data folder cannot be written.', { hint: 'Allow writing to it, or choose another with --data-dir.', cause });
  }
}

/** @returns null when there is none, or none that can be read. */
export function readServeFile(dataDir: string): ServeFile | null {
  try {
    const parsed = ServeFileSchema.safeParse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function removeServeFile(dataDir: string): void {
  if (readServeFile(dataDir)?.pid === process.pid) rmSync(pathIn(dataDir), { force: true });
}
