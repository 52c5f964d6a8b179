/**
 * The composition root: the only place that builds adapters. Everything that exists at run time is named here, in the
 * order in which it is made: files, database, hosts, steps, queue, API.
 */
import { dirname, join } from 'node:path';

import packageJson from '../package.json' with { type: 'json' };
import { newId, systemClock } from './adapters/clock/system-clock.ts';
import { FfmpegPrograms } from './adapters/ffmpeg/ffmpeg-programs.ts';
import { sweepOrphans } from './adapters/ffmpeg/orphans.ts';
import { chooseDataFolder, nearestFolder } from './adapters/files/data-folder.ts';
import { grantOutput, grantOutputFolder } from './adapters/files/grants.ts';
import { programFiles } from './adapters/files/program-files.ts';
import { sweepPartials } from './adapters/files/sweep.ts';
import type { StartHostProcess } from './adapters/host-process/host-process.ts';
import { nodeHostProcess } from './adapters/host-process/node-host-process.ts';
import { SupervisedHost } from './adapters/host-process/supervised-host.ts';
import { createJobLogFiles } from './adapters/log/job-log-files.ts';
import { catchLastResort } from './adapters/processes/last-resort.ts';
import { isOwnerAlive, newOwnerName } from './adapters/processes/process-identity.ts';
import { createJobStore } from './adapters/sqlite/job-repository.ts';
import { sessionRepository } from './adapters/sqlite/session-repository.ts';
import { type Door, createApi, eventHandlers, jobHandlers, projectHandlers, systemHandlers } from './api/index.ts';
import { type AssemblyServices, assemblyHandlers } from './api/assembly.ts';
import { type ChoreographyServices, choreographyHandlers } from './api/choreography.ts';
import { featureHandlers } from './api/features.ts';
import { libraryHandlers } from './api/library.ts';
import { mediaHandlers } from './api/media.ts';
import { modelHandlers } from './api/models.ts';
import { type LiveServices, liveHandlers } from './api/live.ts';
import { sessionFeatureHandlers } from './api/session-features.ts';
import { songHandlers } from './api/songs.ts';
import { sonifyHandlers } from './api/sonify.ts';
import { type AssemblyParts, assemblyServices, clipPreparer, libraryFolders, openAssembly } from './app/assembly.ts';
import { openChoreography } from './app/choreography.ts';
import { type Hosts, openHosts } from './app/hosts.ts';
import { cameraInputs, featureChunk, featureRows, openLive } from './app/live.ts';
import { machineOf } from './app/machine.ts';
import { openModels } from './app/models.ts';
import { JOB_KINDS } from './contract/documents/job.ts';
import type { AppError} from './contract/errors.ts';
import { isAbort } from './contract/errors.ts';
import type { DoctorReport } from './contract/documents/system.ts';
import { JobQueue } from './core/jobs/index.ts';
import { silentLog } from './core/log.ts';
import { doctor } from './core/machine/index.ts';
import type { Models } from './core/models/index.ts';
import type { Projects } from './core/projects/index.ts';
import { MemorySessionStore, renderJob } from './core/sonify/index.ts';
import type { SettingsStore } from './core/settings.ts';
import { type Ground, closeGround, openGround } from './app/ground.ts';
import { type LateParts, openMedia } from './app/media.ts';
import { announceArtifact, openSonify } from './app/sonify.ts';

export type { HostProcess, StartHostProcess } from './adapters/host-process/host-process.ts';
export type { Door } from './api/index.ts';
export { findBrowser } from './adapters/machine/browsers.ts';

export interface AppOptions {
  /** --data-dir */
  readonly dataDir: string | undefined;
  /** `studio` holds the data folder for itself and runs every job; `command` runs beside it and only its own kinds; `query` runs none. */
  readonly role: 'studio' | 'command' | 'query';
  /** How a host process is started; a forked Node unless said. */
  readonly startHost?: (entry: string) => StartHostProcess;
  /** FFmpeg's input instead of a camera, for tests on machines without one. */
  readonly cameraInput?: readonly string[];
}

export interface App {
  fetch(request: Request, door: Door): Promise<Response>;
  readonly dataDir: string;
  /** Tells a second studio on this folder where this one is. */
  announce(address: string | null): void;
  isArtifactPath(path: string): boolean;
  close(): Promise<void>;
}

const COMMAND_KINDS: ReadonlySet<string> = new Set(['analysis', 'song', 'sonify', 'assemble', 'library-import', 'library-analysis', 'choreography']);
const WORKSPACES = (['sonify', 'choreography', 'music-video', 'text-to-video'] as const).map((id) => ({ id, is_available: id === 'sonify' || id === 'choreography' }));

/**
 * Opens the product over a data folder.
 * @throws AppError 'data-folder-in-use', 'data-folder-read-only', 'database-newer', 'database-corrupt', 'disk-full'
 */
