/** Wiring of the sonify step: mappings, projects, previews, renders and their results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { newId, systemClock } from '../adapters/clock/system-clock.ts';
import { FfmpegFilmMaker } from '../adapters/ffmpeg/film-maker.ts';
import { DataWorkFiles } from '../adapters/files/work-files.ts';
import { artifactRepository } from '../adapters/sqlite/artifact-repository.ts';
import { mappingRepository } from '../adapters/sqlite/mapping-repository.ts';
import { createProjectStore } from '../adapters/sqlite/project-repository.ts';
import type { EventHub } from '../api/index.ts';
import { type Hosts } from './hosts.ts';
import { AppError } from '../contract/errors.ts';
import { type JobHandler } from '../core/jobs/index.ts';
import type { MediaLibrary } from '../core/media/index.ts';
import { Projects } from '../core/projects/index.ts';
import { Artifacts, HostSound, Mappings, Previews, type SonifyPorts, demoFilm, demoHandler, loadBuiltIn, sonifyHandler } from '../core/sonify/index.ts';
import type { FeatureLibrary } from '../core/vision/index.ts';
import type { Ground } from './ground.ts';

export function openSonify(ground: Ground, { hosts, media, features }: { hosts: Hosts; media: MediaLibrary; features: FeatureLibrary }) {
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
export function announceArtifact(id: string, of: { projectId: string | null; mediaId: string | null }, { projects, events }: { projects: Projects; events: EventHub }): void {
  events.state({ type: 'artifact-added', topic: 'projects', artifact_id: id, media_id: of.mediaId });
  if (of.projectId !== null) projects.applyResult(of.projectId, id);
}
