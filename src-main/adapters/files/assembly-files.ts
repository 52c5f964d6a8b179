/** Files of assemblies: what renders leave (work-files.ts), the clips' normalised copies, and byte-exact joins of streams. */
import { existsSync, mkdirSync } from 'node:fs';
import { type FileHandle, open, readFile, readdir, rm, stat, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { AdtsScanner, StreamScanner } from '../../core/assembly/index.ts';
import type { AdtsIndex, AssemblyFiles, ByteRange, StreamIndex } from '../../core/assembly/ports.ts';
import { writeAtomic } from './atomic-write.ts';
import { dataFolderError, inDataFolder } from './io-errors.ts';
import { DataWorkFiles } from './work-files.ts';

/** Larger blocks cost more time, in collecting them. */
const BLOCK_BYTES = 1 << 18;
/** Copies are made once for every film that needs them; the longest unused go first. */
const COPIES_BYTES = 40 * 2 ** 30;
const COPY_AGE_MS = 90 * 24 * 3600 * 1000;

/** Reads [from, to) of an open file in blocks. */
async function* blocks(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer> {
  for (let at = from; at < to; ) {
    const buffer = Buffer.allocUnsafe(Math.min(BLOCK_BYTES, to - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) throw new Error('A stream of the film ends too early.');
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}

export class DataAssemblyFiles extends DataWorkFiles implements AssemblyFiles {
  /** Folder of the copies and of what is known about their clips. */
  readonly copies: string;

  /** @param root  the data folder */
  constructor(root: string) {
    super(root);
    this.copies = join(root, 'artifacts', 'clips');
    mkdirSync(this.copies, { recursive: true, mode: 0o700 });
  }

  copyPath(key: string, extension: string): string {
    return join(this.copies, `${key}.${extension}`);
  }

  has(path: string): boolean {
    return existsSync(path);
  }

  async sizeOf(path: string): Promise<number> {
    return (await stat(path)).size;
  }

  readText(path: string): Promise<string> {
    return readFile(path, 'utf8');
  }

  async writeText(path: string, text: string): Promise<void> {
    await writeAtomic(path, Buffer.from(text)).catch((error: unknown) => {
      throw dataFolderError(error);
    });
  }

  indexStream(path: string, signal: AbortSignal): Promise<StreamIndex> {
    return this.#scan(path, new StreamScanner(), signal);
  }

  indexSound(path: string, signal: AbortSignal): Promise<AdtsIndex> {
    return this.#scan(path, new AdtsScanner(), signal);
  }

  async #scan<Index>(path: string, scanner: { push(piece: Uint8Array): void; end(): Index }, signal: AbortSignal): Promise<Index> {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      for await (const block of blocks(file, 0, size)) {
        signal.throwIfAborted();
        scanner.push(block);
      }
      return scanner.end();
    } finally {
      await file.close();
    }
  }

  async *read(ranges: AsyncIterable<ByteRange> | Iterable<ByteRange>): AsyncGenerator<Uint8Array> {
    for await (const { path, from, to } of ranges) {
      const file = await inDataFolder(open(path, 'r'));
      try {
        yield* blocks(file, from, to);
      } finally {
        await file.close();
      }
    }
  }

  async joinBytes(ranges: readonly ByteRange[], target: string, signal: AbortSignal): Promise<void> {
    await this.#write(target, async (out) => {
      let at = 0;
      for await (const block of this.read(ranges)) {
        signal.throwIfAborted();
        await writeAll(out, block, at);
        at += block.length;
      }
    });
  }

  async placeBytes(pieces: readonly { readonly path: string; readonly at: number }[], sizeBytes: number, target: string, signal: AbortSignal): Promise<void> {
    await this.#write(target, async (out) => {
      // What is never written reads as zero: silence.
      await out.truncate(sizeBytes);
      for (const { path, at } of pieces) {
        const file = await open(path, 'r');
        try {
          const { size } = await file.stat();
          let done = 0;
          for await (const block of blocks(file, 0, Math.min(size, sizeBytes - at))) {
            signal.throwIfAborted();
            await writeAll(out, block, at + done);
            done += block.length;
          }
        } finally {
          await file.close();
        }
      }
    });
  }

  async #write(target: string, fill: (out: FileHandle) => Promise<void>): Promise<void> {
    try {
      const out = await open(target, 'w', 0o600);
      try {
        await fill(out);
      } finally {
        await out.close();
      }
    } catch (error) {
      throw dataFolderError(error);
    }
  }

  async freeBytes(path: string): Promise<number> {
    const disk = await statfs(dirname(path));
    return disk.bavail * disk.bsize;
  }

  async keepCopies(used: readonly string[], nowMs: number): Promise<void> {
    const now = new Date(nowMs);
    for (const path of new Set(used)) await utimes(path, now, now).catch(() => undefined);
    const all = await readdir(this.copies);
    await this.#forgetNotes(all.filter((name) => /\.(?:probe|hash)$/.test(name)), nowMs);
    const names = all.filter((name) => name.endsWith('.h264'));
    const files = await Promise.all(names.map(async (name) => ({ path: join(this.copies, name), facts: await stat(join(this.copies, name)).catch(() => null) })));
    const kept = new Set(used);
    let bytes = 0;
    for (const { path, facts } of files.sort((a, b) => (b.facts?.mtimeMs ?? 0) - (a.facts?.mtimeMs ?? 0))) {
      bytes += facts?.size ?? 0;
      if (!facts || kept.has(path) || (bytes <= COPIES_BYTES && nowMs - facts.mtimeMs <= COPY_AGE_MS)) continue;
      // The index first: a copy without one is made again, an index without its copy would mislead.
      await rm(path.replace(/h264$/, 'json'), { force: true });
      await rm(path, { force: true });
    }
  }

  /** What was found about clips that may be gone for long. */
  async #forgetNotes(names: readonly string[], nowMs: number): Promise<void> {
    for (const name of names) {
      const path = join(this.copies, name);
      const facts = await stat(path).catch(() => null);
      if (facts !== null && nowMs - facts.mtimeMs > COPY_AGE_MS) await rm(path, { force: true });
    }
  }
}
