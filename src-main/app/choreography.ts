/** Wiring of the planner: moves, songs and search as it sees them, Gemini where it is allowed, films by assembly. */
import { basename, dirname } from 'node:path';

import { systemClock } from '../adapters/clock/system-clock.ts';
import { readSecret } from '../adapters/files/secret-file.ts';
import { Gemini, type GeminiKey } from '../adapters/gemini/gemini.ts';
import { moveStore } from '../adapters/sqlite/move-store.ts';
import { planRepository } from '../adapters/sqlite/plan-repository.ts';
import type { AssemblyServices } from '../api/assembly.ts';
import type { ChoreographyServices } from '../api/choreography.ts';
import type { LibraryServices } from '../api/library.ts';
import type { AssemblyResult } from '../contract/documents/assembly.ts';
import type { Blueprint } from '../contract/documents/blueprint.ts';
import { AppError } from '../contract/errors.ts';
import { type BlueprintFile, Choreographer, ChoreographyTasks, type MoveSource, type SongSource, choreographyHandler } from '../core/choreography/index.ts';
import type { JobContext, JobHandler, JobQueue } from '../core/jobs/index.ts';
import type { MediaLibrary } from '../core/media/index.ts';
import type { Songs } from '../core/song/index.ts';
import type { Ground } from './ground.ts';

const GEMINI_URL = 'https://generativelanguage.googleapis.com';
const GEMINI_MODEL = 'gemini-2.5-flash';
const KEY_FILE = 'gemini.key';

export interface ChoreographyParts {
  readonly moves: LibraryServices;
  readonly songs: Songs;
  readonly media: MediaLibrary;
  readonly jobs: () => JobQueue;
  readonly assembler: JobHandler;
  readonly films: AssemblyServices;
}

export function openChoreography(ground: Ground, parts: ChoreographyParts): ChoreographyServices & { readonly handler: JobHandler } {
  const log = ground.log.child({ scope: 'choreography' });
  const songs = songSource(parts);
  const proposer = geminiOf(ground);
  const choreographer = new Choreographer({
    moves: moveSource(ground, parts),
    finder: { search: (query) => parts.moves.search.search(query) },
    songs,
    plans: planRepository(ground.database),
    proposer,
    clock: systemClock,
    log,
    elapsedMs: () => performance.now(),
  });
  const granted = async (blueprint: Blueprint) => ({ blueprint, roots: await parts.films.grantRoots(blueprint, null), output: null });
  const handler = choreographyHandler(choreographer, {
    stages: parts.assembler.stages,
    make: async (blueprint: Blueprint, context: JobContext) => (await parts.assembler.run({ ...(await granted(blueprint)), project_id: context.job.project_id }, context)) as AssemblyResult,
  });
  return {
    choreographer,
    tasks: new ChoreographyTasks({ choreographer, songs, jobs: parts.jobs, log }),
    proposer,
    startRender: async (blueprint, projectId) => parts.films.start({ ...(await granted(blueprint)), project_id: projectId }),
    prepare: async (blueprint, projectId) => parts.films.prepare({ ...(await granted(blueprint)), project_id: projectId }),
    handler: handler as JobHandler,
  };
}

/** A file that lies in no library folder: below a root of its own in the blueprint. */
function loneFile(path: string, name: string): BlueprintFile {
  return { path: `${name}/${basename(path)}`, root: { name, folder: dirname(path) } };
}

function moveSource({ database }: Ground, { moves, media }: ChoreographyParts): MoveSource {
  const store = moveStore(database);
  return {
    moves: () => {
      const stamps = store.curveStamps();
      return moves.library.list().map((move) => ({ move, stamp: stamps.get(move.id) ?? null }));
    },
    curves: (id) => store.curves(id),
    revision: () => store.revision(),
    file: (id) => {
      const { path, folder_id: folderId } = moves.library.get(id);
      return folderId === null ? loneFile(media.record(id).path, `clip-${id}`) : { path, root: null };
    },
  };
}

function songSource({ songs, media, jobs }: ChoreographyParts): SongSource {
  return {
    list: () => songs.list(),
    name: (id) => songs.get(id).info.title ?? songs.get(id).name,
    analysis: (id) => songs.analysis(id),
    idOf: (named) => songs.idOf(named),
    file: (id) => loneFile(media.record(id).path, `song-${id}`),
    async analyzed(id, signal) {
      const job = songs.analyze(id);
      if (job === null) return;
      const { state, error } = await jobs().finished(job, signal);
      if (error !== null) throw AppError.fromBody(error);
      if (state !== 'completed') throw new AppError('cancelled', `Listening to ${songs.get(id).name} was cancelled.`);
    },
  };
}

/** The key comes from the environment, or from a file of the data folder that its owner alone reads. */
function geminiOf({ folder, settings }: Ground): Gemini {
  const key = (): GeminiKey | null => {
    const given = process.env['KINETONE_GEMINI_KEY'] ?? process.env['GEMINI_API_KEY'] ?? '';
    if (given !== '') return { key: given, from: 'environment' };
    const stored = readSecret(folder.root, KEY_FILE);
    return stored === null ? null : { key: stored, from: 'file' };
  };
  return new Gemini({
    baseUrl: process.env['KINETONE_GEMINI_URL'] ?? GEMINI_URL,
    model: process.env['KINETONE_GEMINI_MODEL'] ?? GEMINI_MODEL,
    isAllowed: () => settings.read().gemini?.is_allowed === true,
    key,
  });
}
