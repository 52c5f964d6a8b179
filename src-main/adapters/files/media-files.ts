/** Media files on disk: found under what a person named, told apart by size and both ends, received from uploads. */
import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { type FileHandle, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { FileFacts, FoundFile, MediaFiles, ReceivedFile } from '../../core/media/ports.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import { syncFolder } from './atomic-write.ts';
import type { DataFolder } from './data-folder.ts';
import { requireSpace } from './free-space.ts';
import { grantPath, isWithin } from './grants.ts';
import { inDataFolder, refusalOf } from './io-errors.ts';

const END_BYTES = 1 << 20;
/** An upload asks for room again each time it has written so much. */
const SPACE_STEP_BYTES = 256 << 20;

/** SHA-256 over the size and the first and last MiB; of a small file over all of it. */
async function endsOf(file: FileHandle, sizeBytes: number): Promise<string> {
  const hash = createHash('sha256').update(`${sizeBytes}\n`);
  const buffer = Buffer.alloc(Math.min(END_BYTES, sizeBytes));
  for (const at of new Set([0, Math.max(0, sizeBytes - END_BYTES)])) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    hash.update(buffer.subarray(0, bytesRead));
  }
  return hash.digest('hex');
}

export class DiskMediaFiles implements MediaFiles {
  readonly #folder: DataFolder;

  constructor(folder: DataFolder) {
    this.#folder = folder;
  }

  async *find(given: string): AsyncGenerator<FoundFile> {
    const name = basename(given) || given;
    try {
      const granted = await grantPath(given);
      if (granted.isFolder) yield* this.#walk(granted.path);
      else yield { path: granted.path, name, isFromFolder: false };
    } catch (error) {
      yield { name, error };
    }
  }

  async facts(path: string): Promise<FileFacts> {
    const name = basename(path);
    try {
      const file = await open(path, 'r');
      try {
        const { size, mtimeMs } = await file.stat();
        return { path, name, sizeBytes: size, modifiedMs: mtimeMs, ends: await endsOf(file, size) };
      } finally {
        await file.close();
      }
    } catch (error) {
      const why = refusalOf(error);
      if (why === null) throw mediaError('unreadable', name, 'the disk does not give its bytes', error);
      throw mediaError(why === 'missing' ? 'missing' : 'notAllowed', name, '', error);
    }
  }

  look(path: string): { sizeBytes: number; modifiedMs: number } | null {
    const facts = statSync(path, { throwIfNoEntry: false });
    return facts?.isFile() ? { sizeBytes: facts.size, modifiedMs: facts.mtimeMs } : null;
  }

  async lookLater(path: string): Promise<{ sizeBytes: number; modifiedMs: number } | null> {
    const facts = await stat(path).catch(() => null);
    return facts?.isFile() ? { sizeBytes: facts.size, modifiedMs: facts.mtimeMs } : null;
  }

  async receive(bytes: ReadableStream<Uint8Array>, name: string, signal?: AbortSignal): Promise<ReceivedFile> {
    const path = join(this.#folder.incoming, randomBytes(12).toString('hex'));
    try {
      const { sizeBytes, sha256 } = await inDataFolder(this.#write(path, bytes, signal));
      const file = await open(path, 'r');
      try {
        const { mtimeMs } = await file.stat();
        return { path, name: basename(name) || name, sizeBytes, modifiedMs: mtimeMs, ends: await endsOf(file, sizeBytes), sha256 };
      } finally {
        await file.close();
      }
    } catch (error) {
      await this.discard(path);
      throw error;
    }
  }

  async keep(received: ReceivedFile, id: string): Promise<string> {
    const target = join(this.#folder.originals, id);
    await inDataFolder(rename(received.path, target));
    await syncFolder(this.#folder.originals);
    return target;
  }

  async discard(path: string): Promise<void> {
    if (!isWithin(this.#folder.incoming, path)) return;
    await rm(path, { force: true });
  }

  async #write(path: string, bytes: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<{ sizeBytes: number; sha256: string }> {
    const file = await open(path, 'wx', 0o600);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    let askAt = 0;
    try {
      for await (const piece of bytes) {
        signal?.throwIfAborted();
        if (sizeBytes >= askAt) {
          await requireSpace(this.#folder.incoming, piece.byteLength);
          askAt = sizeBytes + SPACE_STEP_BYTES;
        }
        hash.update(piece);
        await file.writeFile(piece);
        sizeBytes += piece.byteLength;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { sizeBytes, sha256: hash.digest('hex') };
  }

  /** Every file below a folder by its name; a link is followed as long as it stays below the folder that was picked. */
  async *#walk(root: string, folder = root, seen = new Set<string>([root])): AsyncGenerator<FoundFile> {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const real = await realpath(join(folder, entry.name)).catch(() => null);
      if (real === null || !isWithin(root, real)) continue;
      const facts = await stat(real).catch(() => null);
      if (facts?.isDirectory() && !seen.has(real)) {
        seen.add(real);
        yield* this.#walk(root, real, seen);
      } else if (facts?.isFile()) {
        yield { path: real, name: entry.name, isFromFolder: true };
      }
    }
  }
}

