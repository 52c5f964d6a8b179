/**
 * Files a blueprint names. A path is relative to a root: one of the blueprint's by its first part, else the main one. After
 * all links are followed the file lies below its granted root, or is itself in the library, or it is refused.
 */
import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';

import { pathFault } from '../../contract/blueprint-path.ts';
import type { AssemblePayload } from '../../contract/documents/assembly.ts';
import { AppError } from '../../contract/errors.ts';
import { pathFaultText } from '../../contract/text/en/assembly.ts';
import type { BlueprintFiles } from '../../core/assembly/ports.ts';
import { grantOutput, isWithin } from './grants.ts';
import { refusalOf } from './io-errors.ts';

type Roots = AssemblePayload['roots'];

export interface LibraryPaths {
  /** Whether a real path is a file of the library. */
  has(path: string): boolean;
}

function requireShape(path: string): void {
  const fault = pathFault(path);
  if (fault === null) return;
  const { message, hint } = pathFaultText[fault];
  throw new AppError('path-not-granted', `${shown(path)}: ${message}.`, { hint });
}

/** A name in a sentence, whatever is in it. */
const shown = (path: string): string => JSON.stringify(path.length > 120 ? `${path.slice(0, 120)}…` : path);

interface Place {
  readonly root: string;
  readonly rest: string;
}

/** Where a path may lie, the first place first: below the blueprint's root of that name, else the main root, else the library folder of that name. */
function placesOf({ main, named, library }: Roots, path: string): [Place, ...Place[]] {
  const cut = path.indexOf('/');
  const [name, rest] = cut > 0 ? [path.slice(0, cut), path.slice(cut + 1)] : ['', path];
  const own = Object.hasOwn(named, name) ? named[name] : undefined;
  if (own !== undefined) return [{ root: own, rest }];
  const folder = Object.hasOwn(library, name) ? library[name] : undefined;
  return [{ root: main, rest: path }, ...(folder === undefined ? [] : [{ root: folder, rest }])];
}

/**
 * The blueprint's roots as real folders. Everything below a root may be read when it lies below the main root, in the data
 * folder or in a folder of the library; of any other only files that are in the library themselves.
 * @param library  folders of the library by name
 * @returns the roots, and the names of those that are not there.
 */
export async function grantRoots(named: Readonly<Record<string, string>>, main: string, library: Readonly<Record<string, string>>): Promise<{ roots: Roots; missing: string[] }> {
  const folders: Record<string, string> = {};
  const missing: string[] = [];
  for (const [name, given] of Object.entries(named)) {
    const real = given.includes('\0') ? null : await realpath(resolve(main, given)).catch(() => null);
    const isFolder = real !== null && (await stat(real)).isDirectory();
    if (isFolder) folders[name] = real;
    else missing.push(name);
  }
  return { roots: { main: await realpath(main), named: folders, library: { ...library } }, missing };
}

/**
 * Whether a root lies in one of these folders, by its text alone: a page learns nothing of what else is on the disk.
 * @param folders  absolute, real; a relative root is relative to the first of them
 */
export function isKnownRoot(given: string, folders: readonly [string, ...string[]]): boolean {
  const path = resolve(folders[0], given);
  return !given.includes('\0') && folders.some((folder) => isWithin(folder, path));
}

export class DiskBlueprintFiles implements BlueprintFiles {
  readonly #dataFolder: string;
  readonly #library: LibraryPaths;

  constructor(dataFolder: string, library: LibraryPaths) {
    this.#dataFolder = dataFolder;
    this.#library = library;
  }

  /** Whether everything below a folder may be read. */
  async isGranted(folder: string, { main, library }: Roots): Promise<boolean> {
    return isWithin(main, folder) || Object.values(library).some((known) => isWithin(known, folder)) || isWithin(await realpath(this.#dataFolder), folder);
  }

  async find(roots: Roots, path: string): Promise<string> {
    requireShape(path);
    const [first, ...others] = placesOf(roots, path);
    let missing: unknown;
    for (const place of [first, ...others]) {
      try {
        return await this.#findIn(place, roots, path);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'media-missing') throw error;
        missing ??= error;
      }
    }
    throw missing;
  }

  async #findIn({ root, rest }: Place, roots: Roots, path: string): Promise<string> {
    requireShape(rest);
    const missing = (cause?: unknown): AppError => new AppError('media-missing', `${shown(path)} is not there.`, { hint: 'Put the file there, or name its folder with --root.', cause });
    const refused = (): AppError => new AppError('path-not-granted', `${shown(path)} lies outside the folders that are granted.`, { hint: 'Add its folder to the library, or name it with --root.' });
    try {
      const base = await realpath(root);
      const isGranted = await this.isGranted(base, roots);
      // Of a folder that is not granted nobody learns what lies in it, nor what does not.
      const real = await realpath(join(root, rest)).catch((error: unknown) => {
        throw isGranted || this.#library.has(join(base, rest)) ? error : refused();
      });
      if ((!isGranted || !isWithin(base, real)) && !this.#library.has(real)) throw refused();
      const facts = await stat(real);
      if (!facts.isFile()) throw new AppError('media-unsupported', `${shown(path)} is ${facts.isDirectory() ? 'a folder' : 'a device or a pipe'}, not a file.`, { hint: 'Name a file.' });
      return real;
    } catch (error) {
      if (error instanceof AppError) throw error;
      const why = refusalOf(error);
      if (why === 'missing') throw missing(error);
      if (why === 'forbidden') throw new AppError('path-not-granted', `${shown(path)} may not be read by this user.`, { hint: 'Allow reading it.', cause: error });
      throw error;
    }
  }

  /**
   * Where `output_path` leads: below its root, folders that are missing made, no link followed out of it.
   * @throws AppError 'path-not-granted', 'output-exists', 'output-unwritable'
   */
  async grantOutput(roots: Roots, path: string, { mayReplace }: { mayReplace: boolean }): Promise<string> {
    requireShape(path);
    const [{ root, rest }] = placesOf(roots, path);
    requireShape(rest);
    const base = await realpath(root);
    if (!(await this.isGranted(base, roots))) throw new AppError('path-not-granted', `${shown(path)} lies outside the folders that are granted.`, { hint: 'Give -o OUT.' });
    let folder = base;
    for (const part of dirname(rest).split(/[/\\]/).filter((name) => name !== '' && name !== '.')) {
      const next = join(folder, part);
      const there = await lstat(next).catch(() => null);
      if (there === null) await mkdir(next).catch((error: unknown) => unwritable(path, error));
      folder = await realpath(next);
      if (!isWithin(base, folder)) throw new AppError('path-not-granted', `${shown(path)} leaves its folder.`, { hint: 'Name a file below the root, or give -o OUT.' });
    }
    // A film in the data folder would be taken for one of ours.
    return grantOutput(folder + sep + basename(rest), { mayReplace, keptFolder: this.#dataFolder });
  }
}

function unwritable(path: string, cause: unknown): never {
  throw new AppError('output-unwritable', `The folder of ${shown(path)} cannot be made.`, { hint: 'Choose another folder with -o.', cause });
}
