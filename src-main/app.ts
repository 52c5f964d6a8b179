/**
 * The composition root: the only place that builds adapters. Everything that exists at run time is named here, in the
 * order in which it is made: files, database, hosts, steps, queue, API.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import packageJson from '../package.json' with { type: 'json' };
import { newId, systemClock } from './adapters/clock/system-clock.ts';
import { FfmpegFilmMaker } from './adapters/ffmpeg/film-maker.ts';
import { FfmpegPrograms } from './adapters/ffmpeg/ffmpeg-programs.ts';
import { FfmpegMediaTools } from './adapters/ffmpeg/media-tools.ts';
import { sweepOrphans } from './adapters/ffmpeg/orphans.ts';
import { type DataFolder, chooseDataFolder, nearestFolder, openDataFolder } from './adapters/files/data-folder.ts';
import { DiskDerivedFiles } from './adapters/files/derived-files.ts';
import { grantOutput, grantOutputFolder } from './adapters/files/grants.ts';
import { DiskMediaFiles } from './adapters/files/media-files.ts';
import { type ProgramFiles, programFiles } from './adapters/files/program-files.ts';
import { sweepPartials } from './adapters/files/sweep.ts';
import { DataWorkFiles } from './adapters/files/work-files.ts';
import type { StartHostProcess } from './adapters/host-process/host-process.ts';
import { nodeHostProcess } from './adapters/host-process/node-host-process.ts';
import { SupervisedHost } from './adapters/host-process/supervised-host.ts';
import { createJobLogFiles } from './adapters/log/job-log-files.ts';
import { type FileLog, createFileLog } from './adapters/log/pino-log.ts';
import { catchLastResort } from './adapters/processes/last-resort.ts';
import { isOwnerAlive, newOwnerName } from './adapters/processes/process-identity.ts';
import { artifactRepository } from './adapters/sqlite/artifact-repository.ts';
import { type DataFolderLock, lockDataFolder } from './adapters/sqlite/data-folder-lock.ts';
import { type SqliteDatabase, openDatabase } from './adapters/sqlite/database.ts';
import { featureBlocks } from './adapters/sqlite/feature-blocks.ts';
import { createJobStore } from './adapters/sqlite/job-repository.ts';
import { mappingRepository } from './adapters/sqlite/mapping-repository.ts';
import { mediaStore } from './adapters/sqlite/media-store.ts';
import { createProjectStore } from './adapters/sqlite/project-repository.ts';
import { sessionRepository } from './adapters/sqlite/session-repository.ts';
import { createSettingsStore } from './adapters/sqlite/settings-repository.ts';
import { type Door, EventHub, createApi, eventHandlers, jobHandlers, projectHandlers, systemHandlers } from './api/index.ts';
import { featureHandlers } from './api/features.ts';
import { mediaHandlers } from './api/media.ts';
import { type LiveServices, liveHandlers } from './api/live.ts';
import { sessionFeatureHandlers } from './api/session-features.ts';
import { sonifyHandlers } from './api/sonify.ts';
import { type Hosts, openHosts } from './app/hosts.ts';
import { cameraInputs, featureChunk, featureRows, openLive } from './app/live.ts';
import { machineOf } from './app/machine.ts';
import { JOB_KINDS } from './contract/documents/job.ts';
import { AppError, isAbort } from './contract/errors.ts';
import type { DoctorReport } from './contract/documents/system.ts';
import { type JobHandler, JobQueue, followUps } from './core/jobs/index.ts';
import { silentLog } from './core/log.ts';
import { doctor } from './core/machine/index.ts';
import { DerivedLibrary, HostMedia, MediaLibrary, derivedHandlers } from './core/media/index.ts';
import { Projects } from './core/projects/index.ts';
import { Artifacts, HostSound, Mappings, MemorySessionStore, Previews, type SonifyPorts, demoFilm, demoHandler, loadBuiltIn, renderJob, sonifyHandler } from './core/sonify/index.ts';
import type { SettingsStore } from './core/settings.ts';
import { FeatureLibrary, PicturePairs, analysisHandler } from './core/vision/index.ts';

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

const COMMAND_KINDS: ReadonlySet<string> = new Set(['analysis', 'sonify']);
const WORKSPACES = (['sonify', 'choreography', 'music-video', 'text-to-video'] as const).map((id) => ({ id, is_available: id === 'sonify' }));

/** What outlives a request and is closed in the end. */
interface Ground {
  readonly program: ProgramFiles;
  readonly folder: DataFolder;
  readonly lock: DataFolderLock | null;
  readonly log: FileLog;
  readonly database: SqliteDatabase;
  readonly events: EventHub;
  readonly ffmpeg: FfmpegPrograms;
  readonly settings: SettingsStore;
}