export async function openApp(options: AppOptions): Promise<App> {
  const ground = openGround(options, import.meta.filename);
  try {
    return await openOver(ground, options);
  } catch (error) {
    ground.log.error({ err: error }, 'the app does not open');
    closeGround(ground);
    throw error;
  }
}

async function openOver(ground: Ground, options: AppOptions): Promise<App> {
  const { folder, log, events } = ground;
  sweepOrphans(folder.programs);
  // Steps and queue know one another: the queue runs the steps' jobs, the steps queue jobs.
  const late: LateParts = { queue: null, features: null, prepareClips: null };
  const hosts = openHosts({ program: ground.program, log, startHost: options.startHost, chunk: featureChunk(() => late.features), rows: featureRows(() => late.features) });
  const { models, inference } = openModels({ ...ground, host: hosts.inference, programs: () => ground.ffmpeg.programs() });
  const media = openMedia(ground, { host: hosts.analysis, inference, vectors: hosts.vectors }, late);
  const sonify = openSonify(ground, { hosts, media: media.library, features: media.features });
  const assembly = wireAssembly(ground, hosts, media, sonify);
  const { films, choreography } = wireChoreography(ground, media, assembly, () => required(late.queue));
  const live = wireLive(ground, options, hosts, media, sonify);
  const queue = new JobQueue({
    store: createJobStore(ground.database),
    logs: createJobLogFiles(join(folder.logs, 'jobs')),
    events,
    log: log.child({ scope: 'jobs' }),
    clock: systemClock,
    newId,
    owner: newOwnerName(),
    isOwnerAlive,
    handlers: [...media.handlers, ...sonify.handlers, ...assembly.handlers, choreography.handler].filter(({ kind }) => options.role === 'studio' || COMMAND_KINDS.has(kind)),
  });
  Object.assign(late, { queue, features: media.features, prepareClips: options.role === 'studio' ? clipPreparer(ground, films) : null });
  const api = createApi({
    log: log.child({ scope: 'api' }),
    version: packageJson.version,
    uiRoot: ground.program.page,
    // The tests hold every answer against its schema; a user’s program answers at once.
    validatesAnswers: process.env['NODE_ENV'] === 'test',
    handlers: apiHandlers(ground, { queue, media, models, sonify, films, choreography, live, devices: hosts.vision }),
  });
  if (options.role !== 'query') queue.start(options.role === 'studio' ? JOB_KINDS : []);
  const letGo = catchLastResort({ log, goesOn: options.role === 'studio' });
  const background = inBackground(ground, options, media, sonify.projects);
  if (options.role === 'studio') live.sessions.restore();
  return {
    fetch: (request, door) => api.fetch(request, door),
    dataDir: folder.root,
    announce: (address) => ground.lock?.announce(address),
    isArtifactPath: (path) => sonify.artifacts.isArtifactPath(path),
    async close() {
      background.abort();
      await live.sessions.close();
      await queue.stop().then(() => media.moves.close());
      await sonify.previews.close();
      await Promise.all(Object.values(hosts).map((host) => host.stop()));
      letGo();
      closeGround(ground);
    },
  };
}

function wireAssembly({ folder, ffmpeg, events }: Ground, { sound: host }: Hosts, { library }: ReturnType<typeof openMedia>, { store: artifacts, projects }: ReturnType<typeof openSonify>) {
  const onResult: AssemblyParts['onResult'] = ({ project_id: projectId }, result) => announceArtifact(result.artifact_id, { projectId, mediaId: null }, { projects, events });
  return openAssembly({ dataFolder: folder.root, ffmpeg, host, artifacts, clock: systemClock, newId, programVersion: packageJson.version, isLibraryFile: (path) => library.hasFile(path), onResult });
}

/** Where a person lets a film go, never over an original. */
function writableIn({ folder }: Ground, { library }: ReturnType<typeof openMedia>): (path: string, overwrite: boolean) => Promise<string> {
  return async (path, overwrite) => library.refuseOriginal(await grantOutput(path, { mayReplace: overwrite, keptFolder: folder.root }));
}

function wireChoreography(ground: Ground, media: ReturnType<typeof openMedia>, assembly: ReturnType<typeof openAssembly>, jobs: () => JobQueue) {
  const films = assemblyServices({
    assembly,
    dataFolder: ground.folder.root,
    libraryFolders: libraryFolders(ground),
    folderOf: (id) => {
      const item = media.library.find(id);
      return item && dirname(item.path);
    },
    writable: writableIn(ground, media),
    refuseOriginal: (path) => media.library.refuseOriginal(path),
    enqueue: (request) => jobs().enqueue(request),
  });
  return { films, choreography: openChoreography(ground, { moves: media.moves, songs: media.songs, media: media.library, jobs, assembler: assembly.assembler, films }) };
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error('The app is not open yet.');
  return value;
}

