/** Files of models: found where a person said, copied into the data folder's models/<id>/ whole or not at all. */
import { createHash, randomBytes } from 'node:crypto';
import { constants, createReadStream, lstatSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { AppError } from '../../contract/errors.ts';
import { modelError } from '../../contract/text/en/models.ts';
import type { FileStamp, FoundModelFile, ModelFiles, ReceivedModelFile } from '../../core/models/ports.ts';
import { partialName, syncFolder, writeAtomic } from './atomic-write.ts';
import type { DataFolder } from './data-folder.ts';
import { requireSpace } from './free-space.ts';
import { grantPath, isWithin } from './grants.ts';
import { inDataFolder } from './io-errors.ts';

const STAMPS = '.added.json';
const PIECE_BYTES = 1 << 20;
const SAFE = /^[a-zA-Z0-9][a-zA-Z0-9._-]*$/;
/** A folder of models is no file system. */
const MOST_FILES = 20_000;

async function* walk(root: string, folder: string, seen: Set<string>, signal?: AbortSignal): AsyncGenerator<FoundModelFile> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  for (const entry of entries) {
    signal?.throwIfAborted();
    if (entry.name.startsWith('.') || seen.size > MOST_FILES) continue;
    const path = await realpath(join(folder, entry.name)).catch(() => null);
    if (path === null || !isWithin(root, path) || seen.has(path)) continue;
    seen.add(path);
    const facts = await stat(path).catch(() => null);
    if (facts?.isDirectory()) yield* walk(root, path, seen, signal);
    else if (facts?.isFile()) yield { path, name: entry.name, sizeBytes: facts.size, isFromFolder: true };
  }
}

export class DiskModelFiles implements ModelFiles {
  readonly #root: string;
  readonly #incoming: string;

  constructor({ models, incoming }: Pick<DataFolder, 'models' | 'incoming'>) {
    this.#root = models;
    this.#incoming = incoming;
  }

  async *find(given: string, signal?: AbortSignal): AsyncGenerator<FoundModelFile> {
    const { path, isFolder } = await grantPath(given);
    if (isFolder) return yield* walk(path, path, new Set([path]), signal);
    yield { path, name: basename(given), sizeBytes: (await stat(path)).size, isFromFolder: false };
  }

  async receive(bytes: ReadableStream<Uint8Array>, mostBytes: number, signal?: AbortSignal): Promise<ReceivedModelFile> {
    const path = join(this.#incoming, randomBytes(12).toString('hex'));
    await requireSpace(this.#incoming, mostBytes);
    let sizeBytes = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const piece of bytes) {
        signal?.throwIfAborted();
        sizeBytes += piece.byteLength;
        if (sizeBytes > mostBytes) throw new AppError('request-too-large', `No model's file has more than ${mostBytes} bytes.`, { hint: 'kinetone models list names the files it knows.' });
        yield piece;
      }
    }
    try {
      const file = await inDataFolder(open(path, 'wx', 0o600));
      await inDataFolder(pour(file, counted()));
      return { path, sizeBytes };
    } catch (error) {
      await this.discard(path);
      throw error;
    }
  }

  async discard(path: string): Promise<void> {
    if (isWithin(this.#incoming, path)) await rm(path, { force: true });
  }

  async sha256(path: string, signal?: AbortSignal): Promise<string> {
    const hash = createHash('sha256');
    for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES, signal }) as AsyncIterable<Buffer>) hash.update(piece);
    return hash.digest('hex');
  }

  async keep(source: string, id: string, { name, sha256 }: { readonly name: string; readonly sha256: string }, signal?: AbortSignal): Promise<FileStamp> {
    const target = this.pathOf(id, name);
    await inDataFolder(mkdir(join(this.#root, id), { recursive: true, mode: 0o700 }));
    const partial = partialName(target);
    try {
      const copied = await this.#copy(source, partial, signal);
      if (copied !== sha256) throw modelError('damaged', name, 'it changed while it was copied');
      await inDataFolder(rename(partial, target));
      await syncFolder(join(this.#root, id));
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    return this.look(id, name) ?? { sizeBytes: 0, modifiedMs: 0 };
  }

  /** @returns the checksum of what was copied: a file exchanged after it was looked at is not taken. */
  async #copy(source: string, partial: string, signal?: AbortSignal): Promise<string> {
    const from = await open(source, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const hash = createHash('sha256');
      async function* hashed(): AsyncGenerator<Uint8Array> {
        for await (const piece of from.createReadStream({ highWaterMark: PIECE_BYTES, autoClose: false }) as AsyncIterable<Buffer>) {
          signal?.throwIfAborted();
          hash.update(piece);
          yield piece;
        }
      }
      await requireSpace(this.#root, (await from.stat()).size);
      await inDataFolder(open(partial, 'wx', 0o600).then((to) => pour(to, hashed())));
      return hash.digest('hex');
    } finally {
      await from.close();
    }
  }

  pathOf(id: string, name: string): string {
    const path = join(this.#root, id, name);
    if (!SAFE.test(id) || !SAFE.test(name) || !isWithin(this.#root, path)) throw new AppError('path-not-granted', 'A model’s file lies outside its folder.');
    return path;
  }

  look(id: string, name: string): FileStamp | null {
    const facts = lstatSync(this.pathOf(id, name), { throwIfNoEntry: false });
    return facts?.isFile() ? { sizeBytes: facts.size, modifiedMs: facts.mtimeMs } : null;
  }

  async stamps(id: string): Promise<Readonly<Record<string, FileStamp>>> {
    const text = await readFile(join(this.#root, id, STAMPS), 'utf8').catch(() => '{}');
    try {
      return JSON.parse(text) as Record<string, FileStamp>;
    } catch {
      // A stamp that cannot be read is none: the bytes are read again.
      return {};
    }
  }

  async saveStamps(id: string, stamps: Readonly<Record<string, FileStamp>>): Promise<void> {
    await inDataFolder(writeAtomic(join(this.#root, id, STAMPS), JSON.stringify(stamps)));
  }

  async remove(id: string): Promise<void> {
    if (!SAFE.test(id)) return;
    await inDataFolder(rm(join(this.#root, id), { recursive: true, force: true }));
    await syncFolder(this.#root);
  }
}

/** Writes all of it and closes the file, durable. */
async function pour(file: FileHandle, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}
