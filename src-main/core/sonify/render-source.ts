/** Makes ready what a render is made from: the film analysed, or the performance read and its stretch of film found. */
import { createHash } from 'node:crypto';

import type { Artifact } from '../../contract/documents/artifact.ts';
import type { SonifyRequest } from '../../contract/documents/sonify.ts';
import type { InspectPerformanceOutput } from '../../contract/hosts/performance.ts';
import { AppError } from '../../contract/errors.ts';
import { SOUND_VERSION } from '../../contract/limits.ts';
import { samplesOf } from '../../contract/units.ts';
import { type FilmSource, isFilmFormat } from '../assembly/index.ts';
import { type FilmStretch, straightStretch } from './live/film-stretch.ts';
import { clearOfPictures, picturesBetween } from './pictures.ts';
import type { ArtifactStore, RunOptions, SonifyFeatures, SonifyMedia, SoundHost } from './ports.ts';
import { SAMPLE_RATE } from './sound-files.ts';
import type { SoundJob } from './sound-job.ts';

export interface RenderSourcePorts {
  readonly media: SonifyMedia;
  readonly features: SonifyFeatures;
  readonly host: SoundHost;
  readonly artifacts: ArtifactStore;
}

/** Names a result by everything it depends on. */
export function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

const withoutExtension = (name: string): string => name.replace(/\.[^.]+$/, '');

/** @throws AppError 'media-no-video', 'media-missing', 'not-found', 'performance-invalid', 'input-invalid' */
export async function soundJobOf(ports: RenderSourcePorts, request: SonifyRequest, options: RunOptions): Promise<SoundJob> {
  if (request.performance_id !== null) return performedJob(ports, request, request.performance_id, options);
  if (request.media_id === null || request.mapping === null) throw new AppError('input-invalid', 'A render takes a film and a mapping, or a performance.');
  return mappedJob(ports, request, { mediaId: request.media_id, mapping: request.mapping }, options);
}

async function mappedJob(ports: RenderSourcePorts, { seed, settings }: SonifyRequest, { mediaId, mapping }: { mediaId: string; mapping: NonNullable<SonifyRequest['mapping']> }, options: RunOptions): Promise<SoundJob> {
  const item = ports.media.get(mediaId);
  const film = filmOf(ports, mediaId);
  const featuresKey = await ports.features.ensure(mediaId, options);
  const samples = Math.max(1, samplesOf(item.probe.duration_s, SAMPLE_RATE));
  const { id: _id, name: _name, description: _description, ...sounding } = mapping;
  return {
    key: keyOf([featuresKey, sounding, seed, samples, SAMPLE_RATE, SOUND_VERSION, settings.stems]),
    name: `${withoutExtension(item.name)} - ${mapping.name}`,
    origin: `mapping ${mapping.id}; seed ${seed}`,
    provenance: { mapping: mapping.id, seed, sound_version: SOUND_VERSION },
    settings,
    samples,
    sampleRate: SAMPLE_RATE,
    sound: { kind: 'mapped', mapping, seed, mediaId },
    film,
    mediaId,
    pictures: null,
  };
}

function filmOf({ media }: RenderSourcePorts, mediaId: string): FilmSource {
  const { name, probe } = media.get(mediaId);
  const path = media.pathOf(mediaId);
  if (!probe.video) throw new AppError('media-no-video', `${name} has no picture, so there is nothing to turn into sound.`, { hint: 'Choose a video.' });
  return { path, demuxer: probe.demuxer, videoCodec: probe.video.codec, hasAudio: probe.audio !== null };
}

interface Found {
  readonly events: Artifact;
  readonly eventsPath: string;
  readonly audioPath: string | null;
}

/** By the id of its events, or of its sound. */
function findPerformance(artifacts: ArtifactStore, id: string): Found {
  const given = artifacts.get(id);
  const eventsId = given?.kind === 'performance' ? id : given?.provenance['performance'];
  const events = typeof eventsId === 'string' ? artifacts.get(eventsId) : null;
  const eventsPath = events && artifacts.pathOf(events.id);
  if (!events || !eventsPath) throw new AppError('not-found', 'There is no such performance among the results.');
  const audioId = events.provenance['audio'];
  return { events, eventsPath, audioPath: typeof audioId === 'string' ? artifacts.pathOf(audioId) : null };
}

async function performedJob(ports: RenderSourcePorts, { settings }: SonifyRequest, id: string, options: RunOptions): Promise<SoundJob> {
  const { events, eventsPath, audioPath } = findPerformance(ports.artifacts, id);
  const { head, film: places } = await ports.host.inspectPerformance(eventsPath, options);
  if (head.lost_events > 0 && (settings.stems || audioPath === null)) {
    throw new AppError('performance-invalid', 'Some of what made this performance was lost while it was recorded, so it cannot be rendered again.', { hint: 'Export it without stems.' });
  }
  const film = isFilmFormat(settings.format) ? await stretchOf(ports, { head, places }, options) : null;
  const { firstSample, samples } = film ?? { firstSample: head.start_sample, samples: head.samples };
  return {
    key: keyOf(['performance', events.id, firstSample, samples, SOUND_VERSION, settings.stems]),
    name: withoutExtension(events.name),
    origin: `mapping ${head.mapping.id}; seed ${head.seed}; performance ${events.id}`,
    provenance: { mapping: head.mapping.id, seed: head.seed, performance: events.id, sound_version: SOUND_VERSION },
    settings,
    samples,
    sampleRate: head.sample_rate,
    sound: { kind: 'performed', eventsPath, firstSample, recording: audioPath === null ? null : { path: audioPath, firstSample: head.start_sample, samples: head.samples } },
    film: film?.source ?? null,
    mediaId: film?.mediaId ?? events.media_id,
    pictures: film?.pictures ?? null,
  };
}

async function stretchOf(
  ports: RenderSourcePorts,
  { head, places }: { head: InspectPerformanceOutput['head']; places: InspectPerformanceOutput['film'] },
  options: RunOptions,
): Promise<FilmStretch & { source: FilmSource; pictures: number }> {
  const stretch = straightStretch(places, { start: head.start_sample, samples: head.samples, rate: head.sample_rate });
  if (!stretch) {
    throw new AppError('input-invalid', 'This performance did not go over one straight stretch of a film at its own speed, so there is no picture to lay it under.', {
      hint: 'Export it as WAV or FLAC.',
    });
  }
  const film = filmOf(ports, stretch.mediaId);
  await ports.features.ensure(stretch.mediaId, options);
  const startS = clearOfPictures(ports.features, stretch.mediaId, stretch.startS);
  const endS = clearOfPictures(ports.features, stretch.mediaId, stretch.startS + stretch.samples / head.sample_rate);
  const pictures = picturesBetween(ports.features, stretch.mediaId, startS, endS);
  if (pictures === null) throw new AppError('input-invalid', 'The film showed no new picture in this performance.', { hint: 'Export it as WAV or FLAC.' });
  return { ...stretch, source: { ...film, stretch: { startS, durationS: endS - pictures.firstS } }, pictures: pictures.count };
}
