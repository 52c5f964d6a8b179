/**
 * Files of renders in the data folder: artifacts and intermediate results. A result is written under a partial name,
 * made durable and renamed; a name without `.partial` always stands for a whole file.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { constants, copyFile, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';

import { AppError } from '../../contract/errors.ts';
import type { WorkFiles } from '../../core/sonify/ports.ts';

/** Room that is left free whatever is written. */
const RESERVE_BYTES = 64 << 20;
/** Intermediate results are kept for the next render of the same film, but no longer and no more than this. */
const WORK_AGE_MS = 7 * 24 * 3600 * 1000;
const WORK_BYTES = 4 * 2 ** 30;

/** A failed write as the error a person can act on. */
function writeError(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const name = basename(path).replace(/\.partial-[0-9a-z]+/, '');
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('disk-full', `The disk is full: ${name} could not be written.`, { hint: 'Free some space and try again.', cause: error });
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError('output-unwritable', `${name} cannot be written there.`, { hint: 'Choose another folder.', cause: error });
  }
  return error;
}

async function makeDurable(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** The folder's entry must survive a power cut, too; not every system can say so. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

export class DataWorkFiles implements WorkFiles {
  readonly #root: string;
  readonly #artifacts: string;
  readonly #work: string;

  /** @param root  the data folder */
  constructor(root: string) {
    this.#root = root;
    this.#artifacts = join(root, 'artifacts');
    this.#work = join(root, 'artifacts', 'work');
    mkdirSync(this.#work, { recursive: true, mode: 0o700 });
  }

  artifactPath(id: string, extension: string): string {
    return join(this.#artifacts, `${id}.${extension}`);
  }

  hasArtifact(id: string, extension: string): boolean {
    return existsSync(this.artifactPath(id, extension));
  }

  workPath(key: string, extension: string): string {
    return join(this.#work, `${key}.${extension}`);
  }

  hasWork(key: string, extension: string): boolean {
    return existsSync(this.workPath(key, extension));
  }

  partialPath(target: string, key = randomBytes(6).toString('hex')): string {
    return `${target}.partial-${key}`;
  }

  async publish(partial: string, target: string): Promise<number> {
    try {
      const bytes = await makeDurable(partial);
      await rename(partial, target).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EXDEV') throw error;
        await this.#moveAcross(partial, target);
      });
      await syncFolder(dirname(target));
      return bytes;
    } catch (error) {
      throw writeError(error, target);
    }
  }

  /** Another file system: copied beside the target first, so that the target is whole or absent there, too. */
  async #moveAcross(partial: string, target: string): Promise<void> {
    const beside = this.partialPath(target);
    try {
      await copyFile(partial, beside);
      await makeDurable(beside);
      await rename(beside, target);
    } finally {
      await rm(beside, { force: true });
    }
    await rm(partial, { force: true });
  }

  async discard(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  async trim(nowMs: number): Promise<void> {
    const names = (await readdir(this.#work)).filter((name) => !name.includes('.partial-'));
    const files = await Promise.all(names.map(async (name) => ({ path: join(this.#work, name), facts: await stat(join(this.#work, name)).catch(() => null) })));
    let kept = 0;
    for (const { path, facts } of files.sort((a, b) => (b.facts?.mtimeMs ?? 0) - (a.facts?.mtimeMs ?? 0))) {
      kept += facts?.size ?? 0;
      if (facts && (kept > WORK_BYTES || nowMs - facts.mtimeMs > WORK_AGE_MS)) await rm(path, { force: true });
    }
  }

  isKept(path: string): boolean {
    return path.startsWith(this.#root + sep);
  }

  async copy(source: string, target: string): Promise<void> {
    try {
      // A clone where the file system can: as independent as a copy, at no cost.
      await copyFile(source, target, constants.COPYFILE_FICLONE);
    } catch (error) {
      throw writeError(error, target);
    }
  }

  async requireSpace(path: string, bytes: number): Promise<void> {
    const disk = await statfs(dirname(path)).catch((error: unknown) => {
      throw writeError(error, path);
    });
    const free = disk.bavail * disk.bsize;
    if (free >= bytes + RESERVE_BYTES) return;
    const mb = (value: number): string => `${Math.ceil(value / 1e6)} MB`;
    throw new AppError('disk-full', `The disk has ${mb(free)} free; this needs about ${mb(bytes + RESERVE_BYTES)}.`, { hint: 'Free some space or choose another place.' });
  }
}