function wireLive({ events, database, ffmpeg, log }: Ground, { role, cameraInput }: AppOptions, hosts: Hosts, { library, features }: ReturnType<typeof openMedia>, { projects, mappings, files, store }: ReturnType<typeof openSonify>): LiveServices {
  return openLive({
    audio: hosts.audio,
    outside: hosts.vision,
    media: library,
    features,
    files,
    artifacts: store,
    events,
    log: log.child({ scope: 'live' }),
    clock: systemClock,
    newId,
    programVersion: packageJson.version,
    defaultMapping: () => mappings.default,
    onPerformance: ({ artifact_id }, take) => announceArtifact(artifact_id, take, { projects, events }),
    // A command runs beside a studio: its sessions end with it, and the studio's are not its own.
    store: role === 'studio' ? sessionRepository(database) : new MemorySessionStore(),
    checkProject: (id) => void projects.open(id),
    camera: cameraInputs(ffmpeg, cameraInput),
  });
}

/** What start-up does beside the user: cleaning up and looking after moved files. Never in the way of a request. */
function inBackground({ folder, log }: Ground, { role }: AppOptions, { library, derived }: ReturnType<typeof openMedia>, projects: Projects): AbortController {
  const controller = new AbortController();
  if (role !== 'studio') return controller;
  const work = async (): Promise<void> => {
    projects.purgeTrash();
    const removed = await sweepPartials([folder.artifacts, folder.derived, folder.models], folder.incoming, systemClock.nowMs());
    if (removed.length > 0) log.info({ files: removed.length }, 'half-written files of a killed process were removed');
    await derived.sweep();
    await library.refresh(controller.signal);
  };
  void work().catch((error: unknown) => {
    if (!isAbort(error)) log.error({ err: error }, 'background work failed');
  });
  return controller;
}

/** Doctor where the app does not open: the machine all the same, and why it does not. */
export async function examine({ dataDir }: Pick<AppOptions, 'dataDir'>, problem: AppError): Promise<DoctorReport> {
  const program = programFiles(import.meta.filename);
  const folder = { root: nearestFolder(chooseDataFolder({ flag: dataDir })) };
  const ffmpeg = new FfmpegPrograms({ tether: program.tether, recordFolder: null }, () => ({ setting: null, environment: process.env, resourcesFolder: program.packaged }));
  const start = nodeHostProcess({ entry: program.analysisHost, tether: program.tether });
  const host = new SupervisedHost({ name: 'analysis', start, clock: systemClock, log: silentLog });
  try {
    return doctor(await machineOf({ program, folder, ffmpeg, models: null }, host).facts(), problem);
  } finally {
    await host.stop();
  }
}

interface Services {
  readonly queue: JobQueue;
  readonly media: ReturnType<typeof openMedia>;
  readonly models: Models;
  readonly sonify: ReturnType<typeof openSonify>;
  readonly films: AssemblyServices;
  readonly choreography: ChoreographyServices;
  readonly live: LiveServices;
  /** Asked for the sound devices. */
  readonly devices: SupervisedHost;
}

function apiHandlers(ground: Ground, { queue, media, models, sonify, films, choreography, live, devices }: Services): object[] {
  const machine = machineOf({ ...ground, models }, devices);
  const writable = writableIn(ground, media);
  return [
    mediaHandlers(media),
    featureHandlers(media.features, media.pairs),
    songHandlers(media.songs),
    libraryHandlers(media.moves),
    sonifyHandlers({
      ...sonify,
      startRender: (request) => queue.enqueue(renderJob(request, request.performance_id === null ? media.library.get(request.media_id ?? '').name : sonify.artifacts.get(request.performance_id).name)),
      grantOutput: (path, { overwrite }) => writable(path, overwrite),
      grantFolder: async (path, names, { overwrite }) => {
        const folder = await grantOutputFolder(path);
        for (const name of names) await writable(join(folder, name), overwrite);
        return folder;
      },
    }),
    assemblyHandlers(films),
    choreographyHandlers(choreography),
    liveHandlers(live),
    sessionFeatureHandlers(live.vision),
    modelHandlers(models),
    jobHandlers(queue),
    projectHandlers(sonify.projects),
    systemHandlers({
      version: packageJson.version,
      platform: process.platform,
      workspaces: WORKSPACES,
      settings: observed(ground),
      doctor: async () => doctor(await machine.facts()),
      startDemo: () => queue.enqueue({ kind: 'demo', title: 'Make the demo', payload: {}, priority: 10, dedupeKey: 'demo' }).id,
    }),
    eventHandlers(ground.events),
  ];
}

/** Settings whose change is felt at once: another FFmpeg is looked for. */
function observed({ settings, ffmpeg }: Ground): SettingsStore {
  return {
    read: () => settings.read(),
    change(fields) {
      if (fields.ffmpeg_path !== undefined) ffmpeg.forget();
      return settings.change(fields);
    },
  };
}
