/** Wiring of assembly: its files and FFmpeg, the folders it may read, its job. */
import { DiskBlueprintFiles, grantRoots, isKnownRoot } from '../adapters/files/blueprint-files.ts';
import { grantPath } from '../adapters/files/grants.ts';
import { moveStore } from '../adapters/sqlite/move-store.ts';
import type { AssemblyServices } from '../api/assembly.ts';
import type { AssemblePayload, AssemblyResult } from '../contract/documents/assembly.ts';
import type { Job } from '../contract/documents/job.ts';
import type { Blueprint } from '../contract/documents/blueprint.ts';
import type { Move } from '../contract/documents/move.ts';
import { AppError } from '../contract/errors.ts';
import { blueprintInvalid, faultText } from '../contract/text/en/assembly.ts';
import { assembleHandler, assembleJob, blueprintOfClips, estimateFilm, prepareHandler, prepareJob } from '../core/assembly/index.ts';
import type { AssemblyArtifacts } from '../core/assembly/ports.ts';
import type { NewId } from '../core/clock.ts';
import type { EnqueueRequest, JobHandler } from '../core/jobs/job-handler.ts';
import { type AssemblyGround, assemblyPorts } from './assembly-ports.ts';
import type { Ground } from './ground.ts';

export interface AssemblyParts extends AssemblyGround {
  readonly artifacts: AssemblyArtifacts;
  readonly newId: NewId;
  readonly programVersion: string;
  /** Whether a real path is a file of the library. */
  readonly isLibraryFile: (path: string) => boolean;
  readonly onResult: (payload: AssemblePayload, result: AssemblyResult) => void;
}

export interface OpenedAssembly {
  readonly handlers: readonly JobHandler[];
  /** Of films. */
  readonly assembler: JobHandler;
  readonly inputs: DiskBlueprintFiles;
  readonly estimate: AssemblyServices['estimate'];
}

export function openAssembly(parts: AssemblyParts): OpenedAssembly {
  const inputs = new DiskBlueprintFiles(parts.dataFolder, { has: parts.isLibraryFile });
  const ports = { ...parts, ...assemblyPorts(parts), inputs };
  const assembler = assembleHandler(ports) as JobHandler;
  return { handlers: [assembler, prepareHandler(ports) as JobHandler], assembler, inputs, estimate: (payload, signal) => estimateFilm(ports, payload, signal) };
}

/** The folders of moves, each under the name that paths of blueprints use. */
export function libraryFolders({ database }: Ground): () => Readonly<Record<string, string>> {
  const store = moveStore(database);
  return () => Object.fromEntries(store.folders().map(({ name, path }) => [name, path]));
}

/** A folder a person named. @throws AppError 'media-not-found', 'path-not-granted', 'input-invalid' */
export async function grantRoot(given: string): Promise<string> {
  const { path, isFolder } = await grantPath(given);
  if (!isFolder) throw new AppError('input-invalid', `${given} is not a folder.`, { hint: 'Name a folder with --root.' });
  return path;
}

/** Makes the clips of the library ready for films, unless the settings say that it does not. */
export function clipPreparer({ settings, log }: Ground, films: AssemblyServices): (moves: readonly Move[]) => void {
  const prepare = async (blueprint: Blueprint): Promise<void> => {
    films.prepare({ blueprint, roots: await films.grantRoots(blueprint, null), output: null, project_id: null });
  };
  return (moves) => {
    if (settings.read().library?.prepare_clips === false) return;
    const blueprint = blueprintOfClips(moves.filter(({ folder_id: folder, is_missing: isMissing }) => folder !== null && !isMissing));
    if (blueprint === null) return;
    prepare(blueprint).catch((error: unknown) => log.warn({ err: error }, 'clips are not made ready for films'));
  };
}

export interface AssemblyDoors {
  readonly assembly: OpenedAssembly;
  readonly dataFolder: string;
  /** The library's folders by name. */
  readonly libraryFolders: () => Readonly<Record<string, string>>;
  /** Folder of an item's file; null where there is no such item. */
  readonly folderOf: (itemId: string) => string | null;
  readonly writable: (path: string, overwrite: boolean) => Promise<string>;
  /** Refuses a path that is an original of the library. */
  readonly refuseOriginal: (path: string) => string;
  readonly enqueue: (request: EnqueueRequest) => Job;
}

/** Roots of single items in blueprints of plans. */
const ITEM_ROOT = /^(?:song|clip)-(.+)$/;

function requireRoots(refused: readonly string[]): void {
  if (refused.length > 0) throw blueprintInvalid(refused.map((name) => ({ pointer: `/roots/${name}`, ...faultText.root(name) })));
}

export function assemblyServices({ assembly, dataFolder, libraryFolders, folderOf, writable, refuseOriginal, enqueue }: AssemblyDoors): AssemblyServices {
  return {
    grantRoots: async (blueprint, root) => {
      const { roots, missing } = await grantRoots(blueprint.roots, root === null ? dataFolder : await grantRoot(root), libraryFolders());
      requireRoots(missing);
      return roots;
    },
    requireKnownRoots: ({ roots }) => {
      const folders: [string, ...string[]] = [dataFolder, ...Object.values(libraryFolders())];
      const isItems = (name: string, given: string): boolean => folderOf(ITEM_ROOT.exec(name)?.[1] ?? '') === given;
      requireRoots(Object.entries(roots).flatMap(([name, given]) => (isKnownRoot(given, folders) || isItems(name, given) ? [] : [name])));
    },
    grantOutput: (path, { overwrite }) => writable(path, overwrite),
    grantBelow: async (roots, path, { overwrite }) => refuseOriginal(await assembly.inputs.grantOutput(roots, path, { mayReplace: overwrite })),
    estimate: assembly.estimate,
    start: (payload) => enqueue(assembleJob(payload)),
    prepare: (payload) => enqueue(prepareJob(payload)),
  };
}