function openGround(options: AppOptions): Ground {
  const program = programFiles(import.meta.filename);
  const folder = openDataFolder({ flag: options.dataDir });
  const lock = options.role === 'studio' ? lockDataFolder(folder.root) : null;
  try {
    const log = createFileLog(folder.logs, options.role === 'studio' ? 'studio' : 'command');
    const database = openDatabase(folder.database, { log: log.child({ scope: 'sqlite' }) });
    const settings = createSettingsStore(database);
    const ffmpeg = new FfmpegPrograms({ tether: program.tether, recordFolder: folder.programs }, () => ({
      setting: settings.read().ffmpeg_path,
      environment: process.env,
      resourcesFolder: program.packaged,
    }));
    return { program, folder, lock, log, database, settings, ffmpeg, events: new EventHub({ firstSeq: systemClock.nowMs() }) };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/**
 * Opens the product over a data folder.
 * @throws AppError 'data-folder-in-use', 'data-folder-read-only', 'database-newer', 'database-corrupt', 'disk-full'
 */
export async function openApp(options: AppOptions): Promise<App> {
  const ground = openGround(options);
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
  const owner = newOwnerName();
  // Steps and queue know one another: the queue runs the steps' jobs, the steps queue jobs.
  const late: { queue: JobQueue | null; features: FeatureLibrary | null } = { queue: null, features: null };
  const hosts = openHosts({ program: ground.program, log, startHost: options.startHost, chunk: featureChunk(() => late.features), rows: featureRows(() => late.features) });
  const media = openMedia(ground, hosts.analysis, late);
  const sonify = openSonify(ground, { hosts, media: media.library, features: media.features });
  const live = wireLive(ground, options, hosts, media, sonify);
  const queue = new JobQueue({
    store: createJobStore(ground.database),
    logs: createJobLogFiles(join(folder.logs, 'jobs')),
    events,
    log: log.child({ scope: 'jobs' }),
    clock: systemClock,
    newId,
    owner,
    isOwnerAlive,
    handlers: [...media.handlers, ...sonify.handlers].filter(({ kind }) => options.role === 'studio' || COMMAND_KINDS.has(kind)),
  });
  late.queue = queue;
  late.features = media.features;
  const api = createApi({
    log: log.child({ scope: 'api' }),
    version: packageJson.version,
    uiRoot: ground.program.page,
    // The tests hold every answer against its schema; a user’s program answers at once.
    validatesAnswers: process.env['NODE_ENV'] === 'test',
    handlers: apiHandlers(ground, { queue, media, sonify, live, devices: hosts.vision }),
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
      await queue.stop();
      await sonify.previews.close();
      await Promise.all(Object.values(hosts).map((host) => host.stop()));
      letGo();
      closeGround(ground);
    },
  };
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

function closeGround({ events, database, lock, log }: Ground): void {
  events.close();
  database.close();
  lock?.release();
  log.close();
}

function openSonify(ground: Ground, { hosts, media, features }: { hosts: Hosts; media: MediaLibrary; features: FeatureLibrary }) {
  const { database, events, folder, ffmpeg, program } = ground;
  const files = new DataWorkFiles(folder.root);
  const store = artifactRepository(database);
  const builtIn = loadBuiltIn((id) => readFileSync(join(program.resources, 'mappings', `${id}.json`), 'utf8'));
  const mappings = new Mappings(builtIn, mappingRepository(database));
  const projects = new Projects({
    store: createProjectStore(database),
    events,
    clock: systemClock,
    newId,
    defaultMapping: () => mappings.default,
    checkMedia: (id) => void media.get(id),
  });
  const film = new FfmpegFilmMaker(ffmpeg);
  const ports: SonifyPorts = {
    media,
    features,
    film,
    files,
    host: new HostSound(hosts.sound, systemClock),
    artifacts: store,
    clock: systemClock,
    newId,
    programVersion: packageJson.version,
    onResult: ({ project_id: projectId, media_id: mediaId }, { artifact_id: id }) => announceArtifact(id, { projectId, mediaId }, { projects, events }),
  };
  const previews = new Previews({ media, features, files, newId, host: new HostSound(hosts.preview, systemClock) });
  const sonify = sonifyHandler(ports);
  const demo = demoHandler({
    sonify,
    mapping: () => mappings.default,
    film: async (options) => {
      const path = await demoFilm({ host: hosts.sound, files, programs: () => ffmpeg.programs() }, options);
      const { items, rejected } = await media.importPaths([path], options.signal);
      if (!items[0]) throw AppError.fromBody(rejected[0]?.error ?? new AppError('internal', 'The demo film was not made.').toBody());
      return items[0].item.id;
    },
    openProject: (mediaId, mapping) => projects.create({ kind: 'sonify', name: `Demo: ${mapping.name}`, media_id: mediaId }).project.id,
  });
  return { mappings, projects, previews, files, store, artifacts: new Artifacts(store, files), handlers: [sonify, demo] as readonly JobHandler[] };
}

/** The newest result enters its project as a command; a project that is gone by then keeps nothing. */
function announceArtifact(id: string, of: { projectId: string | null; mediaId: string | null }, { projects, events }: { projects: Projects; events: EventHub }): void {
  events.state({ type: 'artifact-added', topic: 'projects', artifact_id: id, media_id: of.mediaId });
  if (of.projectId !== null) projects.applyResult(of.projectId, id);
}

/** What start-up does beside the user: cleaning up and looking after moved files. Never in the way of a request. */
function inBackground({ folder, log }: Ground, { role }: AppOptions, { library, derived }: ReturnType<typeof openMedia>, projects: Projects): AbortController {
  const controller = new AbortController();
  if (role !== 'studio') return controller;
  const work = async (): Promise<void> => {
    projects.purgeTrash();
    const removed = await sweepPartials([folder.artifacts, folder.derived], folder.incoming, systemClock.nowMs());
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
  const folder = { root: nearestFolder(chooseDataFolder({ flag: dataDir })), models: '' };
  const ffmpeg = new FfmpegPrograms({ tether: program.tether, recordFolder: null }, () => ({ setting: null, environment: process.env, resourcesFolder: program.packaged }));
  const start = nodeHostProcess({ entry: program.analysisHost, tether: program.tether });
  const host = new SupervisedHost({ name: 'analysis', start, clock: systemClock, log: silentLog });
  try {
    return doctor(await machineOf({ program, folder, ffmpeg }, host).facts(), problem);
  } finally {
    await host.stop();
  }
}

function openMedia(ground: Ground, host: SupervisedHost, late: { queue: JobQueue | null; features: FeatureLibrary | null }) {
  const { database, folder, ffmpeg, events, log } = ground;
  const programs = (): ReturnType<FfmpegPrograms['programs']> => ffmpeg.programs();
  const store = mediaStore(database);
  const tools = new FfmpegMediaTools(ffmpeg);
  const hostMedia = new HostMedia(host, programs);
  const jobs = (): JobQueue => required(late.queue);
  const files = new DiskMediaFiles(folder);
  const blocks = featureBlocks(database);
  const library = new MediaLibrary({
    store,
    tools,
    files,
    hashes: hostMedia,
    features: () => required(late.features),
    jobs,
    followUps,
    events,
    clock: systemClock,
    newId,
    log: log.child({ scope: 'media' }),
  });
  const derivedFiles = new DiskDerivedFiles(folder.derived);
  const derived = new DerivedLibrary({ library, store, files: derivedFiles, tools, peaks: hostMedia, clock: systemClock, log: log.child({ scope: 'media' }) });
  const analysis = { media: library, blocks, host, programs, events, clock: systemClock };
  const features = new FeatureLibrary({ ...analysis, jobs });
  const handlers: JobHandler[] = [...derivedHandlers({ library, derived, hashes: hostMedia, files, derivedFiles, features: blocks }), analysisHandler(analysis)];
  return { library, derived, features, pairs: new PicturePairs(analysis), handlers };
}

interface Services {
  readonly queue: JobQueue;
  readonly media: ReturnType<typeof openMedia>;
  readonly sonify: ReturnType<typeof openSonify>;
  readonly live: LiveServices;
  /** Asked for the sound devices. */
  readonly devices: SupervisedHost;
}

function apiHandlers(ground: Ground, { queue, media, sonify, live, devices }: Services): object[] {
  const machine = machineOf(ground, devices);
  const writable = async (path: string, overwrite: boolean): Promise<string> =>
    media.library.refuseOriginal(await grantOutput(path, { mayReplace: overwrite, keptFolder: ground.folder.root }));
  return [
    mediaHandlers(media),
    featureHandlers(media.features, media.pairs),
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
    liveHandlers(live),
    sessionFeatureHandlers(live.vision),
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

function required<T>(value: T | null): T {
  if (value === null) throw new Error('The app is not open yet.');
  return value;
}
