/** Folders of clips and the documents beside them. */
import { readFile, stat } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';

import { documentError } from '../../contract/text/en/library-import.ts';
import type { FoundClip, LibraryFiles } from '../../core/library/ports.ts';
import type { MediaFiles } from '../../core/media/ports.ts';
import { grantPath, grantWithin } from './grants.ts';

/** A disk that does not answer is as good as away. */
const LOOK_MS = 2000;

export class DiskLibraryFiles implements LibraryFiles {
  readonly #files: Pick<MediaFiles, 'find' | 'lookLater'>;

  constructor(files: Pick<MediaFiles, 'find' | 'lookLater'>) {
    this.#files = files;
  }

  grant(given: string): Promise<{ path: string; isFolder: boolean }> {
    return grantPath(given);
  }

  async isThere(path: string): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), LOOK_MS)));
    const facts = await Promise.race([stat(path).catch(() => null), tooLate]);
    clearTimeout(timer);
    return facts !== null;
  }

  look(path: string): Promise<{ sizeBytes: number; modifiedMs: number } | null> {
    return this.#files.lookLater(path);
  }

  async *walk(folder: string, signal?: AbortSignal): AsyncGenerator<FoundClip> {
    for await (const found of this.#files.find(folder)) {
      signal?.throwIfAborted();
      if ('error' in found) throw found.error;
      yield { path: found.path, name: found.name };
    }
  }

  within(folder: string, given: string): Promise<string> {
    return grantWithin(folder, given);
  }

  relative(folder: string, path: string): string {
    return relative(folder, path).split(sep).join('/');
  }

  nameOf(path: string): string {
    return basename(path);
  }

  async readText(path: string, mostBytes: number): Promise<string> {
    const name = basename(path);
    const { size } = await stat(path);
    if (size > mostBytes) throw documentError.tooLarge(name, size, mostBytes);
    const bytes = await readFile(path);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (cause) {
      throw documentError.notText(name, cause);
    }
  }
}
