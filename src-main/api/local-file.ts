/**
 * A file of this machine as a FileAnswer. Its path comes from a service, by id, never from a request.
 * The file is opened at the first read and closed at the end, on cancel and on error.
 */
import { open, stat, type FileHandle } from 'node:fs/promises';

import { AppError } from '../contract/errors.ts';
import type { FileAnswer } from './answer.ts';

const CHUNK_BYTES = 256 << 10;

export interface LocalFileOptions {
  readonly mimeType: string;
  readonly downloadName?: string;
  readonly isImmutable?: boolean;
}

/** @throws AppError 'media-missing' when there is no such regular file. */
export async function localFile(path: string, options: LocalFileOptions): Promise<FileAnswer> {
  const facts = await stat(path).catch((cause: unknown) => {
    throw missing(cause);
  });
  if (!facts.isFile()) throw missing();
  return {
    kind: 'file',
    sizeBytes: facts.size,
    modifiedMs: facts.mtimeMs,
    etag: `${facts.size.toString(36)}-${Math.round(facts.mtimeMs * 1000).toString(36)}`,
    ...options,
    open: (start, end) => bytesOf(path, start, end),
  };
}

function missing(cause?: unknown): AppError {
  return new AppError('media-missing', 'The file is no longer where it was.', { hint: 'Put it back or point the item to where it is now.', cause });
}

/** Reads on demand, one chunk ahead of nothing: a client that stalls holds one buffer. */
function bytesOf(path: string, start: number, end: number): ReadableStream<Uint8Array> {
  let handle: FileHandle | null = null;
  let position = start;
  const close = async (): Promise<void> => {
    const opened = handle;
    handle = null;
    await opened?.close();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          handle ??= await open(path, 'r');
          const wanted = Math.min(CHUNK_BYTES, end - position);
          const { bytesRead, buffer } = await handle.read(new Uint8Array(wanted), 0, wanted, position);
          // Shorter than it was when its size was promised: the connection breaks off instead of ending early in silence.
          if (bytesRead === 0) throw missing();
          position += bytesRead;
          controller.enqueue(buffer.subarray(0, bytesRead));
          if (position >= end) {
            await close();
            controller.close();
          }
        } catch (error) {
          await close();
          throw error;
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}
