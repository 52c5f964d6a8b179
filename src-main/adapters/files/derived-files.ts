/** The folders of what was made from media. A file gets its name when it is whole; a folder is one key. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '../../contract/errors.ts';
import type { DerivedFiles } from '../../core/media/ports.ts';
import { partialName, publish, writeAtomic } from './atomic-write.ts';
import { requireSpace } from './free-space.ts';
import { isWithin } from './grants.ts';
import { inDataFolder } from './io-errors.ts';

const SAFE = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

export class DiskDerivedFiles implements DerivedFiles {
  readonly #root: string;

  /** @param root  DataFolder.derived */
  constructor(root: string) {
    this.#root = root;
  }

  pathOf(folder: string, file: string): string {
    const path = join(this.#root, folder, file);
    // Both are ours, from code and the database; this holds even if a database was tampered with.
    if (!SAFE.test(folder) || !SAFE.test(file) || !isWithin(this.#root, path)) {
      throw new AppError('path-not-granted', 'A derived file lies outside its folder.');
    }
    return path;
  }

  async write(folder: string, file: string, bytes: Uint8Array): Promise<void> {
    const path = this.pathOf(folder, file);
    await inDataFolder(mkdir(join(this.#root, folder), { recursive: true, mode: 0o700 }).then(() => writeAtomic(path, bytes)));
  }

  async partial(folder: string, file: string): Promise<string> {
    const path = this.pathOf(folder, file);
    await inDataFolder(mkdir(join(this.#root, folder), { recursive: true, mode: 0o700 }));
    return partialName(path);
  }

  async publish(partial: string, folder: string, file: string): Promise<void> {
    await inDataFolder(publish(partial, this.pathOf(folder, file)));
  }

  async remove(folder: string): Promise<void> {
    if (!SAFE.test(folder)) return;
    await rm(join(this.#root, folder), { recursive: true, force: true });
  }

  async list(): Promise<{ folder: string; modifiedMs: number }[]> {
    const found: { folder: string; modifiedMs: number }[] = [];
    for (const operation of await readdir(this.#root).catch(() => [])) {
      for (const key of await readdir(join(this.#root, operation)).catch(() => [])) {
        const facts = await stat(join(this.#root, operation, key)).catch(() => null);
        if (facts) found.push({ folder: `${operation}/${key}`, modifiedMs: facts.mtimeMs });
      }
    }
    return found;
  }

  async requireSpace(bytes: number): Promise<void> {
    await requireSpace(this.#root, bytes);
  }
}
